-- The payments that name one request, or its invoice and no request, as they were known, by id.
SELECT payment_id FROM payment WHERE request_id = @id
UNION ALL
SELECT payment_id FROM payment WHERE request_id IS NULL AND invoice_number = @invoiceNumber
ORDER BY payment_id
