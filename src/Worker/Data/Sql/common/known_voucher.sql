-- One voucher, as it was known.
SELECT agreement_id, engagement, days, country, redeemed_on
FROM voucher
WHERE voucher_id = @id
