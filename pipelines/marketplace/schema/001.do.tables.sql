-- The tables and primary keys of the SQLAlchemy models, named as its DDL names them; unique and foreign keys follow once the
-- rows are in. There are no defaults: the application sets every value, and so does a load.

create table users (
  id varchar constraint users_pkey primary key,
  email varchar not null,
  name varchar,
  created_at timestamp without time zone not null,
  updated_at timestamp without time zone not null
);

create table items (
  id varchar constraint items_pkey primary key,
  title varchar not null,
  description varchar,
  price numeric(10,2) not null,
  condition varchar,
  brand varchar,
  model varchar,
  image_urls varchar[],
  detection_score double precision,
  user_id varchar not null,
  category_confidence double precision,
  detected_category varchar,
  detected_brand varchar,
  quality_score double precision,
  dimensions json,
  defects json,
  created_at timestamp without time zone not null,
  updated_at timestamp without time zone not null
);

create table listings (
  id varchar constraint listings_pkey primary key,
  marketplace varchar not null,
  status varchar,
  external_id varchar,
  price numeric(10,2) not null,
  item_id varchar not null,
  platform_data json,
  performance_metrics json,
  created_at timestamp without time zone not null,
  updated_at timestamp without time zone not null
);

create table market_research_data (
  id varchar constraint market_research_data_pkey primary key,
  price_trend json,
  competitor_prices json,
  demand_metrics json,
  recommendations json,
  listing_id varchar not null,
  created_at timestamp without time zone not null,
  updated_at timestamp without time zone not null
);

create table orders (
  id varchar constraint orders_pkey primary key,
  quantity integer not null,
  total_price numeric(10,2) not null,
  status varchar not null,
  buyer_details json,
  listing_id varchar not null,
  created_at timestamp without time zone not null,
  updated_at timestamp without time zone not null
);

create table shipments (
  id varchar constraint shipments_pkey primary key,
  carrier varchar not null,
  tracking_number varchar,
  status varchar not null,
  weight numeric(5,2),
  length integer,
  volume numeric(5,3),
  shipping_cost numeric(10,2) not null,
  quoted_costs json,
  selected_reason varchar,
  order_id varchar not null,
  created_at timestamp without time zone not null,
  updated_at timestamp without time zone not null
);

create table analytics_data (
  id varchar constraint analytics_data_pkey primary key,
  view_count integer not null,
  click_count integer not null,
  conversion_rate double precision,
  revenue numeric(10,2) not null,
  profit_margin double precision,
  platform_metrics json,
  listing_id varchar not null,
  created_at varchar not null,
  updated_at varchar not null
);

create table analytics_snapshots (
  id varchar constraint analytics_snapshots_pkey primary key,
  total_revenue numeric(10,2) not null,
  total_profit numeric(10,2) not null,
  top_categories json,
  platform_insights json,
  customer_metrics json,
  date varchar not null,
  created_at varchar not null,
  updated_at timestamp without time zone not null
);

create table conversations (
  id serial constraint conversations_pkey primary key,
  user_id integer not null,
  created_at timestamp without time zone not null,
  updated_at timestamp without time zone not null
);

create table messages (
  id serial constraint messages_pkey primary key,
  content varchar not null,
  sender varchar not null,
  conversation_id integer not null,
  created_at timestamp without time zone not null,
  updated_at timestamp without time zone not null
);
