-- Which requests a payment is not for, whatever speaks for it, who said so and why, for ever. They are not suggested for it again.
CREATE TABLE suggestion_rejection (
    payment_id TEXT NOT NULL REFERENCES payment,
    request_id TEXT NOT NULL REFERENCES payment_request,
    reason TEXT NOT NULL,
    by_name TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (payment_id, request_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER suggestion_rejection_is_not_changed BEFORE UPDATE ON suggestion_rejection
BEGIN
    SELECT raise(ABORT, 'rejected suggestions are only added to');
END;

CREATE TRIGGER suggestion_rejection_is_not_shortened BEFORE DELETE ON suggestion_rejection
BEGIN
    SELECT raise(ABORT, 'rejected suggestions are only added to');
END;
