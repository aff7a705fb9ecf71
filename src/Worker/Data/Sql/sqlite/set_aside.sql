INSERT INTO quarantine (run_id, customer_id, error) VALUES (?1, ?2, ?3)
