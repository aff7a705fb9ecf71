SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema())
