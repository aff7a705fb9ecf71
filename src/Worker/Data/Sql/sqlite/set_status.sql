UPDATE voucher SET status = ?1 WHERE voucher_id = ?2
