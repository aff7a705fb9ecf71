-- Who allocated payments to requests here, or took that back, and why, for ever. What came into the facts has the number of its import.
CREATE TABLE allocation_entry (
    entry_no bigint NOT NULL PRIMARY KEY CHECK (entry_no > 0),
    action nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL
        CHECK (action IN ('allocated', 'taken back', 'confirmed', 'withdrawn')),
    payment_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES payment,
    request_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES payment_request,
    amount decimal(19, 4) NOT NULL CHECK (amount > 0),
    -- The business date from which on it counts.
    allocated_on date NOT NULL,
    -- Whether it comes into the facts only once somebody else confirmed it.
    needs_confirmation bit NOT NULL,
    -- Of a confirmation and of what withdraws: the entry.
    of_entry bigint NULL REFERENCES allocation_entry (entry_no),
    import_id bigint NULL REFERENCES import_run (import_id),
    reason nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    by_name nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    by_account nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    at datetime2(3) NOT NULL,
    CHECK (
        action IN ('confirmed', 'withdrawn') AND of_entry IS NOT NULL
        OR action NOT IN ('confirmed', 'withdrawn') AND of_entry IS NULL
    )
);

-- An entry is confirmed or withdrawn once.
CREATE UNIQUE INDEX allocation_entry_by_entry ON allocation_entry (of_entry) WHERE of_entry IS NOT NULL;
GO

CREATE TRIGGER allocation_entry_is_not_changed ON allocation_entry AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM inserted)
        THROW 50000, 'allocation entries are only added to', 1;
END
GO

CREATE TRIGGER allocation_entry_is_not_shortened ON allocation_entry AFTER DELETE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM deleted)
        THROW 50000, 'allocation entries are only added to', 1;
END
