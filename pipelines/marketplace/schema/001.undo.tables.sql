-- The reverse of 001.do.tables.sql; the two sequences go with their tables.

drop table
  messages,
  conversations,
  analytics_snapshots,
  analytics_data,
  shipments,
  orders,
  market_research_data,
  listings,
  items,
  users;
