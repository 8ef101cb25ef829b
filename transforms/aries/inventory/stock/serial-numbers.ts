import { amount, carry, date, id, label, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, tenant } from '../../mapping.ts';

/**
 * Durations (LengthOfWarranty, MonthsRented, Warranty) are text, as they were typed. PurchaseAmount is money in a
 * DOUBLE.
 */
export const serialNumbers = mapping({
  from: 'c01.tbl_serial',
  to: 'serial_numbers',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    current_customer_id: ref('customers', 'CurrentCustomerID', optional),
    inventory_item_id: ref('inventory_items', 'InventoryItemID', optional),
    last_customer_id: ref('customers', 'LastCustomerID', optional),
    manufacturer_id: ref('manufacturers', 'ManufacturerID', optional),
    vendor_id: ref('vendors', 'VendorID', optional),
    warehouse_id: ref('warehouses', 'WarehouseID', optional),
    length_of_warranty: text('LengthOfWarranty'),
    lot_number: text('LotNumber'),
    maintenance_record: text('MaintenanceRecord'),
    manufacturer_serial_number: text('ManufaturerSerialNumber'),
    model_number: text('ModelNumber'),
    months_rented: text('MonthsRented'),
    next_maintenance_date: date('NextMaintenanceDate'),
    purchase_order_id: ref('purchase_orders', 'PurchaseOrderID', optional),
    purchase_amount: amount('PurchaseAmount'),
    purchase_date: date('PurchaseDate'),
    serial_number: text('SerialNumber'),
    sold_date: date('SoldDate'),
    status: label('Status'),
    warranty: text('Warranty'),
    own_or_rent: label('OwnRent'),
    first_rented_on: date('FirstRented'),
    salvage_value: carry('SalvageValue'),
    sale_price: carry('SalePrice'),
    consignment_type: text('ConsignmentType'),
    consignment_name: text('ConsignmentName'),
    consigned_at: date('ConsignmentDate'),
    vendor_stock_number: text('VendorStockNumber'),
    lot_number_expires_at: date('LotNumberExpires'),
    ...lastUpdate,
  },
});
