SELECT hash FROM policy_pack WHERE hash >= @fromHash AND hash <= @toHash ORDER BY hash
