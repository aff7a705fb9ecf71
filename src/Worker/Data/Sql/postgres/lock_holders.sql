-- The sessions that hold an advisory lock of the program, the longest idle first.
SELECT a.pid AS session_id,
       concat(coalesce(host(a.client_addr), 'this machine'), ' (', a.application_name, ')') AS node,
       CASE WHEN a.state <> 'active' THEN extract(epoch FROM clock_timestamp() - a.state_change)::bigint END AS idle_seconds,
       concat('SELECT pg_terminate_backend(', a.pid, ')') AS ending
FROM pg_locks l
JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND l.objid = CASE @lock WHEN 'planning.run' THEN 7503241 ELSE 7503242 END
ORDER BY idle_seconds DESC NULLS LAST, a.pid
