-- Which signature belongs to which file: by name (`X` and `X.sig`) in a personal document, by its own column in an electronic one.
create index stored_file_signatures on documents.stored_file (id) where extension = 'sig';

create view documents.signed_pair as
select d.id as document_id, f.id as file_id, s.id as signature_file_id
from documents.stored_file s
  join documents.personal_document d on d.file_ids @> array[s.id] and d.removed_at is null
  join documents.stored_file f on f.id = any (d.file_ids) and lower(s.name) = lower(f.name) || '.sig'
where s.extension = 'sig' and s.scan not in ('PENDING', 'INFECTED') and f.scan not in ('PENDING', 'INFECTED')
union all
select e.id, e.file_id, e.signature_file_id
from documents.electronic_document e
  join documents.stored_file f on f.id = e.file_id
  join documents.stored_file s on s.id = e.signature_file_id
where e.removed_at is null and s.scan not in ('PENDING', 'INFECTED') and f.scan not in ('PENDING', 'INFECTED');
