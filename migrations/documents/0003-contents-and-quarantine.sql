-- Equal files of one owner share their bytes: `content_id` is their key in the file storage. `scan` is NOT_SCANNED, PENDING (in quarantine),
-- CLEAN or INFECTED (the bytes are erased).
alter table documents.stored_file add column content_id uuid;

-- Of equal bytes stored several times the first copy stays; the others belong to no record any more and are swept away.
update documents.stored_file f set content_id = first.content_id,
  scan = case when first.clean then 'CLEAN' else f.scan end
from (
  select owner_id, sha256, (array_agg(id order by id))[1] as content_id, bool_or(scan = 'CLEAN') as clean
  from documents.stored_file group by owner_id, sha256
) first
where f.owner_id = first.owner_id and f.sha256 = first.sha256;

alter table documents.stored_file alter column content_id set not null;
create index stored_file_content on documents.stored_file (content_id);
create index stored_file_without_verdict on documents.stored_file (scan, content_id) where scan in ('PENDING', 'NOT_SCANNED');
drop index documents.stored_file_of_owner;
create index stored_file_of_owner on documents.stored_file (owner_id, sha256);
