using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

public sealed class RunMetricsTests : IDisposable
{
    private static readonly Run Night = new(
        7,
        "nightly",
        new(2021, 3, 31),
        RunStatus.InProgress,
        "2dc5b1e2",
        1,
        2,
        Error: null,
        DateTimeOffset.UnixEpoch,
        FinishedAt: null
    );

    private static readonly DecidedChunk Chunk = new(
        "C-2",
        new()
        {
            Changes =
            [
                Change(ChangeKind.Decided, RuleSetName.Expiry, "Expired"),
                Change(ChangeKind.Decided, RuleSetName.Expiry, "Expired"),
                Change(ChangeKind.Changed, RuleSetName.Expiry, "Expired"),
                Change(ChangeKind.Decided, RuleSetName.Retirement, "Allowed"),
                Change(ChangeKind.Ended, RuleSetName.Retirement, ""),
            ],
            Quarantined = [new("C-1", "No such agreement.")],
        },
        new(),
        Customers: 2,
        Vouchers: 30
    );

    private readonly RunMetrics metrics = new();

    [Fact]
    public void A_committed_chunk_counts_what_is_in_it()
    {
        using var chunks = Of<long>("planning.chunks");
        using var customers = Of<long>("planning.customers");
        using var vouchers = Of<long>("planning.vouchers");
        using var quarantined = Of<long>("planning.quarantined");

        metrics.ChunkCommitted("nightly", Chunk);
        metrics.ChunkCommitted("nightly", Chunk with { Writes = new() });

        Assert.Equal(["job_name=nightly: 1", "job_name=nightly: 1"], Measured(chunks));
        Assert.Equal(["job_name=nightly: 2", "job_name=nightly: 2"], Measured(customers));
        Assert.Equal(["job_name=nightly: 30", "job_name=nightly: 30"], Measured(vouchers));
        Assert.Equal(["job_name=nightly: 1"], Measured(quarantined));
    }

    [Fact]
    public void Decisions_are_counted_by_rule_set_outcome_and_what_became_of_them()
    {
        using var decisions = Of<long>("planning.decisions");

        metrics.ChunkCommitted("nightly", Chunk);

        Assert.Equal(
            [
                "change=Changed outcome=Expired rule_set=expiry subject=voucher: 1",
                "change=Decided outcome=Allowed rule_set=retirement subject=voucher: 1",
                "change=Decided outcome=Expired rule_set=expiry subject=voucher: 2",
                "change=Ended outcome= rule_set=retirement subject=voucher: 1",
            ],
            Measured(decisions)
        );
    }

    [Fact]
    public void A_run_that_ended_is_counted_with_its_status_and_duration()
    {
        using var runs = Of<long>("planning.runs");
        using var durations = Of<double>("planning.run.duration");

        metrics.RunEnded(Night, RunStatus.CompletedWithErrors, Night.StartedAt.AddMinutes(2));

        Assert.Equal(["job_name=nightly status=CompletedWithErrors: 1"], Measured(runs));
        Assert.Equal(["job_name=nightly status=CompletedWithErrors: 120"], Measured(durations));
    }

    [Fact]
    public void An_attempt_is_active_until_it_is_over()
    {
        using var active = Of<long>("planning.attempts.active");

        using (metrics.Attempt(Night))
        {
            Assert.Equal(1, active.GetMeasurementSnapshot().EvaluateAsCounter());
        }

        Assert.Equal(0, active.GetMeasurementSnapshot().EvaluateAsCounter());
    }

    [Fact]
    public void A_lease_that_was_lost_is_no_run_that_ended()
    {
        using var lost = Of<long>("planning.leases.lost");
        using var runs = Of<long>("planning.runs");

        metrics.LeaseLost("nightly");

        Assert.Equal(["job_name=nightly: 1"], Measured(lost));
        Assert.Empty(Measured(runs));
    }

    [Fact]
    public void A_partition_that_was_left_behind_is_counted_as_taken_and_as_recovered()
    {
        using var taken = Of<long>("planning.partitions.taken");
        using var recovered = Of<long>("planning.partitions.recovered");
        using var retries = Of<long>("planning.database.retries");

        metrics.PartitionTaken("nightly", recovered: false);
        metrics.PartitionTaken("nightly", recovered: true);
        metrics.Retried();

        Assert.Equal(["job_name=nightly: 1", "job_name=nightly: 1"], Measured(taken));
        Assert.Equal(["job_name=nightly: 1"], Measured(recovered));
        Assert.Equal([": 1"], Measured(retries));
    }

    [Fact]
    public void A_run_its_partitions_and_its_commits_are_one_trace()
    {
        var ended = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => ReferenceEquals(source, metrics.Activities),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);

        using (var attempt = metrics.Attempt(Night))
        {
            using (metrics.StartPartition(Night, 3, fence: 4))
            {
                metrics.StartCommit(Chunk)?.Dispose();
            }

            attempt.Ended(RunStatus.Failed, "Out of balance.");
        }

        Assert.Equal(["commit", "partition", "run nightly"], ended.Select(a => a.OperationName));
        Assert.Equal(ended[1].SpanId, ended[0].ParentSpanId);
        Assert.Equal(ended[2].SpanId, ended[1].ParentSpanId);
        Assert.Equal("2021-03-31", ended[2].GetTagItem("planning.business_date"));
        Assert.Equal(ActivityStatusCode.Error, ended[2].Status);
        Assert.Equal("Out of balance.", ended[2].StatusDescription);
    }

    [Fact]
    public void While_nobody_listens_a_chunk_costs_no_memory()
    {
        Report();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++)
        {
            Report();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Report()
        {
            using var commit = metrics.StartCommit(Chunk);
            metrics.ChunkCommitted("nightly", Chunk);
        }
    }

    public void Dispose() => metrics.Dispose();

    private static DecisionChange Change(ChangeKind kind, RuleSetName ruleSet, string outcome) =>
        new(kind, "C-2", new(ruleSet, SubjectType.Voucher, "V-1", outcome, [], Values: null));

    private MetricCollector<T> Of<T>(string instrument)
        where T : struct => new(metrics.Meter, instrument);

    /// <summary>What was measured, as <c>tag=value: number</c>, in order.</summary>
    private static IEnumerable<string> Measured<T>(MetricCollector<T> collector)
        where T : struct =>
        collector
            .GetMeasurementSnapshot()
            .Select(m =>
                $"{string.Join(' ', m.Tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}"))}: {m.Value}"
            )
            .Order(StringComparer.Ordinal);
}
