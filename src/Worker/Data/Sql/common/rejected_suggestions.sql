-- Which requests a payment is not for, and who said so.
SELECT payment_id, request_id, reason, by_name, by_account, at
FROM suggestion_rejection
ORDER BY payment_id, request_id
