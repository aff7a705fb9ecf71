-- The sessions that hold an application lock; without a name those that have changed rows and not committed. The longest
-- idle first. The server shows them to those who have VIEW SERVER STATE.
SELECT s.session_id, concat(s.host_name, ' process ', s.host_process_id, ' (', s.program_name, ')') AS node,
       CASE WHEN s.status = 'sleeping' THEN datediff(second, s.last_request_end_time, getdate()) END AS idle_seconds,
       concat('KILL ', s.session_id) AS ending
FROM sys.dm_exec_sessions s
WHERE s.session_id <> @@SPID
  AND EXISTS (SELECT 1 FROM sys.dm_tran_locks l
              WHERE l.request_session_id = s.session_id AND l.resource_database_id = db_id() AND l.request_status = 'GRANT'
                AND (l.resource_type = 'APPLICATION' AND charindex(@lock, l.resource_description) > 0
                  OR @lock IS NULL AND l.resource_type IN ('KEY', 'RID', 'PAGE') AND l.request_mode = 'X'))
ORDER BY idle_seconds DESC, s.session_id
