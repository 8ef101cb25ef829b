import type { Relation } from '../../public/index.ts';

const declared = 'declared by the legacy schema; only rows whose parent was not loaded are orphans';

/** A relation that both sides enforce; each key is `id`. */
function enforced(
  child: readonly [string, string],
  parent: string,
  target: readonly [string, string, string],
): Relation {
  return {
    child: `public.${child[0]}`,
    columns: [child[1]],
    parent: `public.${parent}`,
    parentColumns: ['id'],
    decision: 'foreign-key',
    none: [],
    target: { child: target[0], columns: [target[1]], parent: target[2], parentColumns: ['id'] },
    why: declared,
  };
}

/** All relations of the legacy schema and the decision on each. */
export const relations: readonly Relation[] = [
  enforced(['Item', 'userId'], 'User', ['items', 'user_id', 'users']),
  enforced(['Listing', 'itemId'], 'Item', ['listings', 'item_id', 'items']),
  enforced(['MarketResearchData', 'listingId'], 'Listing', ['market_research_data', 'listing_id', 'listings']),
  enforced(['Order', 'listingId'], 'Listing', ['orders', 'listing_id', 'listings']),
  enforced(['Shipment', 'orderId'], 'Order', ['shipments', 'order_id', 'orders']),
  enforced(['AnalyticsData', 'listingId'], 'Listing', ['analytics_data', 'listing_id', 'listings']),
  enforced(['Message', 'conversationId'], 'Conversation', ['messages', 'conversation_id', 'conversations']),
  {
    child: 'public.Conversation',
    columns: ['userId'],
    parent: 'public.User',
    parentColumns: ['id'],
    decision: 'lookup',
    none: [],
    target: { child: 'conversations', columns: ['user_id'], parent: 'users', parentColumns: ['id'] },
    why: 'a number, which must be compared as text with the ids of users: carried, and counted on both sides',
  },
];
