import { carry, id, ref } from '../../../../public/index.ts';
import { mapping, optional, required, tenant } from '../../mapping.ts';

export const kitComponents = mapping({
  from: 'c01.tbl_kitdetails',
  to: 'kit_components',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    kit_id: ref('kits', 'KitID', required),
    warehouse_id: ref('warehouses', 'WarehouseID', required),
    inventory_item_id: ref('inventory_items', 'InventoryItemID', required),
    price_code_id: ref('price_codes', 'PriceCodeID', optional),
    quantity: carry('Quantity'),
  },
});
