-- Which papers of an application the citizen has kept is known to the documents alone, where they can be removed again;
-- the file of a decision is in its line of history.
alter table applications.service_application drop column decision_file_id, drop column decision_kept_at;
