-- The history of statuses stays append-only, with one exception: a rotation of the keys puts the same words under another key, and says so
-- in its session.
drop trigger status_entry_append_only on applications.status_entry;
create trigger status_entry_append_only before delete or truncate on applications.status_entry
  for each statement execute function applications.refuse_rewriting();
create trigger status_entry_never_changed before update on applications.status_entry
  for each statement when (current_setting('lk.rotates_keys', true) is distinct from 'on') execute function applications.refuse_rewriting();
