create schema if not exists payments;

create table payments.watched_vehicle (
  id uuid primary key,
  account_id uuid not null,
  heard_at timestamptz not null,
  stopped_at timestamptz,
  as_of timestamptz,
  failures integer not null,
  refresh_after timestamptz not null,
  version integer not null default 1
);
create index watched_vehicle_of_account on payments.watched_vehicle (account_id) where stopped_at is null;
create index watched_vehicle_due on payments.watched_vehicle (refresh_after) where stopped_at is null;

create table payments.fine (
  id uuid primary key,
  account_id uuid not null,
  uin text not null,
  vehicle_id uuid not null,
  status text not null check (status in ('UNPAID', 'PAYMENT_PENDING', 'PAID', 'CANCELLED')),
  decree_number text not null,
  decree_date date not null,
  offence_at timestamptz,
  article text,
  offence text not null,
  department text,
  purpose text not null,
  amount_kopecks bigint not null check (amount_kopecks >= 0),
  terms_source text not null check (terms_source in ('REGISTRY', 'POLICY')),
  policy_code text,
  discount_possible boolean not null,
  discount_percent integer,
  discounted_kopecks bigint check (discounted_kopecks between 0 and amount_kopecks),
  discount_until date,
  payee jsonb,
  active_payment_id uuid,
  paid_kopecks bigint,
  settled_at timestamptz,
  found_at timestamptz not null,
  as_of timestamptz not null,
  version integer not null default 1,
  constraint fine_once_per_account unique (account_id, uin)
);
create index fine_open on payments.fine (account_id) where status in ('UNPAID', 'PAYMENT_PENDING');
create index fine_settled on payments.fine (account_id, settled_at desc, id desc) where status in ('PAID', 'CANCELLED');

create table payments.payment (
  id uuid primary key,
  fine_id uuid not null references payments.fine (id),
  account_id uuid not null,
  uin text not null,
  idempotency_key text not null,
  amount_kopecks bigint not null check (amount_kopecks > 0),
  status text not null,
  order_id text,
  form_url text,
  decree_number text not null,
  decree_date date not null,
  purpose text not null,
  payee jsonb not null,
  discount_percent integer,
  action_code integer,
  masked_pan text,
  approval_code text,
  reference text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  settled_at timestamptz,
  check_after timestamptz,
  version integer not null default 1,
  constraint payment_once_per_key unique (fine_id, idempotency_key)
);
-- The last word on "one payment per charge", whoever pays and from wherever: open or made.
create unique index payment_holds_charge on payments.payment (uin) where status in ('CREATED', 'REGISTERED', 'AUTHENTICATING', 'PAID');
create index payment_of_account on payments.payment (account_id, id desc);
create index payment_of_order on payments.payment (order_id);
create index payment_due on payments.payment (check_after) where check_after is not null;

-- Who searched charges by somebody's number, when and by which kind of document; never the number.
create table payments.charge_search (
  id bigint generated always as identity primary key,
  account_id uuid not null,
  requisite_kind text not null,
  searched_at timestamptz not null
);
create index charge_search_of_account on payments.charge_search (account_id, searched_at);
