import { amount, carry, ref } from '../../../public/index.ts';
import { mapping, required, timestamps } from '../mapping.ts';

/** Weight and volume are measures, not money. They lose digits in the same way and follow the same policy. */
export const shipments = mapping({
  from: 'public.Shipment',
  to: 'shipments',
  columns: {
    id: carry('id'),
    carrier: carry('carrier'),
    tracking_number: carry('trackingNumber'),
    status: carry('status'),
    weight: amount('weight'),
    length: carry('length'),
    volume: amount('volume'),
    shipping_cost: amount('shippingCost'),
    quoted_costs: carry('quotedCosts'),
    selected_reason: carry('selectedReason'),
    order_id: ref('orders', 'orderId', required),
    ...timestamps,
  },
});
