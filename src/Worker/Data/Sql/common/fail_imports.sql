-- Imports that did not say how they ended: while one holds the lock, no other is in progress.
UPDATE import_run SET status = 'Failed', error = @error, finished_at = @now WHERE status = 'InProgress'
