SELECT pack_id, name FROM policy_pack WHERE hash = @hash
