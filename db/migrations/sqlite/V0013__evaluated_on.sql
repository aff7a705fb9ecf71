-- evaluated_on is kept only where it is settled, by a valid redemption; elsewhere it moved every night.

UPDATE decision SET details = ''
WHERE rule_set = 4 AND details <> ''
  AND NOT EXISTS (SELECT 1 FROM voucher v WHERE v.voucher_id = decision.subject_id AND v.status = 'Redeemed');

UPDATE decision_before SET details = ''
WHERE rule_set = 4 AND details <> ''
  AND NOT EXISTS (SELECT 1 FROM voucher v WHERE v.voucher_id = decision_before.subject_id AND v.status = 'Redeemed');
