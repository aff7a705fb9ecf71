-- Listings of a night are read page by page, by the key or by the day.
CREATE INDEX decision_history_by_subject ON decision_history (subject_type, subject_id, rule_set, run_id)
WHERE subject_type >= 3 AND subject_type <= 4;

CREATE INDEX payment_request_by_day ON payment_request (submitted_on, request_id);

CREATE INDEX payment_by_day ON payment (paid_on, payment_id);
