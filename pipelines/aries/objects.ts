import { decide, type ObjectDecision } from '../../public/index.ts';

const views = [
  ...decide(
    'view',
    'replaced',
    [
      ...['c01.tbl_ability_eligibility_payer', 'c01.tbl_doctor', 'c01.tbl_doctortype', 'c01.tbl_icd9'],
      ...[
        'c01.tbl_insurancecompany',
        'c01.tbl_insurancecompanygroup',
        'c01.tbl_insurancecompanytype',
        'c01.tbl_zipcode',
      ],
    ],
    'it shows a table of dmeworks to one company; the target has the table itself in the same schema',
  ),
  ...decide(
    'view',
    'replaced',
    ['c01.tbl_icd10'],
    'it shows a table of dmeworks without its headers; the target has the table itself, headers included',
  ),
  ...decide(
    'view',
    'left behind',
    [
      ...['c01.view_billinglist', 'c01.view_mir', 'c01.view_orderdetails', 'c01.view_orderdetails_core'],
      ...['c01.view_pricecode', 'c01.view_reoccuringlist', 'c01.view_taxrate'],
    ],
    'it feeds a screen of DMEWorks; the new application asks the tables itself',
  ),
  ...decide(
    'view',
    'left behind',
    ['c01.view_invoicetransaction_statistics'],
    'the balances that it computes are columns of the invoice items, which are carried',
  ),
  ...decide(
    'view',
    'left behind',
    ['c01.view_sequence', 'c01.view_sequence_core'],
    'it only counts up, which generate_series does',
  ),
];

const inNewApplication = 'the new application does its work';

/** By what the routines are for. */
const routines = [
  ...decide(
    'function',
    'left behind',
    ['c01.Get*', 'c01.OrderedQty2*'],
    `it computes amounts, quantities and periods of billing; ${inNewApplication}`,
  ),
  ...decide(
    'function',
    'left behind',
    ['c01.*MustBe*'],
    `it decides what is invoiced and which orders are closed; ${inNewApplication}`,
  ),
  ...decide(
    'procedure',
    'left behind',
    ['c01.Invoice*', 'c01.retailinvoice_addpayments'],
    `it books and totals invoices, whose results are carried; ${inNewApplication}`,
  ),
  ...decide(
    'procedure',
    'left behind',
    ['c01.Order_*', 'c01.order_*', 'c01.process_reoccuring_*', 'c01.PurchaseOrder_UpdateTotals'],
    `it processes orders and purchase orders; ${inNewApplication}`,
  ),
  ...decide(
    'procedure',
    'left behind',
    ['c01.inventory_*', 'c01.internal_inventory_transfer', 'c01.InventoryItem_Clone'],
    `it moves and counts stock; ${inNewApplication}`,
  ),
  ...decide(
    'procedure',
    'left behind',
    ['c01.serial*', 'c01.move_serial_on_hand', 'c01.fix_serial_transactions'],
    `it moves serial numbers; ${inNewApplication}`,
  ),
  ...decide(
    'procedure',
    'left behind',
    ['c01.mir_update*', 'dmeworks.mir_update*'],
    `it fills the columns of missing information (MIR), whose values are carried; ${inNewApplication}`,
  ),
  ...decide(
    'procedure',
    'left behind',
    ['c01.fixInvoicePolicies', 'c01.fixOrderPolicies', 'c01.customer_insurance_fixrank'],
    'it repaired data once; the mappings name what is still wrong',
  ),
];

/** What becomes of the objects of DMEWorks that are not rows, columns, primary keys or foreign keys. */
export const objectDecisions: readonly ObjectDecision[] = [
  ...views,
  ...routines,
  ...decide(
    'trigger',
    'left behind',
    ['c01.tbl_invoice_transaction.tbl_invoice_transaction_beforeinsert'],
    'it books a transaction on its invoice line; the rows have that already, and the new application books from now on',
  ),
  ...decide(
    'index',
    'replaced',
    [
      'c01.tbl_compliance_notes.IX_compliance_notes_Done_Date',
      'c01.tbl_customer.AccountNumber',
      'c01.tbl_customer.IDX_FIRST_LAST_DOB_MIDDLE',
      'c01.tbl_customer.IX_customer_InactiveDate',
      'c01.tbl_depositdetails.IDX_DEPOSITS',
      'c01.tbl_inventory_transaction.idx_typeid_custid_orid_ordetailsid_itemid_warehouseid',
      'c01.tbl_inventory_transaction.idx_typeid_itemid_warehouseid',
      'c01.tbl_inventory_transaction.idx_typeid_poid_podetailsid_itemid_warehouseid',
      'c01.tbl_invoice.IDX_CUSTOMERID_ID',
      'c01.tbl_invoice.IDX_CUSTOMERID_ORDERID',
      'c01.tbl_invoice_transaction.IDX_CUSTOMERID_INVOICEID_INVOICEDETAILSID',
      'c01.tbl_invoice_transactiontype.IX_invoice_transactiontype_name',
      'c01.tbl_invoicedetails.IDX_CUSTOMERID_INVOICEID_ID',
      'c01.tbl_order.IDX_CUSTOMERID_ID',
      'c01.tbl_order_survey.OrderID',
      'c01.tbl_orderdeposits.IDX_ORDERDEPOSITS',
      'c01.tbl_orderdetails.IDX_CUSTOMERID_NEXTORDERID',
      'c01.tbl_orderdetails.IDX_CUSTOMERID_ORDERID_ID',
      'c01.tbl_orderdetails.IDX_CUSTOMERID_ORDERID_ID_INVENTORYITEMID',
      'c01.tbl_orderdetails.IDX_InventoryItemID_SerialNumber',
      'c01.tbl_pricecode_item.InventoryItemID',
      'c01.tbl_purchaseorder.ix_purchaseorder_search',
      'c01.tbl_purchaseorderdetails.ix_purchaseorderdetails_parent',
      'c01.tbl_serial.IDX_InventoryItemID_SerialNumber',
      'c01.tbl_user.Login',
      'dmeworks.tbl_ability_eligibility_payer.uq_ability_eligibility_payer',
    ],
    'version 2 of the DDL has an index or a key over the same columns; unique texts are folded as the source folds them',
  ),
  ...decide('identity', 'replaced', ['*'], 'ids are UUIDs that are computed from the legacy key'),
  ...decide('default', 'left behind', ['*'], 'the mappings fill every column; the new application gives every value'),
  ...decide(
    'on update',
    'left behind',
    ['*'],
    'the target has no triggers; the new application sets the time of an update',
  ),
  ...decide('grant', 'left behind', ['*'], 'roles belong to the target, which has one for the application'),
];
