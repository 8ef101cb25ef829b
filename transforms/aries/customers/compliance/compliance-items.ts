import { idOfRow, ref } from '../../../../public/index.ts';
import { mapping, optional, owned, tenant } from '../../mapping.ts';

/** The only table without a key. A row's id is made from its content and its occurrence among equal rows. */
export const complianceItems = mapping({
  from: 'c01.tbl_compliance_items',
  to: 'compliance_items',
  columns: {
    tenant_id: tenant(),
    id: idOfRow(['ComplianceID', 'InventoryItemID']),
    compliance_plan_id: ref('compliance_plans', 'ComplianceID', owned),
    inventory_item_id: ref('inventory_items', 'InventoryItemID', optional),
  },
});
