INSERT INTO review AS r (phase, customer_id, next_review)
SELECT t.phase, t.customer_id, t.next_review
FROM unnest(@phases, @customerIds, @nextReviews) AS t (phase, customer_id, next_review)
ON CONFLICT (phase, customer_id) DO UPDATE SET next_review = excluded.next_review
WHERE r.next_review IS DISTINCT FROM excluded.next_review
