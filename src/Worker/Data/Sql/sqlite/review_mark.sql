-- What a change of the reviews by hand would change.
SELECT count(*) || '/' || count(next_review) || '/' || coalesce(sum(CAST(julianday(next_review) AS INTEGER)), 0) AS mark
FROM review
