INSERT INTO customer_review (customer_id, next_review)
VALUES (?1, ?2)
ON CONFLICT (customer_id) DO UPDATE SET next_review = excluded.next_review
WHERE next_review IS NOT excluded.next_review
