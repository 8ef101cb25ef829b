-- The reverse of 002.do.unique-keys.sql.

alter table shipments drop constraint shipments_order_id_key;
alter table users drop constraint users_email_key;
