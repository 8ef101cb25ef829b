import { carry, ref } from '../../../public/index.ts';
import { mapping, required, timestamps } from '../mapping.ts';

export const marketResearchData = mapping({
  from: 'public.MarketResearchData',
  to: 'market_research_data',
  columns: {
    id: carry('id'),
    price_trend: carry('priceTrend'),
    competitor_prices: carry('competitorPrices'),
    demand_metrics: carry('demandMetrics'),
    recommendations: carry('recommendations'),
    listing_id: ref('listings', 'listingId', required),
    ...timestamps,
  },
});
