-- Notices beside decisions, their detached signatures, removal with a day to undo it, and search.
alter table documents.electronic_document
  add column kind text not null default 'DECISION',
  add column signature_file_id uuid references documents.stored_file (id),
  add column removed_at timestamptz,
  -- The case of Russian letters is folded by hand: a database in the C locale does not know it. Dashes would make negative numbers.
  add column search_vector tsvector not null generated always as (
    to_tsvector('russian', translate(lower(title || ' ' || issuer || ' ' || number), 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯё-', 'абвгдеежзийклмнопрстуфхцчшщъыьэюяе '))
  ) stored;
alter table documents.electronic_document alter column kind drop default;

-- A file that two applications share is a paper of each.
update documents.electronic_document set source_id = application_id || ':' || file_id;

create index electronic_document_signature on documents.electronic_document (signature_file_id) where signature_file_id is not null;
create index electronic_document_removed on documents.electronic_document (removed_at) where removed_at is not null;
create index electronic_document_of_application on documents.electronic_document (owner_id, application_id);
