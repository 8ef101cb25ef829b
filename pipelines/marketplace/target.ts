// biome-ignore-all format: generated
import type { SchemaContract } from '../../public/index.ts';

/**
 * The tables that `schema/` makes before the load, with the unique keys that it makes later. Generated from them, do not edit:
 * `WAYBILL_UPDATE_CONTRACTS=1 npx vitest run --project servers test/pipelines/target-contracts`
 */
export const target = {
  analytics_data: {
    key: ['id'],
    columns: {
      id: 'character varying not null', view_count: 'integer not null', click_count: 'integer not null',
      conversion_rate: 'double precision', revenue: 'numeric(10,2) not null', profit_margin: 'double precision',
      platform_metrics: 'json', listing_id: 'character varying not null', created_at: 'character varying not null',
      updated_at: 'character varying not null',
    },
  },
  analytics_snapshots: {
    key: ['id'],
    columns: {
      id: 'character varying not null', total_revenue: 'numeric(10,2) not null', total_profit: 'numeric(10,2) not null',
      top_categories: 'json', platform_insights: 'json', customer_metrics: 'json', date: 'character varying not null',
      created_at: 'character varying not null', updated_at: 'timestamp without time zone not null',
    },
  },
  conversations: {
    key: ['id'],
    columns: {
      id: 'integer not null default', user_id: 'integer not null', created_at: 'timestamp without time zone not null',
      updated_at: 'timestamp without time zone not null',
    },
  },
  items: {
    key: ['id'],
    columns: {
      id: 'character varying not null', title: 'character varying not null', description: 'character varying',
      price: 'numeric(10,2) not null', condition: 'character varying', brand: 'character varying', model: 'character varying',
      image_urls: 'character varying[]', detection_score: 'double precision', user_id: 'character varying not null',
      category_confidence: 'double precision', detected_category: 'character varying', detected_brand: 'character varying',
      quality_score: 'double precision', dimensions: 'json', defects: 'json',
      created_at: 'timestamp without time zone not null', updated_at: 'timestamp without time zone not null',
    },
  },
  listings: {
    key: ['id'],
    columns: {
      id: 'character varying not null', marketplace: 'character varying not null', status: 'character varying',
      external_id: 'character varying', price: 'numeric(10,2) not null', item_id: 'character varying not null',
      platform_data: 'json', performance_metrics: 'json', created_at: 'timestamp without time zone not null',
      updated_at: 'timestamp without time zone not null',
    },
  },
  market_research_data: {
    key: ['id'],
    columns: {
      id: 'character varying not null', price_trend: 'json', competitor_prices: 'json', demand_metrics: 'json',
      recommendations: 'json', listing_id: 'character varying not null', created_at: 'timestamp without time zone not null',
      updated_at: 'timestamp without time zone not null',
    },
  },
  messages: {
    key: ['id'],
    columns: {
      id: 'integer not null default', content: 'character varying not null', sender: 'character varying not null',
      conversation_id: 'integer not null', created_at: 'timestamp without time zone not null',
      updated_at: 'timestamp without time zone not null',
    },
  },
  orders: {
    key: ['id'],
    columns: {
      id: 'character varying not null', quantity: 'integer not null', total_price: 'numeric(10,2) not null',
      status: 'character varying not null', buyer_details: 'json', listing_id: 'character varying not null',
      created_at: 'timestamp without time zone not null', updated_at: 'timestamp without time zone not null',
    },
  },
  shipments: {
    key: ['id'], unique: [['order_id']],
    columns: {
      id: 'character varying not null', carrier: 'character varying not null', tracking_number: 'character varying',
      status: 'character varying not null', weight: 'numeric(5,2)', length: 'integer', volume: 'numeric(5,3)',
      shipping_cost: 'numeric(10,2) not null', quoted_costs: 'json', selected_reason: 'character varying',
      order_id: 'character varying not null', created_at: 'timestamp without time zone not null',
      updated_at: 'timestamp without time zone not null',
    },
  },
  users: {
    key: ['id'], unique: [['email']],
    columns: {
      id: 'character varying not null', email: 'character varying not null', name: 'character varying',
      created_at: 'timestamp without time zone not null', updated_at: 'timestamp without time zone not null',
    },
  },
} as const satisfies SchemaContract;
