-- Payments as they were known that a run decided and that are like what is asked for, after one, the latest day first.
-- Of each the latest decision up to the run that was not taken back counts. At least @leastCents cents.
SELECT q.payment_id, q.paid_on
FROM payment q
WHERE q.paid_on <= @day AND (q.paid_on < @day OR q.payment_id < @after)
  AND (@currency = '' OR q.currency = @currency)
  AND (@invoiceNumber = '' OR q.invoice_number = @invoiceNumber)
  AND q.amount * 100 >= @leastCents
  AND EXISTS (
    SELECT 1
    FROM decision_history h
    WHERE h.subject_type = 4 AND h.subject_id = q.payment_id AND h.rule_set = 6
      AND h.run_id <= @afterRun AND h.change_kind <> 3 AND (@outcome = '' OR h.outcome = @outcome)
      AND (@partnerId = '' OR coalesce(q.request_id, replace(h.details, 'request_id=', '')) IN (
        SELECT r.request_id
        FROM payment_request r
        JOIN partner_location p ON p.location_id = r.location_id
        WHERE p.partner_id = @partnerId
      ))
      AND h.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
      AND NOT EXISTS (
        SELECT 1
        FROM decision_history l
        WHERE l.subject_type = 4 AND l.subject_id = q.payment_id AND l.rule_set = 6
          AND l.run_id <= @afterRun AND l.run_id > h.run_id
          AND l.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
      )
  )
ORDER BY q.paid_on DESC, q.payment_id DESC
OFFSET 0 ROWS FETCH NEXT @count ROWS ONLY
