-- Which requests a payment is not for, whatever speaks for it, who said so and why, for ever. They are not suggested for it again.
CREATE TABLE suggestion_rejection (
    payment_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES payment,
    request_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL REFERENCES payment_request,
    reason nvarchar(max) COLLATE Latin1_General_BIN2 NOT NULL,
    by_name nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    by_account nvarchar(400) COLLATE Latin1_General_BIN2 NOT NULL,
    at datetime2(3) NOT NULL,
    PRIMARY KEY (payment_id, request_id)
);
GO

CREATE TRIGGER suggestion_rejection_is_not_changed ON suggestion_rejection AFTER UPDATE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM inserted)
        THROW 50000, 'rejected suggestions are only added to', 1;
END
GO

CREATE TRIGGER suggestion_rejection_is_not_shortened ON suggestion_rejection AFTER DELETE AS
BEGIN
    SET NOCOUNT ON;
    IF EXISTS (SELECT 1 FROM deleted)
        THROW 50000, 'rejected suggestions are only added to', 1;
END
