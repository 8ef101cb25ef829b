-- The reverse of 003.do.foreign-keys.sql.

alter table messages drop constraint messages_conversation_id_fkey;
alter table analytics_data drop constraint analytics_data_listing_id_fkey;
alter table shipments drop constraint shipments_order_id_fkey;
alter table orders drop constraint orders_listing_id_fkey;
alter table market_research_data drop constraint market_research_data_listing_id_fkey;
alter table listings drop constraint listings_item_id_fkey;
alter table items drop constraint items_user_id_fkey;
