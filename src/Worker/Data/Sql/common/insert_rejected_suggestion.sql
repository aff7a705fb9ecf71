INSERT INTO suggestion_rejection (payment_id, request_id, reason, by_name, by_account, at)
VALUES (@paymentId, @requestId, @reason, @byName, @byAccount, @at)
