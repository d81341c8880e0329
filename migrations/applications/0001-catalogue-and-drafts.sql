create schema if not exists applications;
create extension if not exists fuzzystrmatch;

-- What the portal offers. `passport` holds what only the page of the service prints. What is searched is stored in lower case, made by the
-- product: a database in the C locale does not know the case of Russian letters.
create table applications.service (
  code text primary key,
  title text not null,
  summary text not null,
  sphere_code text not null,
  sphere_title text not null,
  authority_title text not null,
  passport jsonb not null,
  active boolean not null,
  popular boolean not null,
  position integer not null,
  form_version integer not null,
  search_words text[] not null,
  search_vector tsvector not null
);
create index service_search on applications.service using gin (search_vector);

-- Published forms. A version never changes: drafts and applications rest on it.
create table applications.form_version (
  service_code text not null references applications.service (code),
  version integer not null,
  definition jsonb not null,
  sha256 text not null,
  published_at timestamptz not null default now(),
  primary key (service_code, version)
);

create function applications.refuse_republishing() returns trigger language plpgsql as $$
begin
  raise exception 'A published form never changes: publish a new version';
end $$;
create trigger form_version_immutable before update or delete or truncate on applications.form_version
  for each statement execute function applications.refuse_republishing();

-- Lists that forms choose from: districts, schools, kinds of documents.
create table applications.directory_entry (
  directory text not null,
  code text not null,
  title text not null,
  parent text,
  hint text,
  position integer not null,
  primary key (directory, code)
);

-- Applications that are being filled; `answers` is encrypted JSON. A sent draft keeps its receipt and loses its answers: `sent_key` is
-- the idempotency record of the submission, `duplicate_key` (a keyed hash) stands while the same may not be asked for again.
create table applications.draft (
  id uuid primary key,
  applicant_id uuid not null,
  service_code text not null references applications.service (code),
  form_version integer not null,
  answers text not null,
  progress_percent integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  application_id uuid unique,
  registration_number text,
  sent_key uuid,
  sent_version integer,
  duplicate_key text,
  version integer not null default 1,
  foreign key (service_code, form_version) references applications.form_version (service_code, version)
);
create index draft_of_applicant on applications.draft (applicant_id, updated_at desc, id desc) where application_id is null;
create unique index draft_sent_key on applications.draft (applicant_id, sent_key) where sent_key is not null;
create unique index draft_duplicate_key on applications.draft (applicant_id, service_code, duplicate_key) where duplicate_key is not null;

-- One sequence a year, made when the year's first application comes. No gaps are promised (a refused submission leaves one).
create function applications.next_registration_number(year integer) returns bigint language plpgsql as $$
declare
  sequence_name text := 'applications.registration_number_' || year;
begin
  if to_regclass(sequence_name) is null then
    perform pg_advisory_xact_lock(hashtextextended(sequence_name, 0));
    execute 'create sequence if not exists ' || sequence_name;
  end if;
  return nextval(sequence_name);
end $$;
