UPDATE drop_folder SET moved_at = @now WHERE "identity" = @identity AND moved_at IS NULL
