-- Receipts are deleted by age.
create index processed_event_age on platform.processed_event (processed_at);
