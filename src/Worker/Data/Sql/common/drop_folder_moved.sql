UPDATE import_run SET moved_at = @now WHERE drop_folder = @dropFolder AND moved_at IS NULL
