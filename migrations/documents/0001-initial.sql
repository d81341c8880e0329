create schema if not exists documents;

-- Accepted uploads. The bytes are in the file storage under the same id.
create table documents.stored_file (
  id uuid primary key,
  owner_id uuid not null,
  name text not null,
  extension text not null,
  media_type text not null,
  bytes integer not null,
  sha256 text not null,
  scan text not null,
  stored_at timestamptz not null
);
create index stored_file_of_owner on documents.stored_file (owner_id);
create index stored_file_by_age on documents.stored_file (stored_at);

-- Who outside this context needs a file (an application, a case): it is not removed while a row stands.
create table documents.file_hold (
  file_id uuid not null references documents.stored_file (id),
  holder text not null,
  held_at timestamptz not null default now(),
  primary key (file_id, holder)
);
create index file_hold_of_holder on documents.file_hold (holder);

-- `requisites` is encrypted JSON, `number_fingerprint` the blind index of the document's number.
create table documents.personal_document (
  id uuid primary key,
  owner_id uuid not null,
  kind_code text not null,
  requisites text not null,
  number_fingerprint text not null,
  expires_on date,
  file_ids uuid[] not null default '{}',
  added_at timestamptz not null,
  changed_at timestamptz not null,
  removed_at timestamptz,
  version integer not null default 1
);
create unique index personal_document_once on documents.personal_document (owner_id, kind_code, number_fingerprint) where removed_at is null;
create index personal_document_of_owner on documents.personal_document (owner_id, id desc) where removed_at is null;
create index personal_document_removed on documents.personal_document (removed_at) where removed_at is not null;
create index personal_document_files on documents.personal_document using gin (file_ids);

-- Notices and decisions kept from the history of applications.
create table documents.electronic_document (
  id uuid primary key,
  owner_id uuid not null,
  source_id text not null,
  application_id uuid not null,
  title text not null,
  issuer text not null,
  number text not null,
  issued_at timestamptz not null,
  file_id uuid not null references documents.stored_file (id),
  saved_at timestamptz not null,
  unique (owner_id, source_id)
);
create index electronic_document_of_owner on documents.electronic_document (owner_id, issued_at desc, id desc);
create index electronic_document_file on documents.electronic_document (file_id);
