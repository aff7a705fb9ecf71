SELECT hash FROM policy_pack WHERE hash >= @from AND hash <= @to ORDER BY hash
