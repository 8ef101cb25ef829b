import { amount, bool, carry, date, id, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, required, tenant } from '../../mapping.ts';

/** Price is money in a DOUBLE; Customer is a name typed as text. */
export const purchaseOrderItems = mapping({
  from: 'c01.tbl_purchaseorderdetails',
  to: 'purchase_order_items',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    quantity_back_ordered: carry('BackOrder'),
    quantity_ordered: carry('Ordered'),
    quantity_received: carry('Received'),
    price: amount('Price'),
    customer_name: text('Customer'),
    promised_date: date('DatePromised'),
    received_date: date('DateReceived'),
    is_drop_shipped_to_customer: bool('DropShipToCustomer'),
    inventory_item_id: ref('inventory_items', 'InventoryItemID', required),
    purchase_order_id: ref('purchase_orders', 'PurchaseOrderID', optional),
    warehouse_id: ref('warehouses', 'WarehouseID', optional),
    vendor_stock_number: text('VendorSTKNumber'),
    reference_number: text('ReferenceNumber'),
    ...lastUpdate,
  },
});
