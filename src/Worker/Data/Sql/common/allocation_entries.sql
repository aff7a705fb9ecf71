-- Who allocated payments to requests here, or took that back, the first first.
SELECT entry_no, action, payment_id, request_id, CAST(amount * 100 AS bigint) AS cents, allocated_on, needs_confirmation,
       of_entry, import_id, reason, by_name, by_account, at
FROM allocation_entry
ORDER BY entry_no
