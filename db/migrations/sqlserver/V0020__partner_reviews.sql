-- Partners, too, are decided on an ordinary night only when they are due: reviews are kept for both.

-- From when on the decisions of a customer, or in phase Partners of a partner, may be others although no fact changes; absent for never.
CREATE TABLE review (
    phase nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL CHECK (phase IN ('Customers', 'Partners')),
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    next_review date NULL,
    PRIMARY KEY (phase, customer_id)
);

INSERT INTO review (phase, customer_id, next_review) SELECT 'Customers', customer_id, next_review FROM customer_review;
DROP TABLE customer_review;
CREATE INDEX review_by_date ON review (phase, next_review);

-- The partners of a night that is under way have no review yet. With reason 0 stay payments that belong to no customer, under ''.
UPDATE run_due SET reason = 5 WHERE phase = 'Partners';
