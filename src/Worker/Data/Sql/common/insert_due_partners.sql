-- Partners are few, and decided every night.
INSERT INTO run_due (run_id, phase, customer_id, reason)
SELECT @runId, 'Partners', partner_id, 0 FROM partner
