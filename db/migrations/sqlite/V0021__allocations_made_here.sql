-- Who allocated payments to requests here, or took that back, and why, for ever. What came into the facts has the number of its import.
CREATE TABLE allocation_entry (
    entry_no INTEGER PRIMARY KEY CHECK (entry_no > 0),
    action TEXT NOT NULL CHECK (action IN ('allocated', 'taken back', 'confirmed', 'withdrawn')),
    payment_id TEXT NOT NULL REFERENCES payment,
    request_id TEXT NOT NULL REFERENCES payment_request,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    -- The business date from which on it counts.
    allocated_on TEXT NOT NULL CHECK (length(allocated_on) = 10),
    -- Whether it comes into the facts only once somebody else confirmed it.
    needs_confirmation INTEGER NOT NULL CHECK (needs_confirmation IN (0, 1)),
    -- Of a confirmation and of what withdraws: the entry.
    of_entry INTEGER REFERENCES allocation_entry (entry_no),
    import_id INTEGER REFERENCES import_run (import_id),
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at TEXT NOT NULL,
    CHECK ((action IN ('confirmed', 'withdrawn')) = (of_entry IS NOT NULL))
) STRICT;

-- An entry is confirmed or withdrawn once.
CREATE UNIQUE INDEX allocation_entry_by_entry ON allocation_entry (of_entry) WHERE of_entry IS NOT NULL;

CREATE TRIGGER allocation_entry_is_not_changed BEFORE UPDATE ON allocation_entry
BEGIN
    SELECT raise(ABORT, 'allocation entries are only added to');
END;

CREATE TRIGGER allocation_entry_is_not_shortened BEFORE DELETE ON allocation_entry
BEGIN
    SELECT raise(ABORT, 'allocation entries are only added to');
END;
