INSERT INTO customer_review AS r (customer_id, next_review)
SELECT t.customer_id, t.next_review
FROM unnest(@customerIds, @nextReviews) AS t (customer_id, next_review)
ON CONFLICT (customer_id) DO UPDATE SET next_review = excluded.next_review
WHERE r.next_review IS DISTINCT FROM excluded.next_review
