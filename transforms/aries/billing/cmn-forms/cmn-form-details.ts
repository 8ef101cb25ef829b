import { amount, carry, id, label, ref, text } from '../../../../public/index.ts';
import { mapping, optional, owned, tenant } from '../../mapping.ts';

/** The items that a certificate covers. Prices are DOUBLE here and DECIMAL everywhere else. */
export const cmnFormDetails = mapping({
  from: 'c01.tbl_cmnform_details',
  to: 'cmn_form_details',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    cmn_form_id: ref('cmn_forms', 'CMNFormID', owned),
    billing_code: text('BillingCode'),
    inventory_item_id: ref('inventory_items', 'InventoryItemID', optional),
    ordered_quantity: carry('OrderedQuantity'),
    ordered_units: text('OrderedUnits'),
    billable_price: amount('BillablePrice'),
    allowable_price: amount('AllowablePrice'),
    period: label('Period'),
    modifier1: text('Modifier1'),
    modifier2: text('Modifier2'),
    modifier3: text('Modifier3'),
    modifier4: text('Modifier4'),
    predefined_text_id: ref('predefined_texts', 'PredefinedTextID', optional),
  },
});
