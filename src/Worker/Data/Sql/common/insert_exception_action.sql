INSERT INTO exception_action (action_no, subject_type, subject_id, since_run, run_id, action, owner, comment, by_name, by_account, at)
VALUES (@actionNo, @subjectType, @subjectId, @sinceRun, @runId, @action, @owner, @comment, @by, @account, @at)
