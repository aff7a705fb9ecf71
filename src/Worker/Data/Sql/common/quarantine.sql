-- The customers and partners in the quarantine of a run, with the first business date of the row of nights that set each aside.
SELECT q.phase, q.customer_id, q.error, q.fact, q.rule_code, q.parameter, q.set_aside,
       (SELECT min(r2.business_date)
        FROM quarantine q2
        JOIN run r2 ON r2.run_id = q2.run_id
        WHERE q2.phase = q.phase AND q2.customer_id = q.customer_id AND r2.job = r.job AND r2.business_date <= r.business_date
          AND (r2.run_id = r.run_id OR r2.status IN ('Completed', 'CompletedWithErrors'))
          AND NOT EXISTS (SELECT 1
                          FROM run r3
                          WHERE r3.job = r.job AND r3.status IN ('Completed', 'CompletedWithErrors')
                            AND r3.business_date >= r2.business_date AND r3.business_date < r.business_date
                            AND NOT EXISTS (SELECT 1
                                            FROM quarantine q3
                                            WHERE q3.run_id = r3.run_id AND q3.phase = q.phase
                                              AND q3.customer_id = q.customer_id
                                              AND q3.retried_at IS NULL))) AS since
FROM quarantine q
JOIN run r ON r.run_id = q.run_id
WHERE q.run_id = @runId AND q.retried_at IS NULL
ORDER BY q.phase, q.customer_id
