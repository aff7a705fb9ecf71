using Dapper;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data;

/// <summary>The runs and their attempts. The rows here, not the scheduler, decide who runs what.</summary>
internal sealed class RunStore(SqliteConnection connection)
{
    private const string Columns = """
        r.run_id, r.job, r.business_date, r.status, p.hash AS pack_hash, r.attempt, r.phase, r.last_key,
        r.counters, r.totals, r.error, r.started_at, r.finished_at
        FROM run r JOIN policy_pack p ON p.pack_id = r.pack_id
        """;

    private const string AttemptColumns = """
        run_id, attempt, owner, lease_until, started_at, finished_at, ended, error FROM run_attempt
        """;

    /// <summary>All runs, the newest first.</summary>
    public IReadOnlyList<Run> List(int limit = int.MaxValue) =>
        Read($"SELECT {Columns} ORDER BY r.run_id DESC LIMIT @limit", new { limit });

    /// <summary>The run of that id, or null.</summary>
    public Run? Find(long runId) => ReadFirst($"SELECT {Columns} WHERE r.run_id = @runId", new { runId });

    /// <summary>The run of a job for a date that was not abandoned, or null.</summary>
    public Run? Find(string job, DateOnly businessDate) =>
        ReadFirst(
            $"SELECT {Columns} WHERE r.job = @job AND r.business_date = @date AND r.status <> 'Abandoned'",
            new { job, date = Text(businessDate) }
        );

    /// <summary>The completed run with the latest business date, of one job or of all; or null.</summary>
    public Run? LatestCompleted(string? job = null) =>
        ReadFirst(
            $"""
            SELECT {Columns}
            WHERE r.status IN ('Completed', 'CompletedWithErrors') AND (@job IS NULL OR r.job = @job)
            ORDER BY r.business_date DESC, r.run_id DESC LIMIT 1
            """,
            new { job }
        );

    /// <summary>The attempts of a run, the first first.</summary>
    public IReadOnlyList<RunAttempt> Attempts(long runId) =>
        [
            .. connection
                .Query<AttemptRow>(
                    $"SELECT {AttemptColumns} WHERE run_id = @runId ORDER BY attempt",
                    new { runId }
                )
                .Select(a => a.ToAttempt()),
        ];

    /// <summary>The customers a run set aside, with their errors.</summary>
    public IReadOnlyList<QuarantinedCustomer> Quarantined(long runId) =>
        [
            .. connection
                .Query<(string CustomerId, string Error)>(
                    "SELECT customer_id, error FROM quarantine WHERE run_id = @runId ORDER BY customer_id",
                    new { runId }
                )
                .Select(q => new QuarantinedCustomer(q.CustomerId, q.Error)),
        ];

    /// <summary>
    /// Begins a new run or takes up one that stopped, or says why not. Of several who ask at once, one begins.
    /// </summary>
    /// <param name="job">Such as <c>nightly</c>.</param>
    /// <param name="businessDate">The day it is for.</param>
    /// <param name="packHash">The pack a new run is pinned to; it is stored already. A resumed run keeps its own.</param>
    /// <param name="owner">Who tries: a name for people, such as host and process id.</param>
    /// <param name="now">The instant.</param>
    /// <param name="lease">How long an attempt is taken to be alive after it was last heard of.</param>
    public BeginResult Begin(
        string job,
        DateOnly businessDate,
        string packHash,
        string owner,
        DateTimeOffset now,
        TimeSpan lease
    )
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var result = Decide(job, businessDate);
        if (result is not null)
        {
            return result;
        }

        var run = Find(job, businessDate);
        if (run is null)
        {
            var runId = Insert(job, businessDate, packHash, now);
            run = Find(runId)!;
            InsertAttempt(run, owner, now, lease);
            transaction.Commit();
            return new BeginResult.Begun(run, TookOver: false);
        }

        var begun = TakeUp(run, owner, now, lease);
        transaction.Commit();
        return begun;

        BeginResult? Decide(string job, DateOnly businessDate)
        {
            if (Find(job, businessDate) is { } same)
            {
                if (IsCompleted(same.Status))
                {
                    return new BeginResult.AlreadyCompleted(same);
                }

                if (LiveAttempt(same, now) is { } alive)
                {
                    return new BeginResult.RunningElsewhere(same, alive);
                }
            }

            foreach (var other in Unfinished().Where(u => u.Job != job || u.BusinessDate != businessDate))
            {
                return LiveAttempt(other, now) is { } alive
                    ? new BeginResult.RunningElsewhere(other, alive)
                    : new BeginResult.OtherUnfinished(other);
            }

            return LatestCompleted() is { } latest && latest.BusinessDate > businessDate
                ? new BeginResult.OlderThanCompleted(latest)
                : null;
        }
    }

    /// <summary>Moves the lease of an attempt on, between commits that take long.</summary>
    /// <exception cref="AttemptLostException">Another attempt took the run over.</exception>
    public void Renew(Run run, DateTimeOffset leaseUntil)
    {
        const string sql = """
            UPDATE run_attempt SET lease_until = @leaseUntil
            WHERE run_id = @runId AND attempt = @attempt AND ended IS NULL
            """;
        var changed = connection.Execute(
            sql,
            new
            {
                leaseUntil = Text(leaseUntil),
                runId = run.RunId,
                attempt = run.Attempt,
            }
        );
        if (changed == 0)
        {
            throw new AttemptLostException(run.RunId, run.Attempt);
        }
    }

    /// <summary>Ends the attempt and with it the run: completed, failed with its error, or interrupted.</summary>
    /// <exception cref="AttemptLostException">Another attempt took the run over.</exception>
    public void End(Run run, RunStatus status, string? error, DateTimeOffset now)
    {
        const string sql = """
            UPDATE run SET status = @status, error = @error, finished_at = @now
            WHERE run_id = @runId AND attempt = @attempt AND status = 'InProgress'
            """;
        using var transaction = connection.BeginTransaction(deferred: false);
        var changed = connection.Execute(
            sql,
            new
            {
                status = status.ToString(),
                error,
                now = Text(now),
                runId = run.RunId,
                attempt = run.Attempt,
            }
        );
        if (changed == 0)
        {
            throw new AttemptLostException(run.RunId, run.Attempt);
        }

        EndAttempt(run, status.ToString(), error, now);
        transaction.Commit();
    }

    /// <summary>Gives up a run that is not completed and not at work; returns whether it did.</summary>
    public bool Abandon(long runId, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var run = Find(runId);
        if (
            run is null
            || IsCompleted(run.Status)
            || run.Status == RunStatus.Abandoned
            || LiveAttempt(run, now) is not null
        )
        {
            return false;
        }

        const string sql =
            "UPDATE run SET status = 'Abandoned', attempt = attempt + 1, finished_at = @now WHERE run_id = @runId";
        connection.Execute(sql, new { runId, now = Text(now) });
        EndAttempt(run, nameof(RunStatus.Abandoned), null, now);
        transaction.Commit();
        return true;
    }

    /// <summary>The oldest run that is at work, or stopped and may go on; or null.</summary>
    public Run? FirstUnfinished() => Unfinished() is [var run, ..] ? run : null;

    private List<Run> Unfinished() =>
        Read(
            $"SELECT {Columns} WHERE r.status IN ('InProgress', 'Interrupted', 'Failed') ORDER BY r.run_id",
            null
        );

    private RunAttempt? LiveAttempt(Run run, DateTimeOffset now)
    {
        if (run.Status != RunStatus.InProgress)
        {
            return null;
        }

        var sql = $"SELECT {AttemptColumns} WHERE run_id = @runId AND attempt = @attempt";
        var attempt = connection
            .QuerySingle<AttemptRow>(sql, new { runId = run.RunId, attempt = run.Attempt })
            .ToAttempt();
        return attempt.LeaseUntil > now ? attempt : null;
    }

    private BeginResult.Begun TakeUp(Run run, string owner, DateTimeOffset now, TimeSpan lease)
    {
        const string sql = """
            UPDATE run SET attempt = attempt + 1, status = 'InProgress', error = NULL, finished_at = NULL
            WHERE run_id = @runId
            """;
        var died = run.Status == RunStatus.InProgress;
        if (died)
        {
            EndAttempt(run, "TakenOver", null, now);
        }

        connection.Execute(sql, new { runId = run.RunId });
        var next = Find(run.RunId)!;
        InsertAttempt(next, owner, now, lease);
        return new(next, died);
    }

    private long Insert(string job, DateOnly businessDate, string packHash, DateTimeOffset now)
    {
        const string sql = """
            INSERT INTO run (job, business_date, status, pack_id, attempt, phase, last_key, counters, totals, started_at)
            SELECT @job, @businessDate, 'InProgress', pack_id, 1, 'Customers', '', '{}', '{}', @now
            FROM policy_pack WHERE hash = @packHash
            RETURNING run_id
            """;
        return connection.ExecuteScalar<long>(
            sql,
            new
            {
                job,
                businessDate = Text(businessDate),
                packHash,
                now = Text(now),
            }
        );
    }

    private void InsertAttempt(Run run, string owner, DateTimeOffset now, TimeSpan lease)
    {
        const string sql = """
            INSERT INTO run_attempt (run_id, attempt, owner, lease_until, started_at)
            VALUES (@runId, @attempt, @owner, @leaseUntil, @now)
            """;
        connection.Execute(
            sql,
            new
            {
                runId = run.RunId,
                attempt = run.Attempt,
                owner,
                leaseUntil = Text(now + lease),
                now = Text(now),
            }
        );
    }

    private void EndAttempt(Run run, string ended, string? error, DateTimeOffset now)
    {
        const string sql = """
            UPDATE run_attempt SET ended = @ended, error = @error, finished_at = @now
            WHERE run_id = @runId AND attempt = @attempt AND ended IS NULL
            """;
        connection.Execute(
            sql,
            new
            {
                ended,
                error,
                now = Text(now),
                runId = run.RunId,
                attempt = run.Attempt,
            }
        );
    }

    private Run? ReadFirst(string sql, object parameters) =>
        connection.QueryFirstOrDefault<RunRow>(sql, parameters)?.ToRun();

    private List<Run> Read(string sql, object? parameters) =>
        [.. connection.Query<RunRow>(sql, parameters).Select(r => r.ToRun())];

    private static bool IsCompleted(RunStatus status) =>
        status is RunStatus.Completed or RunStatus.CompletedWithErrors;

    private static string Text(DateOnly date) => SqlText.Of(date);

    private static string Text(DateTimeOffset instant) => SqlText.Of(instant);

    // The shapes Dapper fills; the columns are matched by position and type.
    private sealed record RunRow(
        long RunId,
        string Job,
        string BusinessDate,
        string Status,
        string PackHash,
        long Attempt,
        string Phase,
        string LastKey,
        string Counters,
        string Totals,
        string? Error,
        string StartedAt,
        string? FinishedAt
    )
    {
        public Run ToRun() =>
            new(
                RunId,
                Job,
                SqlText.ToDate(BusinessDate),
                Enum.Parse<RunStatus>(Status),
                PackHash,
                checked((int)Attempt),
                new(Enum.Parse<RunPhase>(Phase), LastKey, Counters, Totals),
                Error,
                SqlText.ToInstant(StartedAt),
                FinishedAt is null ? null : SqlText.ToInstant(FinishedAt)
            );
    }

    private sealed record AttemptRow(
        long RunId,
        long Attempt,
        string Owner,
        string LeaseUntil,
        string StartedAt,
        string? FinishedAt,
        string? Ended,
        string? Error
    )
    {
        public RunAttempt ToAttempt() =>
            new(
                RunId,
                checked((int)Attempt),
                Owner,
                SqlText.ToInstant(LeaseUntil),
                SqlText.ToInstant(StartedAt),
                FinishedAt is null ? null : SqlText.ToInstant(FinishedAt),
                Ended,
                Error
            );
    }
}
