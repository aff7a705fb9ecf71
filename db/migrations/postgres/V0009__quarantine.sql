-- Who is to blame for a customer in quarantine, what stands for it in the totals, and whether it was decided again.

-- The fact, such as 'voucher V-00042', the finding code of the rule and the parameter to blame, as far as they are known.
ALTER TABLE quarantine ADD COLUMN fact ordinal_text;
ALTER TABLE quarantine ADD COLUMN rule_code ordinal_text;
ALTER TABLE quarantine ADD COLUMN parameter ordinal_text;
-- What the run counted as set aside for the customer, as JSON; absent for runs before there was such a count.
ALTER TABLE quarantine ADD COLUMN set_aside ordinal_text;
-- When it was decided again for the run's date; from then on it is not in the run's quarantine.
ALTER TABLE quarantine ADD COLUMN retried_at timestamptz;

CREATE INDEX quarantine_customer ON quarantine (customer_id);
