-- What the ledger says of each voucher ever booked on an agreement of a range of customers.
SELECT a.customer_id, l.agreement_id, l.voucher_id, sum(l.days) AS days
FROM agreement a
JOIN days_ledger l ON l.agreement_id = a.agreement_id
WHERE a.customer_id >= @from AND a.customer_id <= @to
GROUP BY a.customer_id, l.agreement_id, l.voucher_id
ORDER BY a.customer_id
