SELECT count(*) AS payments FROM payment WHERE request_id IS NULL
