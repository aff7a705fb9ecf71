INSERT INTO days_ledger (agreement_id, voucher_id, run_id, days, reason) VALUES (?1, ?2, ?3, ?4, ?5)
