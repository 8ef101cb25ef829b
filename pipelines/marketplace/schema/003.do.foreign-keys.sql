-- The foreign keys of the models, NO ACTION on delete and on update. The source had RESTRICT and CASCADE: a parent with children
-- can be deleted as little as before, and a key that is changed no longer takes its references along.

alter table items add constraint items_user_id_fkey foreign key (user_id) references users (id);
alter table listings add constraint listings_item_id_fkey foreign key (item_id) references items (id);
alter table market_research_data add constraint market_research_data_listing_id_fkey foreign key (listing_id) references listings (id);
alter table orders add constraint orders_listing_id_fkey foreign key (listing_id) references listings (id);
alter table shipments add constraint shipments_order_id_fkey foreign key (order_id) references orders (id);
alter table analytics_data add constraint analytics_data_listing_id_fkey foreign key (listing_id) references listings (id);
alter table messages add constraint messages_conversation_id_fkey foreign key (conversation_id) references conversations (id);
