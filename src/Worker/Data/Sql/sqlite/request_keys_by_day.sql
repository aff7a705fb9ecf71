-- Payment requests as they were known that a run decided and that are like what is asked for, after one, the latest day first.
-- Of each the latest decision up to the run that was not taken back counts. At least @leastCents cents.
-- That subject_type is between 3 and 4 is said for the sake of the index, which holds only these.
SELECT q.request_id, q.submitted_on
FROM payment_request q
WHERE q.submitted_on <= @day AND (q.submitted_on < @day OR q.request_id < @after)
  AND (@currency = '' OR q.currency = @currency)
  AND (@invoiceNumber = '' OR q.invoice_number = @invoiceNumber)
  AND q.amount_cents >= @leastCents
  AND q.submitted_on >= @firstDay AND q.submitted_on <= @lastDay
  AND (@partnerId = '' OR q.location_id IN (SELECT location_id FROM partner_location WHERE partner_id = @partnerId))
  AND EXISTS (
    SELECT 1
    FROM decision_history h
    WHERE h.subject_type = 3 AND h.subject_type >= 3 AND h.subject_type <= 4 AND h.subject_id = q.request_id AND h.rule_set = 6
      AND h.run_id <= @afterRun AND h.change_kind <> 3 AND (@outcome = '' OR h.outcome = @outcome)
      AND (@isDue = 0 OR h.outcome IN ('Due', 'Overdue', 'PartlyPaid'))
      AND h.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
      AND NOT EXISTS (
        SELECT 1
        FROM decision_history l
        WHERE l.subject_type = 3 AND l.subject_type >= 3 AND l.subject_type <= 4 AND l.subject_id = q.request_id AND l.rule_set = 6
          AND l.run_id <= @afterRun AND l.run_id > h.run_id
          AND l.run_id NOT IN (SELECT run_id FROM run_undo UNION ALL SELECT undo_run_id FROM run_undo)
      )
  )
ORDER BY q.submitted_on DESC, q.request_id DESC
LIMIT @count
