create schema if not exists identity;

-- Aggregates refer to one another by id only, so the order of inserts in one flush is not fixed: references are checked at commit.

-- Citizens who have signed in at least once. `oid` is the number of the person at ESIA.
create table identity.account (
  id uuid primary key,
  oid text not null unique,
  level text not null check (level in ('SIMPLIFIED', 'STANDARD', 'CONFIRMED')),
  display_name text not null,
  registered_at timestamptz not null,
  version integer not null default 1
);

-- Browsers of signed-in citizens. Only the hash of the cookie's secret is kept; the ESIA token is encrypted.
create table identity.session (
  id uuid primary key,
  account_id uuid not null references identity.account (id) deferrable initially deferred,
  token_hash text not null unique,
  opened_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  access_token text,
  access_token_expires_at timestamptz not null,
  esia_session_id text not null
);
create index session_by_expiry on identity.session (expires_at);

create table identity.staff_account (
  id uuid primary key,
  email text not null unique,
  name text not null,
  role text not null check (role in ('CLERK', 'ADMIN')),
  authority_code text,
  authority_name text not null,
  password_hash text not null,
  code_secret text not null,
  failures integer not null,
  locked_until timestamptz,
  last_code_step integer not null,
  version integer not null default 1,
  check ((role = 'CLERK') = (authority_code is not null))
);

create table identity.staff_session (
  id uuid primary key,
  staff_id uuid not null references identity.staff_account (id) deferrable initially deferred,
  token_hash text not null unique,
  opened_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index staff_session_by_expiry on identity.staff_session (expires_at);

-- Login history. Both ids are null when nobody has the e-mail that was typed.
create table identity.sign_in (
  id uuid primary key,
  account_id uuid references identity.account (id) deferrable initially deferred,
  staff_id uuid references identity.staff_account (id) deferrable initially deferred,
  accepted boolean not null,
  at timestamptz not null,
  ip_address text not null,
  user_agent text not null
);
create index sign_in_of_account on identity.sign_in (account_id, at desc) where account_id is not null;
create index sign_in_of_staff on identity.sign_in (staff_id, at desc) where staff_id is not null;
