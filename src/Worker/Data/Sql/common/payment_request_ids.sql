-- The ids of all payment requests.
SELECT request_id AS id FROM payment_request ORDER BY request_id
