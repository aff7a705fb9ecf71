-- A payment may be for several requests: finance says how much of it is for which.

CREATE TABLE payment_allocation (
    payment_id TEXT NOT NULL REFERENCES payment,
    request_id TEXT NOT NULL REFERENCES payment_request,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    allocated_on TEXT NOT NULL CHECK (length(allocated_on) = 10),
    imported_in INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (payment_id, request_id)
) STRICT;

CREATE INDEX payment_allocation_by_request ON payment_allocation (request_id);
CREATE INDEX payment_allocation_by_import ON payment_allocation (imported_in);

CREATE TABLE payment_allocation_version (
    payment_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    amount_cents INTEGER NOT NULL,
    allocated_on TEXT NOT NULL,
    imported_in INTEGER NOT NULL,
    replaced_in INTEGER NOT NULL,
    PRIMARY KEY (payment_id, request_id, replaced_in)
) STRICT, WITHOUT ROWID;

CREATE INDEX payment_allocation_version_by_request ON payment_allocation_version (request_id);
