import { amount, carry, ref } from '../../../public/index.ts';
import { isoText } from '../iso-text.ts';
import { mapping, required } from '../mapping.ts';

export const analyticsData = mapping({
  from: 'public.AnalyticsData',
  to: 'analytics_data',
  columns: {
    id: carry('id'),
    view_count: carry('viewCount'),
    click_count: carry('clickCount'),
    conversion_rate: carry('conversionRate'),
    revenue: amount('revenue'),
    profit_margin: carry('profitMargin'),
    platform_metrics: carry('platformMetrics'),
    listing_id: ref('listings', 'listingId', required),
    created_at: isoText('createdAt'),
    updated_at: isoText('updatedAt'),
  },
});
