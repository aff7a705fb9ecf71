-- Who allocated payments to requests here, or took that back, and why, for ever. What came into the facts has the number of its import.
CREATE TABLE allocation_entry (
    entry_no bigint PRIMARY KEY CHECK (entry_no > 0),
    action ordinal_text NOT NULL CHECK (action IN ('allocated', 'taken back', 'confirmed', 'withdrawn')),
    payment_id identifier NOT NULL REFERENCES payment,
    request_id identifier NOT NULL REFERENCES payment_request,
    amount decimal(19, 4) NOT NULL CHECK (amount > 0),
    -- The business date from which on it counts.
    allocated_on date NOT NULL,
    -- Whether it comes into the facts only once somebody else confirmed it.
    needs_confirmation boolean NOT NULL,
    -- Of a confirmation and of what withdraws: the entry.
    of_entry bigint REFERENCES allocation_entry (entry_no),
    import_id bigint REFERENCES import_run (import_id),
    reason ordinal_text NOT NULL,
    by_name ordinal_text NOT NULL,
    by_account ordinal_text NOT NULL,
    at timestamptz NOT NULL,
    CHECK ((action IN ('confirmed', 'withdrawn')) = (of_entry IS NOT NULL))
);

-- An entry is confirmed or withdrawn once.
CREATE UNIQUE INDEX allocation_entry_by_entry ON allocation_entry (of_entry) WHERE of_entry IS NOT NULL;

CREATE FUNCTION allocation_entry_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'allocation entries are only added to';
END
$$;

CREATE TRIGGER allocation_entry_is_not_changed BEFORE UPDATE ON allocation_entry
FOR EACH ROW EXECUTE FUNCTION allocation_entry_is_only_added_to();

CREATE TRIGGER allocation_entry_is_not_shortened BEFORE DELETE ON allocation_entry
FOR EACH ROW EXECUTE FUNCTION allocation_entry_is_only_added_to();
