DELETE FROM run_due WHERE run_id <> @runId
