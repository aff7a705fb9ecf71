using System.Globalization;
using System.Text;
using Npgsql;

namespace PlanningServices.Faults;

/// <summary>The database of the nodes, as one sees it who only looks, and cuts lines.</summary>
internal sealed class Cluster(string url)
{
    /// <summary>
    /// Has the database itself note who takes a partition, by the users of the nodes, and whether anybody else ever
    /// writes its checkpoint: who commits late may do no harm that shows in the decisions, and must not all the same.
    /// </summary>
    public async Task WitnessAsync()
    {
        const string sql = """
            CREATE TABLE witness_holder (run_id bigint, partition_no bigint, node text, PRIMARY KEY (run_id, partition_no));
            CREATE TABLE witness_intruder (run_id bigint, partition_no bigint, node text, holder text);
            CREATE FUNCTION witness() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                holder text;
            BEGIN
                IF NEW.fence <> OLD.fence THEN
                    INSERT INTO witness_holder
                    VALUES (NEW.run_id, NEW.partition_no, CASE WHEN NEW.owner IS NULL THEN '' ELSE current_user END)
                    ON CONFLICT (run_id, partition_no) DO UPDATE SET node = excluded.node;
                ELSIF NEW.last_key <> OLD.last_key OR NEW.counters <> OLD.counters THEN
                    SELECT node INTO holder FROM witness_holder
                    WHERE run_id = NEW.run_id AND partition_no = NEW.partition_no;
                    IF holder IS DISTINCT FROM current_user THEN
                        INSERT INTO witness_intruder VALUES (NEW.run_id, NEW.partition_no, current_user, holder);
                    END IF;
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER witness BEFORE UPDATE ON run_partition FOR EACH ROW EXECUTE FUNCTION witness();
            """;
        await using var connection = new NpgsqlConnection(url);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Whether partitions are at work.</summary>
    public Task<bool> IsAtWorkAsync() =>
        ScalarAsync<bool>(
            """
            SELECT EXISTS (SELECT 1 FROM run_partition p JOIN run r ON r.run_id = p.run_id
                           WHERE r.status = 'InProgress' AND p.finished_at IS NULL AND p.owner IS NOT NULL)
            """
        );

    /// <summary>How far everything is: while this stays the same, nothing moves.</summary>
    public Task<string> ProgressAsync() =>
        ScalarAsync<string>(
            """
            SELECT concat(
              (SELECT string_agg(concat(run_id, status), ' ' ORDER BY run_id) FROM run), ' ',
              (SELECT string_agg(concat(partition_no, last_key, finished_at), ' ' ORDER BY partition_no)
               FROM run_partition WHERE run_id = (SELECT max(run_id) FROM run)))
            """
        );

    /// <summary>How many of some nights are done.</summary>
    public Task<long> DoneAsync(IEnumerable<DateOnly> nights) =>
        ScalarAsync<long>(
            "SELECT count(*) FROM run WHERE job = 'nightly' AND status = 'Completed' AND business_date = ANY(@nights)",
            ("nights", nights.ToArray())
        );

    /// <summary>What is wrong with the rows of runs, partitions and the scheduler when all nodes have stopped.</summary>
    public Task<string> LeftoversAsync() =>
        ScalarAsync<string>(
            """
            SELECT coalesce(string_agg(what, '; '), '') FROM (
              SELECT concat('run ', run_id, ' for ', business_date, ' is ', status) AS what FROM run WHERE status <> 'Completed'
              UNION ALL
              SELECT concat(count(*), ' runs for ', business_date) FROM run GROUP BY business_date HAVING count(*) > 1
              UNION ALL
              SELECT concat('partition ', partition_no, ' of run ', run_id, ' is not finished') FROM run_partition
              WHERE finished_at IS NULL
              UNION ALL
              SELECT concat('attempt ', attempt, ' of run ', run_id, ' has not ended') FROM run_attempt WHERE ended IS NULL
              UNION ALL
              SELECT concat('attempt ', attempt, ' of run ', run_id, ' failed: ', error) FROM run_attempt WHERE ended = 'Failed'
              UNION ALL
              SELECT concat(node, ' committed to partition ', partition_no, ' of run ', run_id, ', which ', holder, ' held')
              FROM witness_intruder
              UNION ALL
              SELECT concat('trigger ', trigger_group, '/', trigger_name, ' is ', trigger_state) FROM qrtz_triggers
              WHERE trigger_state <> 'WAITING'
              UNION ALL
              SELECT concat('fired trigger ', trigger_group, '/', trigger_name, ' of ', instance_name, ' is ', state)
              FROM qrtz_fired_triggers) l
            """
        );

    /// <summary>How many fires Quartz believes to be under way.</summary>
    public Task<long> FiredAsync() => ScalarAsync<long>("SELECT count(*) FROM qrtz_fired_triggers");

    /// <summary>Attempts at runs so far.</summary>
    public Task<long> AttemptsAsync() => ScalarAsync<long>("SELECT count(*) FROM run_attempt");

    /// <summary>The partitions that a process took and has not finished.</summary>
    public async Task<IReadOnlyList<Held>> HeldAsync(int processId) => [.. (
                await ScalarAsync<string>(
                    """
                    SELECT coalesce(string_agg(concat(run_id, ' ', partition_no, ' ', last_key), chr(10)), '')
                    FROM run_partition WHERE finished_at IS NULL AND owner LIKE '% process ' || @processId
                    """,
                    ("processId", processId.ToString(CultureInfo.InvariantCulture))
                )
            ).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(words => new Held(Number(words[0]), Number(words[1]), words[2], processId))];

    /// <summary>Whether another took a partition over and has gone on with it, and is not done.</summary>
    public Task<bool> IsTakenOverAsync(Held held) =>
        ScalarAsync<bool>(
            """
            SELECT EXISTS (SELECT 1 FROM run_partition
                           WHERE run_id = @runId AND partition_no = @partitionNo AND finished_at IS NULL
                             AND last_key <> @lastKey AND owner NOT LIKE '% process ' || @processId)
            """,
            ("runId", held.RunId),
            ("partitionNo", held.PartitionNo),
            ("lastKey", held.LastKey),
            ("processId", held.ProcessId.ToString(CultureInfo.InvariantCulture))
        );

    /// <summary>
    /// Wakes a node that lost a partition so that its next commit reaches the server before it hears of the loss: the
    /// partition is locked until the commit waits there. Whether one did.
    /// </summary>
    public async Task<bool> WakeIntoFenceAsync(Held lost, string user, Func<Task> wake)
    {
        const string lockIt =
            "SELECT count(*) FROM (SELECT 1 FROM run_partition WHERE run_id = @runId AND partition_no = @partitionNo FOR UPDATE) p";
        const string waits = """
            SELECT EXISTS (SELECT 1 FROM pg_stat_activity
                           WHERE usename = @user AND wait_event_type = 'Lock' AND query LIKE '%UPDATE run_partition%SET last_key%')
            """;
        var isAwake = false;
        try
        {
            await using var connection = new NpgsqlConnection(url);
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand(lockIt, connection, transaction);
            command.Parameters.AddWithValue("runId", lost.RunId);
            command.Parameters.AddWithValue("partitionNo", lost.PartitionNo);
            await command.ExecuteScalarAsync();
            isAwake = true;
            await wake();
            for (var i = 0; i < 60; i++)
            {
                if (await ScalarAsync<bool>(waits, ("user", user)))
                {
                    return true;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
        catch (NpgsqlException)
        {
            // The server crashed meanwhile.
        }

        if (!isAwake)
        {
            await wake();
        }

        return false;
    }

    /// <summary>Cuts the sessions of a node, or of all of them; returns how many.</summary>
    public Task<long> CutAsync(string? user) =>
        ScalarAsync<long>(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND usename LIKE 'node%' AND (@user = '' OR usename = @user)
            """,
            ("user", user ?? "")
        );

    /// <summary>The node and the session of a commit that is under way just now, or null.</summary>
    public async Task<(string User, int Session)?> FindCommitAsync(TimeSpan patience)
    {
        // Between the batch of a chunk and the answer to its COMMIT.
        const string sql = """
            SELECT concat(usename, ' ', pid) FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'planning' AND usename LIKE 'node%'
              AND (state = 'idle in transaction' OR state = 'active' AND query = 'COMMIT') LIMIT 1
            """;
        await using var connection = new NpgsqlConnection(url);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        var until = TimeProvider.System.GetUtcNow() + patience;
        while (TimeProvider.System.GetUtcNow() < until)
        {
            if (
                await command.ExecuteScalarAsync() is string found
                && found.Split(' ') is [var user, var session]
            )
            {
                return (user, int.Parse(session, CultureInfo.InvariantCulture));
            }
        }

        return null;
    }

    /// <summary>Cuts a session.</summary>
    public Task<bool> CutAsync(int session) =>
        ScalarAsync<bool>("SELECT pg_terminate_backend(@session)", ("session", session));

    /// <summary>Everything that tells why nothing moves.</summary>
    public async Task<string> DescribeAsync()
    {
        var text = new StringBuilder();
        foreach (
            var sql in (string[])
                [
                    "SELECT run_id, business_date, status, error FROM run ORDER BY run_id DESC LIMIT 5",
                    "SELECT a.* FROM run_attempt a ORDER BY run_id DESC, attempt DESC LIMIT 10",
                    "SELECT run_id, partition_no, phase, after_key, last_key, up_to_key, fence, owner, lease_until, now() FROM run_partition WHERE finished_at IS NULL ORDER BY 1, 2",
                    "SELECT trigger_group, trigger_name, trigger_state, next_fire_time, misfire_instr FROM qrtz_triggers",
                    "SELECT * FROM qrtz_fired_triggers",
                    "SELECT * FROM qrtz_scheduler_state",
                    "SELECT pid, usename, application_name, state, wait_event_type, wait_event, now() - xact_start AS open, pg_blocking_pids(pid) AS blocked_by, left(query, 80) FROM pg_stat_activity WHERE usename LIKE 'node%'",
                ]
        )
        {
            text.Append("\n> ").AppendLine(sql);
            try
            {
                await using var connection = new NpgsqlConnection(url);
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand(sql, connection);
                await using var reader = await command.ExecuteReaderAsync();
                while (await reader.ReadAsync())
                {
                    var values = new object[reader.FieldCount];
                    reader.GetValues(values);
                    text.AppendLine(
                        string.Join(
                            " | ",
                            values.Select(v =>
                                v is Array list ? string.Join(',', list.Cast<object>()) : $"{v}"
                            )
                        )
                    );
                }
            }
            catch (NpgsqlException e)
            {
                text.AppendLine(e.Message);
            }
        }

        return text.ToString();
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    // The campaign crashes the server while it asks: then it asks again.
    private async Task<T> ScalarAsync<T>(string sql, params (string Name, object Value)[] parameters)
    {
        const int tries = 60;
        for (var i = 1; ; i++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(url);
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand(sql, connection);
                foreach (var (name, value) in parameters)
                {
                    command.Parameters.AddWithValue(name, value);
                }

                return (T)(await command.ExecuteScalarAsync())!;
            }
            catch (NpgsqlException e)
                when (i < tries
                    && e
                        is not PostgresException
                        {
                            IsTransient: false,
                            SqlState: not ("57P01" or "57P02" or "57P03")
                        }
                )
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500));
            }
        }
    }
}

/// <summary>A partition as a process had it when it was frozen.</summary>
internal sealed record Held(long RunId, long PartitionNo, string LastKey, int ProcessId);
