DROP TABLE #staged_change, #staged_booking, #staged_status, #staged_quarantine, #staged_review
