-- What a change of the reviews by hand would change.
SELECT count(*) || '/' || count(next_review) || '/' || coalesce(sum(next_review - DATE '2000-01-01'), 0) AS mark
FROM review
