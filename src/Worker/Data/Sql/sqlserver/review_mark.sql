-- What a change of the reviews by hand would change.
SELECT concat(count_big(*), '/', count_big(next_review), '/',
              coalesce(sum(CAST(datediff(day, '2000-01-01', next_review) AS bigint)), 0)) AS mark
FROM review
