-- What was found of a detached signature and the file beside it. `verdict` is encrypted JSON (it names the signer), `trust` the fingerprint of
-- the roots and algorithms it rests on.
create table documents.signature_check (
  signature_file_id uuid not null references documents.stored_file (id) on delete cascade,
  file_id uuid not null references documents.stored_file (id) on delete cascade,
  verdict text not null,
  trust text not null,
  primary key (signature_file_id, file_id)
);
create index signature_check_of_file on documents.signature_check (file_id);
