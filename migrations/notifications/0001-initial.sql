create schema if not exists notifications;

-- How a citizen wants to be told; a missing row means the defaults.
create table notifications.preferences (
  account_id uuid primary key,
  matrix jsonb not null,
  window_from text not null,
  window_until text not null,
  version integer not null default 1
);

-- The feed.
create table notifications.notification (
  id uuid primary key,
  account_id uuid not null,
  kind text not null,
  event_id uuid not null,
  category text not null,
  title text not null,
  text text not null,
  link text,
  created_at timestamptz not null,
  read_at timestamptz,
  search_text text not null,
  constraint notification_told_once unique (account_id, kind, event_id)
);
create index notification_feed on notifications.notification (account_id, created_at desc, id desc);
-- The bell in the header of every page is answered from this index alone.
create index notification_unread on notifications.notification (account_id, created_at desc, id desc)
  include (title) where read_at is null;

-- One message on its way through one channel; next_attempt_at is null once it is over.
create table notifications.delivery (
  id uuid primary key,
  -- Both rows come with one flush, in whatever order.
  notification_id uuid not null references notifications.notification (id) deferrable initially deferred,
  account_id uuid not null,
  kind text not null,
  event_id uuid not null,
  channel text not null,
  title text not null,
  body text not null,
  about text,
  state text not null,
  attempts integer not null,
  next_attempt_at timestamptz,
  problem text,
  created_at timestamptz not null,
  constraint delivery_queued_once unique (account_id, kind, event_id, channel)
);
create index delivery_due on notifications.delivery (next_attempt_at) where next_attempt_at is not null;
create index delivery_of_notification on notifications.delivery (notification_id);
create index delivery_waiting_about on notifications.delivery (account_id, about) where state = 'QUEUED' and about is not null;

-- Parts of text messages by the id the message centre gave them. Either side may come first: the receipt or our knowledge
-- of whose part it is.
create table notifications.sms_part (
  message_id text primary key,
  delivery_id uuid,
  state text,
  updated_at timestamptz not null default now()
);
create index sms_part_of_delivery on notifications.sms_part (delivery_id);

-- Phones and browsers that take push messages. The endpoint and the keys are encrypted.
create table notifications.push_device (
  id uuid primary key,
  account_id uuid not null,
  name text not null,
  endpoint text not null,
  endpoint_index text not null unique,
  p256dh text not null,
  auth text not null,
  linked_at timestamptz not null
);
create index push_device_of_account on notifications.push_device (account_id);
