-- The same pairs, found from either side: asked for one document, only its own files are looked at, not everybody's signatures.
create or replace view documents.signed_pair as
select d.id as document_id, f.id as file_id, s.id as signature_file_id
from documents.stored_file s
  join documents.personal_document d on d.file_ids @> array[s.id] and s.id = any (d.file_ids) and d.removed_at is null
  join documents.stored_file f on f.id = any (d.file_ids) and lower(s.name) = lower(f.name) || '.sig'
where s.extension = 'sig' and s.scan not in ('PENDING', 'INFECTED') and f.scan not in ('PENDING', 'INFECTED')
union all
select e.id, e.file_id, e.signature_file_id
from documents.electronic_document e
  join documents.stored_file f on f.id = e.file_id
  join documents.stored_file s on s.id = e.signature_file_id
where e.removed_at is null and s.scan not in ('PENDING', 'INFECTED') and f.scan not in ('PENDING', 'INFECTED');
