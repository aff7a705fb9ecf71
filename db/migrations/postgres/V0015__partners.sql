-- Partners are decided on beside customers: a rule set, a kind of subject and a phase of runs more.

INSERT INTO rule_set (rule_set, name) VALUES (7, 'qualification');
INSERT INTO subject_type (subject_type, name) VALUES (5, 'partner_engagement');

-- In decisions, customer_id is the partner where the subject is a partner with an engagement.
ALTER TABLE decision DROP CONSTRAINT decision_rule_set_check;
ALTER TABLE decision ADD CONSTRAINT decision_rule_set_check CHECK (rule_set BETWEEN 1 AND 7);
ALTER TABLE decision DROP CONSTRAINT decision_subject_type_check;
ALTER TABLE decision ADD CONSTRAINT decision_subject_type_check CHECK (subject_type BETWEEN 1 AND 5);
ALTER TABLE decision_history DROP CONSTRAINT decision_history_rule_set_check;
ALTER TABLE decision_history ADD CONSTRAINT decision_history_rule_set_check CHECK (rule_set BETWEEN 1 AND 7);
ALTER TABLE decision_history DROP CONSTRAINT decision_history_subject_type_check;
ALTER TABLE decision_history ADD CONSTRAINT decision_history_subject_type_check CHECK (subject_type BETWEEN 1 AND 5);

ALTER TABLE run_partition DROP CONSTRAINT run_partition_phase_check;
ALTER TABLE run_partition ADD CONSTRAINT run_partition_phase_check
    CHECK (phase IN ('Customers', 'InvoicePayments', 'Partners', 'Closing'));

-- A customer, or in phase Partners a partner, whose facts could not be decided; the rest of the run went on without it.
ALTER TABLE quarantine ADD COLUMN phase ordinal_text NOT NULL DEFAULT 'Customers';
ALTER TABLE quarantine ADD CONSTRAINT quarantine_phase_check CHECK (phase IN ('Customers', 'Partners'));
ALTER TABLE quarantine DROP CONSTRAINT quarantine_pkey;
ALTER TABLE quarantine ADD CONSTRAINT quarantine_pkey PRIMARY KEY (run_id, phase, customer_id);
