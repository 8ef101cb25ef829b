create table payments (
  id integer primary key,
  payer text not null,
  amount numeric(12,2) not null,
  paid_at timestamp not null,
  level integer not null check (level < 100)
);
