import { carry, id, text } from '../../../../public/index.ts';
import { mapping, tenant } from '../../mapping.ts';

/** The effect of a transaction of this type on each quantity. The columns are factors, not stock. */
export const inventoryTransactionTypes = mapping({
  from: 'c01.tbl_inventory_transaction_type',
  to: 'inventory_transaction_types',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    on_hand: carry('OnHand'),
    committed: carry('Committed'),
    on_order: carry('OnOrder'),
    unavailable: carry('UnAvailable'),
    rented: carry('Rented'),
    sold: carry('Sold'),
    back_ordered: carry('BackOrdered'),
    adjusted_total_cost: carry('AdjTotalCost'),
  },
});
