-- A run is worked through in partitions, at once and by several processes: each has its own checkpoint.

-- A run's fixed shares of the subjects: the keys after after_key up to up_to_key, frozen when the run begins. fence is
-- raised by whoever takes the partition and whoever ends the run: a commit with an older number is refused.
-- lease_until is by the database's clock. The partition of phase Closing exists once and is taken last.
CREATE TABLE run_partition (
    run_id bigint NOT NULL REFERENCES run,
    partition_no bigint NOT NULL CHECK (partition_no > 0),
    phase nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL
        CONSTRAINT run_partition_phase_is_known CHECK (phase IN ('Customers', 'InvoicePayments', 'Closing')),
    after_key varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    up_to_key varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    -- All up to and with this key is committed.
    last_key varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    -- Counters and control totals so far, as JSON.
    counters nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    totals nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    fence bigint NOT NULL CHECK (fence >= 0),
    owner nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    lease_until datetime2(3) NULL,
    finished_at datetime2(3) NULL,
    PRIMARY KEY (run_id, partition_no)
);
