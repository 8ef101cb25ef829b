-- What must be unique beside the primary keys.

alter table users add constraint users_email_key unique (email);
alter table shipments add constraint shipments_order_id_key unique (order_id);
