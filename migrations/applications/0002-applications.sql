create schema if not exists applications;

-- Submitted applications. `answers` and `files` are encrypted JSON: a snapshot that nothing changes afterwards.
create table applications.service_application (
  id uuid primary key,
  applicant_id uuid not null,
  registration_number text not null unique,
  service_code text not null,
  service_title text not null,
  authority_code text not null,
  authority_title text not null,
  form_version integer not null,
  answers text not null,
  files text not null,
  status text not null,
  status_before_cancelling text,
  respond_by date,
  history_length integer not null,
  due_at timestamptz not null,
  submitted_at timestamptz not null,
  sent_at timestamptz,
  answered_at timestamptz,
  decision_file_id uuid,
  decision_kept_at timestamptz,
  version integer not null default 1
);

create index application_of_applicant on applications.service_application (applicant_id, submitted_at desc, id desc);
create index application_of_authority on applications.service_application (authority_code, submitted_at, id) where sent_at is not null;

-- History of statuses, append-only. `comment`, `legal_ground` and `attachments` are encrypted.
create table applications.status_entry (
  application_id uuid not null,
  seq integer not null,
  status text not null,
  cancellation_declined boolean not null,
  at timestamptz not null,
  actor text not null,
  staff_id uuid,
  staff_name text,
  comment text,
  legal_ground text,
  respond_by date,
  attachments text not null,
  primary key (application_id, seq)
);

-- Who of the staff saw or changed a case and when, append-only.
create table applications.case_act (
  id uuid primary key,
  application_id uuid not null,
  staff_id uuid not null,
  act text not null,
  at timestamptz not null
);

create index case_act_of_application on applications.case_act (application_id, at);

create function applications.refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger status_entry_append_only before update or delete or truncate on applications.status_entry
  for each statement execute function applications.refuse_rewriting();
create trigger case_act_append_only before update or delete or truncate on applications.case_act
  for each statement execute function applications.refuse_rewriting();
