INSERT INTO sign_off_step (sign_off_no, step, reason, by_name, by_account, at)
VALUES (@signOffNo, @step, @reason, @by, @account, @at)
