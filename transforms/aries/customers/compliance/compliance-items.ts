import { idOfRow, ref } from '../../../../core/mapping/rules.ts';
import { mapping, optional, owned, tenant } from '../../mapping.ts';

/** The only table without a key: a row's id is made of its content and of which of its equals it is. */
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
