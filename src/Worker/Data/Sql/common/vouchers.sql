-- The vouchers of a range of customers, with the status that the last run gave them.
SELECT a.customer_id, v.voucher_id, v.agreement_id, v.engagement, v.days, v.division, v.product, v.country,
       v.created_on, v.assigned_on, v.reserved_on, v.reserved_location_id, v.consultant_id,
       v.engagement_started_on, v.engagement_completed_on, v.completion_report_on, v.deliverable_on,
       v.redeemed_on, v.cancelled_on, v.status
FROM agreement a
JOIN voucher v ON v.agreement_id = a.agreement_id
WHERE a.customer_id >= @from AND a.customer_id <= @to
ORDER BY a.customer_id
