drop table tbl_customer;
drop table tbl_orderdetails;
drop table tbl_invoice_transaction;
