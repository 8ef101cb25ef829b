import { amount, carry } from '../../../public/index.ts';
import { isoText } from '../iso-text.ts';
import { mapping } from '../mapping.ts';

/** A snapshot is written once, so `updated_at` is its creation time. */
export const analyticsSnapshots = mapping({
  from: 'public.AnalyticsSnapshot',
  to: 'analytics_snapshots',
  columns: {
    id: carry('id'),
    total_revenue: amount('totalRevenue'),
    total_profit: amount('totalProfit'),
    top_categories: carry('topCategories'),
    platform_insights: carry('platformInsights'),
    customer_metrics: carry('customerMetrics'),
    date: isoText('date'),
    created_at: isoText('createdAt'),
    updated_at: carry('createdAt'),
  },
});
