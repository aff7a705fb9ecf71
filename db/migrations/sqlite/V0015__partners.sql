-- Partners are decided on beside customers: a rule set, a kind of subject and a phase of runs more.

INSERT INTO rule_set (rule_set, name) VALUES (7, 'qualification');
INSERT INTO subject_type (subject_type, name) VALUES (5, 'partner_engagement');

-- A customer, or in phase Partners a partner, whose facts could not be decided; the rest of the run went on without it.
CREATE TABLE new_quarantine (
    run_id INTEGER NOT NULL REFERENCES run,
    phase TEXT NOT NULL CHECK (phase IN ('Customers', 'Partners')),
    customer_id TEXT NOT NULL,
    error TEXT NOT NULL,
    fact TEXT,
    rule_code TEXT,
    parameter TEXT,
    set_aside TEXT,
    retried_at TEXT,
    PRIMARY KEY (run_id, phase, customer_id)
) STRICT, WITHOUT ROWID;

INSERT INTO new_quarantine
    (run_id, phase, customer_id, error, fact, rule_code, parameter, set_aside, retried_at)
SELECT run_id, 'Customers', customer_id, error, fact, rule_code, parameter, set_aside, retried_at FROM quarantine;

DROP TABLE quarantine;
ALTER TABLE new_quarantine RENAME TO quarantine;
CREATE INDEX quarantine_customer ON quarantine (customer_id);

-- Only what may be stored changes, not what is: that spares copying some millions of rows. In decisions, customer_id is
-- the partner where the subject is a partner with an engagement. (The way of sqlite.org/lang_altertable.html, section 7.)
PRAGMA writable_schema = ON;
UPDATE sqlite_schema
SET sql = replace(replace(sql, 'rule_set BETWEEN 1 AND 6', 'rule_set BETWEEN 1 AND 7'),
                  'subject_type BETWEEN 1 AND 4', 'subject_type BETWEEN 1 AND 5')
WHERE type = 'table' AND name IN ('decision', 'decision_history');
UPDATE sqlite_schema
SET sql = replace(sql, '''InvoicePayments'', ''Closing''', '''InvoicePayments'', ''Partners'', ''Closing''')
WHERE type = 'table' AND name = 'run_partition';
PRAGMA writable_schema = RESET;
