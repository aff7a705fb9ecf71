-- How many facts exist on a date.
SELECT (SELECT count(*) FROM agreement) AS agreements,
       (SELECT count(*) FROM voucher WHERE created_on <= @date) AS vouchers,
       (SELECT count(*) FROM payment_request WHERE submitted_on <= @date) AS requests,
       (SELECT count(*) FROM payment WHERE paid_on <= @date) AS payments
