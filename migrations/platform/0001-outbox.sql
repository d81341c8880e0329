create schema if not exists platform;

-- Events wait here, written in the transaction of the change they tell of, until the relay has handed them to the queue.
create table platform.outbox (
  id uuid primary key,
  type text not null,
  payload jsonb not null,
  occurred_at timestamptz not null,
  attempts integer not null default 0,
  dead_since timestamptz
);
create index outbox_waiting on platform.outbox (id) where dead_since is null;

create function platform.announce_outbox() returns trigger language plpgsql as $$
begin
  perform pg_notify('platform_outbox', '');
  return null;
end $$;
create trigger outbox_announced after insert on platform.outbox for each statement execute function platform.announce_outbox();

-- One row per event and reaction, committed with the effect: a redelivered event changes nothing.
create table platform.processed_event (
  event_id uuid not null,
  reaction text not null,
  processed_at timestamptz not null default now(),
  primary key (event_id, reaction)
);
