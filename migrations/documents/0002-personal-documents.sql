-- Whose document it is (a child's number at ESIA), what ESIA says of it when it came from there, and what it said before
-- (`history` is encrypted JSON).
alter table documents.personal_document
  add column child_id text,
  add column esia_id text,
  add column verified boolean not null default false,
  add column confirmed_at timestamptz,
  add column history text;

-- A typed copy may lie beside the document of ESIA that it gave way to.
drop index documents.personal_document_once;
create unique index personal_document_once on documents.personal_document (owner_id, kind_code, number_fingerprint)
  where removed_at is null and esia_id is null;
create unique index personal_document_of_esia on documents.personal_document (owner_id, kind_code, esia_id) where esia_id is not null;
create index personal_document_by_kind on documents.personal_document (owner_id, kind_code) where removed_at is null;
create index personal_document_expiring on documents.personal_document (expires_on, id) where removed_at is null and expires_on is not null;

-- What owners were told of the end of a document, and the days whose documents have all been looked through.
create table documents.expiry_notice (
  document_id uuid not null,
  expires_on date not null,
  step integer not null,
  told_at timestamptz not null,
  primary key (document_id, expires_on, step)
);
create table documents.expiry_round (
  day date primary key,
  ended_at timestamptz not null
);

-- Who was shown the full number of a document, when and what for; append-only, and kept when the document is gone.
create table documents.access_record (
  id uuid primary key,
  document_id uuid not null,
  account_id uuid not null,
  purpose text not null,
  accessed_at timestamptz not null
);
create index access_record_of_document on documents.access_record (document_id, accessed_at desc);

create function documents.refuse_rewriting() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger access_record_append_only before update or delete or truncate on documents.access_record
  for each statement execute function documents.refuse_rewriting();
