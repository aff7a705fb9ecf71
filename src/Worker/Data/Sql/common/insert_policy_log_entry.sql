INSERT INTO policy_log (entry_no, action, pack_hash, text_hash, from_date, activation, needs_approval, by_name, by_account, at,
                        previous_hash, entry_hash)
VALUES (@entryNo, @action, @packHash, @textHash, @fromDate, @activation, @needsApproval, @byName, @byAccount, @at,
        @previousHash, @entryHash)
