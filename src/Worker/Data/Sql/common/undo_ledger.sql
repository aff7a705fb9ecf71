-- The contrary of each booking of a run.
INSERT INTO days_ledger (agreement_id, voucher_id, run_id, days, reason)
SELECT agreement_id, voucher_id, @undoRunId, -days, CASE WHEN days < 0 THEN 'returned' ELSE 'reversed' END
FROM days_ledger
WHERE run_id = @runId
