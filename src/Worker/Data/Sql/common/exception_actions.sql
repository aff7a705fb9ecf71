SELECT action_no, subject_type, subject_id, since_run, run_id, action, owner, comment, by_name, by_account, at
FROM exception_action
WHERE action_no <= @lastAction
ORDER BY action_no
