create schema if not exists profile;

-- Mirror of the person at ESIA; `facts` is encrypted JSON.
create table profile.person (
  account_id uuid primary key,
  facts text not null,
  refreshed_at timestamptz not null,
  version integer not null default 1
);

-- Vehicles typed in by their owners; `grz` and `sts` are encrypted, `sts_index` is the blind index of the certificate.
create table profile.vehicle (
  id uuid primary key,
  account_id uuid not null,
  make text not null,
  plate_type text not null,
  grz text not null,
  sts text not null,
  sts_index text not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  version integer not null default 1
);

create unique index vehicle_certificate_once on profile.vehicle (account_id, sts_index) where removed_at is null;
create index vehicle_of_account on profile.vehicle (account_id, added_at);
create index vehicle_removed on profile.vehicle (removed_at) where removed_at is not null;
