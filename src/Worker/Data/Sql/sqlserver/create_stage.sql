-- What a chunk changes, on its way into the tables; emptied after each chunk.
CREATE TABLE #staged_change (
    change_kind smallint NOT NULL,
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    rule_set smallint NOT NULL,
    subject_type smallint NOT NULL,
    subject_id varchar(81) COLLATE Latin1_General_BIN2 NOT NULL,
    outcome nvarchar(200) COLLATE Latin1_General_BIN2 NOT NULL,
    codes nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    details nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    findings nvarchar(max) COLLATE Latin1_General_BIN2 NULL
);

CREATE TABLE #staged_booking (
    agreement_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    voucher_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    days int NOT NULL
);

CREATE TABLE #staged_status (
    voucher_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    status nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL
);

CREATE TABLE #staged_quarantine (
    phase nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL,
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    error nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    fact nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    rule_code nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    parameter nvarchar(200) COLLATE Latin1_General_BIN2 NULL,
    set_aside nvarchar(max) COLLATE Latin1_General_BIN2 NULL
);

CREATE TABLE #staged_review (
    phase nvarchar(20) COLLATE Latin1_General_BIN2 NOT NULL,
    customer_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL,
    next_review date NULL
)
