INSERT INTO sign_off (sign_off_no, business_date, run_id, pack_hash, knowledge_point, last_action, content_hash, by_name, by_account, at)
VALUES (@signOffNo, @businessDate, @runId, @packHash, @knowledgePoint, @lastAction, @contentHash, @by, @account, @at)
