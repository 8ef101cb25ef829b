import { carry, ref } from '../../../../public/index.ts';
import { lastUpdate, mapping, required, tenant } from '../../mapping.ts';

/** Keyed by warehouse and item together. Quantities are DOUBLE and carried exactly. */
export const stockLevels = mapping({
  from: 'c01.tbl_inventory',
  to: 'stock_levels',
  columns: {
    tenant_id: tenant(),
    warehouse_id: ref('warehouses', 'WarehouseID', required),
    inventory_item_id: ref('inventory_items', 'InventoryItemID', required),
    quantity_on_hand: carry('OnHand'),
    quantity_committed: carry('Committed'),
    quantity_on_order: carry('OnOrder'),
    quantity_unavailable: carry('UnAvailable'),
    quantity_rented: carry('Rented'),
    quantity_sold: carry('Sold'),
    quantity_back_ordered: carry('BackOrdered'),
    reorder_point: carry('ReOrderPoint'),
    cost_per_unit: carry('CostPerUnit'),
    total_cost: carry('TotalCost'),
    ...lastUpdate,
  },
});
