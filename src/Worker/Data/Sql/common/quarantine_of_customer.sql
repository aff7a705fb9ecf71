-- Every night that set a customer or a partner aside, the latest first.
SELECT q.phase, r.run_id, r.job, r.business_date, q.error, q.fact, q.rule_code, q.parameter, q.retried_at
FROM quarantine q
JOIN run r ON r.run_id = q.run_id
WHERE q.customer_id = @customerId AND r.status <> 'Abandoned'
ORDER BY q.phase, r.business_date DESC, r.run_id DESC
