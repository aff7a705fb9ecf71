INSERT INTO allocation_entry (entry_no, action, payment_id, request_id, amount, allocated_on, needs_confirmation,
                              of_entry, import_id, reason, by_name, by_account, at)
VALUES (@entryNo, @action, @paymentId, @requestId, @cents / 100.0, @date, @needsConfirmation,
        @ofEntry, @importId, @reason, @byName, @byAccount, @at)
