import { amount, carry, ref } from '../../../public/index.ts';
import { mapping, required, timestamps } from '../mapping.ts';

export const orders = mapping({
  from: 'public.Order',
  to: 'orders',
  columns: {
    id: carry('id'),
    quantity: carry('quantity'),
    total_price: amount('totalPrice'),
    status: carry('status'),
    buyer_details: carry('buyerDetails'),
    listing_id: ref('listings', 'listingId', required),
    ...timestamps,
  },
});
