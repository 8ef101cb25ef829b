import { amount, carry, ref } from '../../../public/index.ts';
import { mapping, required, timestamps } from '../mapping.ts';

export const listings = mapping({
  from: 'public.Listing',
  to: 'listings',
  columns: {
    id: carry('id'),
    marketplace: carry('marketplace'),
    status: carry('status'),
    external_id: carry('externalId'),
    price: amount('price'),
    item_id: ref('items', 'itemId', required),
    platform_data: carry('platformData'),
    performance_metrics: carry('performanceMetrics'),
    ...timestamps,
  },
});
