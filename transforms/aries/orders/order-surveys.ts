import { id, ref, text } from '../../../public/index.ts';
import { lastUpdate, mapping, required, tenant } from '../mapping.ts';

/** One set of answers per order. Form is likely XML and stays text. */
export const orderSurveys = mapping({
  from: 'c01.tbl_order_survey',
  to: 'order_surveys',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    survey_id: ref('surveys', 'SurveyID', required),
    order_id: ref('orders', 'OrderID', required),
    form: text('Form'),
    ...lastUpdate,
  },
});
