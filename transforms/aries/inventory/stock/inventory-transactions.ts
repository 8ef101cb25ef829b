import { carry, date, id, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, tenant } from '../../mapping.ts';

/** Date is 0000-00-00 unless it was set. */
export const inventoryTransactions = mapping({
  from: 'c01.tbl_inventory_transaction',
  to: 'inventory_transactions',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    inventory_item_id: ref('inventory_items', 'InventoryItemID', optional),
    warehouse_id: ref('warehouses', 'WarehouseID', optional),
    transaction_type_id: ref('inventory_transaction_types', 'TypeID', optional),
    transaction_date: date('Date'),
    quantity: carry('Quantity'),
    cost: carry('Cost'),
    description: text('Description'),
    serial_number_id: ref('serial_numbers', 'SerialID', optional),
    vendor_id: ref('vendors', 'VendorID', optional),
    customer_id: ref('customers', 'CustomerID', optional),
    purchase_order_id: ref('purchase_orders', 'PurchaseOrderID', optional),
    purchase_order_item_id: ref('purchase_order_items', 'PurchaseOrderDetailsID', optional),
    invoice_id: ref('invoices', 'InvoiceID', optional),
    manufacturer_id: ref('manufacturers', 'ManufacturerID', optional),
    order_detail_id: ref('order_details', 'OrderDetailsID', optional),
    order_id: ref('orders', 'OrderID', optional),
    ...lastUpdate,
  },
});
