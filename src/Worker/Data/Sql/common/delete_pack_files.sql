DELETE FROM policy_pack_file WHERE pack_id = @packId
