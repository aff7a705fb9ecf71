-- Which requests a payment is not for, whatever speaks for it, who said so and why, for ever. They are not suggested for it again.
CREATE TABLE suggestion_rejection (
    payment_id identifier NOT NULL REFERENCES payment,
    request_id identifier NOT NULL REFERENCES payment_request,
    reason ordinal_text NOT NULL,
    by_name ordinal_text NOT NULL,
    by_account ordinal_text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (payment_id, request_id)
);

CREATE FUNCTION suggestion_rejection_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rejected suggestions are only added to';
END
$$;

CREATE TRIGGER suggestion_rejection_is_not_changed BEFORE UPDATE ON suggestion_rejection
FOR EACH ROW EXECUTE FUNCTION suggestion_rejection_is_only_added_to();

CREATE TRIGGER suggestion_rejection_is_not_shortened BEFORE DELETE ON suggestion_rejection
FOR EACH ROW EXECUTE FUNCTION suggestion_rejection_is_only_added_to();
