import { date, id, ref } from '../../../../public/index.ts';
import { lastUpdate, mapping, optional, owned, tenant } from '../../mapping.ts';

/** DeliveryDate is 0000-00-00 unless it was set. */
export const compliancePlans = mapping({
  from: 'c01.tbl_compliance',
  to: 'compliance_plans',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    customer_id: ref('customers', 'CustomerID', owned),
    order_id: ref('orders', 'OrderID', optional),
    delivery_date: date('DeliveryDate'),
    ...lastUpdate,
  },
});
