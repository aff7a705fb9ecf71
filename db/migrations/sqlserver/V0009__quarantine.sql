-- Who is to blame for a customer in quarantine, what stands for it in the totals, and whether it was decided again.

-- The fact, such as 'voucher V-00042', the finding code of the rule and the parameter to blame, as far as they are known.
ALTER TABLE quarantine ADD
    fact nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    rule_code nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    parameter nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    -- What the run counted as set aside for the customer, as JSON; absent for runs before there was such a count.
    set_aside nvarchar(max) COLLATE Latin1_General_BIN2 NULL,
    -- When it was decided again for the run's date; from then on it is not in the run's quarantine.
    retried_at datetime2(3) NULL;

CREATE INDEX quarantine_customer ON quarantine (customer_id);
