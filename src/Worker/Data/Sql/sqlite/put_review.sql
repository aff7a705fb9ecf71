INSERT INTO review (phase, customer_id, next_review)
VALUES (?1, ?2, ?3)
ON CONFLICT (phase, customer_id) DO UPDATE SET next_review = excluded.next_review
WHERE next_review IS NOT excluded.next_review
