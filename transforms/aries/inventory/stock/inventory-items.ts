import { amount, bool, carry, id, label, ref, text } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, tenant } from '../../mapping.ts';

/** FlatRateAmount and PercentageAmount are money in a DOUBLE. */
export const inventoryItems = mapping({
  from: 'c01.tbl_inventoryitem',
  to: 'inventory_items',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    barcode: text('Barcode'),
    barcode_type: text('BarcodeType'),
    basis: label('Basis'),
    commission_paid_when: label('CommissionPaidAt'),
    vendor_id: ref('vendors', 'VendorID', optional),
    is_flat_rate: bool('FlatRate'),
    flat_rate_amount: amount('FlatRateAmount'),
    frequency: label('Frequency'),
    inventory_code: text('InventoryCode'),
    model_number: text('ModelNumber'),
    name: text('Name'),
    is_oxygen_tank: bool('O2Tank'),
    is_percentage: bool('Percentage'),
    percentage_amount: amount('PercentageAmount'),
    predefined_text_id: ref('predefined_texts', 'PredefinedTextID', optional),
    product_type_id: ref('product_types', 'ProductTypeID', optional),
    is_serialized: bool('Serialized'),
    is_service: bool('Service'),
    is_inactive: bool('Inactive'),
    manufacturer_id: ref('manufacturers', 'ManufacturerID', optional),
    purchase_price: carry('PurchasePrice'),
    user_field1: text('UserField1'),
    user_field2: text('UserField2'),
    ...lastUpdate,
  },
});
