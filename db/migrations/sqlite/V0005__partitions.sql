-- A run is worked through in partitions, at once and by several processes: each has its own checkpoint.

-- A run's fixed shares of the subjects: the keys after after_key up to up_to_key, frozen when the run begins. fence is
-- raised by whoever takes the partition and whoever ends the run: a commit with an older number is refused.
-- lease_until is by the database's clock. The partition of phase Closing exists once and is taken last.
CREATE TABLE run_partition (
    run_id INTEGER NOT NULL REFERENCES run,
    partition_no INTEGER NOT NULL CHECK (partition_no > 0),
    phase TEXT NOT NULL CHECK (phase IN ('Customers', 'InvoicePayments', 'Closing')),
    after_key TEXT NOT NULL,
    up_to_key TEXT NOT NULL,
    -- All up to and with this key is committed.
    last_key TEXT NOT NULL,
    -- Counters and control totals so far, as JSON.
    counters TEXT NOT NULL,
    totals TEXT NOT NULL,
    fence INTEGER NOT NULL CHECK (fence >= 0),
    owner TEXT,
    lease_until TEXT,
    finished_at TEXT,
    PRIMARY KEY (run_id, partition_no)
) STRICT, WITHOUT ROWID;

-- The runs so far each had one share of everything: '' sorts before every key, and '~' after. What a run counted goes
-- with its customers. When a share was finished was not kept; the run's own end, or else its start, stands for it.
INSERT INTO run_partition
    (run_id, partition_no, phase, after_key, up_to_key, last_key, counters, totals, fence, finished_at)
SELECT run_id, 1, 'Customers', '', '~',
       CASE WHEN phase = 'Customers' THEN last_key ELSE '~' END, counters, totals, 0,
       CASE WHEN phase <> 'Customers' OR status IN ('Completed', 'CompletedWithErrors')
           THEN coalesce(finished_at, started_at) END
FROM run;

INSERT INTO run_partition
    (run_id, partition_no, phase, after_key, up_to_key, last_key, counters, totals, fence, finished_at)
SELECT run_id, 2, 'InvoicePayments', '', '~',
       CASE phase WHEN 'Customers' THEN '' WHEN 'InvoicePayments' THEN last_key ELSE '~' END, '{}', '{}', 0,
       CASE WHEN phase = 'Closing' OR status IN ('Completed', 'CompletedWithErrors')
           THEN coalesce(finished_at, started_at) END
FROM run;

INSERT INTO run_partition
    (run_id, partition_no, phase, after_key, up_to_key, last_key, counters, totals, fence, finished_at)
SELECT run_id, 3, 'Closing', '', '', '', '{}', '{}', 0,
       CASE WHEN status IN ('Completed', 'CompletedWithErrors') THEN coalesce(finished_at, started_at) END
FROM run;

ALTER TABLE run DROP COLUMN phase;
ALTER TABLE run DROP COLUMN last_key;
ALTER TABLE run DROP COLUMN counters;
ALTER TABLE run DROP COLUMN totals;

-- Leases are those of partitions now. The table is made anew, so that its text does not go on about them.
CREATE TABLE new_run_attempt (
    run_id INTEGER NOT NULL REFERENCES run,
    attempt INTEGER NOT NULL,
    owner TEXT NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    ended TEXT CHECK (
        ended IN ('Completed', 'CompletedWithErrors', 'Failed', 'Interrupted', 'TakenOver', 'Abandoned')
    ),
    error TEXT,
    PRIMARY KEY (run_id, attempt)
) STRICT, WITHOUT ROWID;

INSERT INTO new_run_attempt (run_id, attempt, owner, started_at, finished_at, ended, error)
SELECT run_id, attempt, owner, started_at, finished_at, ended, error FROM run_attempt;

DROP TABLE run_attempt;
ALTER TABLE new_run_attempt RENAME TO run_attempt;
