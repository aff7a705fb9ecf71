-- An ordinary night decides the customers that are due; the others keep the decisions they have.

-- Why a run decides everyone, and the rules it decided by; a run that decides only who is due has no such reason.
ALTER TABLE run ADD COLUMN is_ordinary INTEGER NOT NULL DEFAULT 0 CHECK (is_ordinary IN (0, 1));
ALTER TABLE run ADD COLUMN full_because TEXT;
ALTER TABLE run ADD COLUMN rules_hash TEXT;
-- Count and sum over the reviews as a run left them: reviews changed by hand are not believed.
ALTER TABLE run ADD COLUMN review_mark TEXT;

-- From when on the decisions of a customer may be others although no fact changes; absent for never.
CREATE TABLE customer_review (
    customer_id TEXT NOT NULL PRIMARY KEY,
    next_review TEXT CHECK (length(next_review) = 10)
) STRICT, WITHOUT ROWID;

CREATE INDEX customer_review_by_date ON customer_review (next_review);

-- Whom the latest ordinary night decides and why, fixed when it began: 1 quarantined, 2 by date, 3 by their facts,
-- 4 by partner facts, 5 never decided, 6 audit. With 0, what is decided every night: under '' payments that belong to no
-- customer, in phase Partners the partners.
CREATE TABLE run_due (
    run_id INTEGER NOT NULL REFERENCES run,
    phase TEXT NOT NULL CHECK (phase IN ('Customers', 'Partners')),
    customer_id TEXT NOT NULL,
    reason INTEGER NOT NULL CHECK (reason BETWEEN 0 AND 6),
    PRIMARY KEY (run_id, phase, customer_id)
) STRICT, WITHOUT ROWID;
