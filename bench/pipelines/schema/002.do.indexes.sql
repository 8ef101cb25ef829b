create unique index tbl_customer_accountnumbe_idx on tbl_customer (accountnumber);
create index tbl_customer_firstname_lastname_dateofbirth_middlename_idx on tbl_customer (firstname, lastname, dateofbirth, middlename);
create index tbl_customer_inactivedate_idx on tbl_customer (inactivedate);
create index tbl_orderdetails_customerid_orderid_id_idx on tbl_orderdetails (customerid, orderid, id);
create index tbl_orderdetails_customerid_orderid_id_inventoryite_idx on tbl_orderdetails (customerid, orderid, id, inventoryitemid);
create index tbl_orderdetails_customerid_nextorderid_idx on tbl_orderdetails (customerid, nextorderid);
create index tbl_orderdetails_inventoryite_serialnumber_idx on tbl_orderdetails (inventoryitemid, serialnumber);
create index tbl_invoice_transaction_customerid_invoiceid_invoicedetai_idx on tbl_invoice_transaction (customerid, invoiceid, invoicedetailsid);
