using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Runtime.InteropServices;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>
/// What runs tell to those who watch the service: numbers, and where the time goes. Costs next to nothing while nobody
/// listens. <c>docs/operations.md</c> says what each means.
/// </summary>
internal sealed class RunMetrics : IDisposable
{
    /// <summary>The name of the meter and of the source of activities.</summary>
    public const string Name = "PlanningServices";

    // In seconds: a night of a few hundred vouchers takes less than one, a night of millions may take hours.
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [1, 5, 15, 60, 300, 900, 1_800, 3_600, 7_200, 14_400, 28_800],
    };

    private readonly Counter<long> customers;
    private readonly Counter<long> vouchers;
    private readonly Counter<long> chunks;
    private readonly Counter<long> decisions;
    private readonly Counter<long> quarantined;
    private readonly Counter<long> runs;
    private readonly Histogram<double> runDuration;
    private readonly UpDownCounter<long> active;
    private readonly Counter<long> leasesLost;
    private readonly Counter<long> partitionsTaken;
    private readonly Counter<long> partitionsRecovered;
    private readonly Counter<long> retries;
    private readonly Counter<long> imports;
    private readonly Gauge<double> factsAge;
    private readonly Gauge<int> lag;
    private readonly Gauge<int> databaseUp;

    public RunMetrics()
    {
        customers = Counter("planning.customers", "{customer}", "Customers whose chunk was committed.");
        vouchers = Counter("planning.vouchers", "{voucher}", "Vouchers whose chunk was committed.");
        chunks = Counter("planning.chunks", "{chunk}", "Chunks committed.");
        decisions = Counter(
            "planning.decisions",
            "{decision}",
            "Decisions written; those that stayed are not."
        );
        quarantined = Counter("planning.quarantined", "{customer}", "Customers set aside with an error.");
        runs = Counter("planning.runs", "{run}", "Runs brought to an end, by status.");
        runDuration = Meter.CreateHistogram<double>(
            "planning.run.duration",
            "s",
            "How long runs took, from the start of their first attempt.",
            advice: Durations
        );
        active = Meter.CreateUpDownCounter<long>(
            "planning.attempts.active",
            "{attempt}",
            "Attempts that this process is at work on."
        );
        leasesLost = Counter(
            "planning.leases.lost",
            "{lease}",
            "Partitions that were taken over from this process."
        );
        partitionsTaken = Counter(
            "planning.partitions.taken",
            "{partition}",
            "Partitions this process took to work on."
        );
        partitionsRecovered = Counter(
            "planning.partitions.recovered",
            "{partition}",
            "Of those taken, the ones another process had left behind."
        );
        retries = Counter(
            "planning.database.retries",
            "{retry}",
            "Work tried again after a fault of the database."
        );
        imports = Counter("planning.imports", "{import}", "Drop folders imported or set aside, by status.");
        factsAge = Meter.CreateGauge<double>(
            "planning.facts.age",
            "s",
            "How long ago the latest import was completed."
        );
        lag = Meter.CreateGauge<int>(
            "planning.lag",
            "d",
            "Business dates from the last completed nightly run to today; less than 0 when it is for a day to come."
        );
        databaseUp = Meter.CreateGauge<int>(
            "planning.database.up",
            description: "1 while the database answers, else 0."
        );
    }

    /// <summary>The meter, for those who hear it.</summary>
    public Meter Meter { get; } = new(Name);

    /// <summary>The source of activities, for those who hear it.</summary>
    public ActivitySource Activities { get; } = new(Name);

    /// <summary>An attempt at a run that this process is at work on, from now until it is disposed of.</summary>
    public ActiveAttempt Attempt(Run run)
    {
        active.Add(1, JobTag(run.Job));
        return new(this, run.Job, StartRun(run));
    }

    /// <summary>This process is no longer at work on an attempt.</summary>
    public void AttemptOver(string job) => active.Add(-1, JobTag(job));

    /// <summary>A chunk is committed.</summary>
    public void ChunkCommitted(string job, DecidedChunk chunk)
    {
        var tag = JobTag(job);
        chunks.Add(1, tag);
        customers.Add(chunk.Customers, tag);
        vouchers.Add(chunk.Vouchers, tag);
        if (chunk.Writes.Quarantined.Count > 0)
        {
            quarantined.Add(chunk.Writes.Quarantined.Count, tag);
        }

        if (decisions.Enabled)
        {
            Count(chunk.Writes.Changes);
        }
    }

    /// <summary>This process brought a run to its end, or to a stop that it can be resumed from.</summary>
    /// <param name="run">The run, as it was at work.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="now">The instant.</param>
    public void RunEnded(Run run, RunStatus status, DateTimeOffset now)
    {
        var statusTag = KeyValuePair.Create<string, object?>("status", status.ToString());
        runs.Add(1, JobTag(run.Job), statusTag);
        runDuration.Record((now - run.StartedAt).TotalSeconds, JobTag(run.Job), statusTag);
    }

    /// <summary>A partition that this process was at work on was taken over, or its run has ended.</summary>
    public void LeaseLost(string job) => leasesLost.Add(1, JobTag(job));

    /// <summary>This process took a partition.</summary>
    /// <param name="job">The job.</param>
    /// <param name="recovered">Whether another process had begun it and left it behind.</param>
    public void PartitionTaken(string job, bool recovered)
    {
        partitionsTaken.Add(1, JobTag(job));
        if (recovered)
        {
            partitionsRecovered.Add(1, JobTag(job));
        }
    }

    /// <summary>Work on the database is tried again.</summary>
    public void Retried() => retries.Add(1);

    /// <summary>A drop folder was imported or set aside.</summary>
    /// <param name="status"><c>Completed</c>, <c>CompletedWithRejects</c> or <c>Failed</c>.</param>
    public void Imported(string status) =>
        imports.Add(1, KeyValuePair.Create<string, object?>("status", status));

    /// <summary>How long ago the latest import was completed.</summary>
    public void FactsAge(TimeSpan age) => factsAge.Record(age.TotalSeconds);

    /// <summary>How far the nightly run is behind.</summary>
    /// <param name="days">Business dates from the last completed one to today; 0 when today is done, less when a day to come is.</param>
    public void Lag(int days) => lag.Record(days);

    /// <summary>Whether the database answered just now.</summary>
    public void DatabaseAnswers(bool answers) => databaseUp.Record(answers ? 1 : 0);

    /// <summary>The work of a process for a partition; the activity is null while nobody listens.</summary>
    /// <param name="run">The run.</param>
    /// <param name="partition">The number of the partition.</param>
    /// <param name="fence">The number that fences its commits.</param>
    public Activity? StartPartition(Run run, int partition, long fence) =>
        Activities
            .StartActivity("partition")
            ?.SetTag("planning.run_id", run.RunId)
            .SetTag("planning.partition", partition)
            .SetTag("planning.fence", fence);

    /// <summary>The commit of a chunk; the activity is null while nobody listens.</summary>
    public Activity? StartCommit(DecidedChunk chunk) =>
        Activities
            .StartActivity("commit")
            ?.SetTag("planning.last_key", chunk.LastKey)
            .SetTag("planning.vouchers", chunk.Vouchers)
            .SetTag("planning.changes", chunk.Writes.Changes.Count);

    public void Dispose()
    {
        Meter.Dispose();
        Activities.Dispose();
    }

    private Activity? StartRun(Run run) =>
        Activities
            .StartActivity($"run {run.Job}")
            ?.SetTag("planning.run_id", run.RunId)
            .SetTag("planning.job", run.Job)
            .SetTag("planning.business_date", run.BusinessDate.ToString("O", CultureInfo.InvariantCulture))
            .SetTag("planning.attempt", run.Attempt)
            .SetTag("planning.policy_pack", run.PackHash);

    // Counted first and told then: a chunk has thousands of changes and a dozen kinds of them.
    private void Count(IReadOnlyList<DecisionChange> changes)
    {
        var counts = new Dictionary<(RuleSetName, SubjectType, ChangeKind, string), long>();
        foreach (var (kind, _, decision) in changes)
        {
            // One that ended has no outcome any more.
            var outcome = kind == ChangeKind.Ended ? "" : decision.Outcome;
            CollectionsMarshal.GetValueRefOrAddDefault(
                counts,
                (decision.RuleSet, decision.Subject, kind, outcome),
                out _
            )++;
        }

        foreach (var ((ruleSet, subject, kind, outcome), count) in counts)
        {
            decisions.Add(
                count,
                new TagList
                {
                    { "rule_set", ruleSet.Text() },
                    { "subject", subject.Text() },
                    { "change", kind.ToString() },
                    { "outcome", outcome },
                }
            );
        }
    }

    private Counter<long> Counter(string name, string unit, string description) =>
        Meter.CreateCounter<long>(name, unit, description);

    // Not "job", which is Prometheus' own word for what it asks.
    private static KeyValuePair<string, object?> JobTag(string job) => new("job_name", job);
}
