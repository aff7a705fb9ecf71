-- A payment may be for several requests: finance says how much of it is for which.

CREATE TABLE payment_allocation (
    payment_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES payment,
    request_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES payment_request,
    amount decimal(19, 4) NOT NULL CHECK (amount > 0),
    allocated_on date NOT NULL,
    imported_in bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (payment_id, request_id)
);

CREATE INDEX payment_allocation_by_request ON payment_allocation (request_id);
CREATE INDEX payment_allocation_by_import ON payment_allocation (imported_in);

CREATE TABLE payment_allocation_version (
    payment_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    request_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    amount decimal(19, 4) NOT NULL,
    allocated_on date NOT NULL,
    imported_in bigint NOT NULL,
    replaced_in bigint NOT NULL,
    PRIMARY KEY (payment_id, request_id, replaced_in)
);

CREATE INDEX payment_allocation_version_by_request ON payment_allocation_version (request_id);
