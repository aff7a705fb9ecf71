-- The runs that can be taken back, the latest first.
SELECT run_id FROM undo_point ORDER BY run_id DESC
