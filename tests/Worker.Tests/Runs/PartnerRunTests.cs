using System.Collections;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

/// <summary>Partners are decided on in a run as customers are.</summary>
public sealed class PartnerRunTests : IDisposable
{
    private static readonly Job Qualification = Job.Named("qualification");

    private readonly World world = World.OfSamples();

    [Fact]
    public async Task The_job_of_the_rule_set_decides_on_partners_alone_and_as_the_night_does()
    {
        var report = await world.RunAsync(World.Midway, Qualification);

        Assert.Equal(
            (RunStatus.Completed, 0, 17),
            (report.Status, report.Tally.Customers, report.Tally.Partners)
        );
        var alone = world.Decisions();
        Assert.Equal(["qualification"], alone.Select(d => d.RuleSet).Distinct());

        using var other = World.OfSamples();
        var night = await other.RunAsync(World.Midway);
        Assert.Equal((39, 17), (night.Tally.Customers, night.Tally.Partners));
        Assert.Equal(alone, other.Decisions().Where(d => d.RuleSet == "qualification"));
        Assert.Equal(
            (alone.Count, "CanEnroll, EndingSoon, NotQualified, Qualified, Retired"),
            (
                (int)night.Tally.Changes[RuleSetName.Qualification].Decided,
                string.Join(", ", alone.Select(d => d.Outcome).Distinct().Order(StringComparer.Ordinal))
            )
        );
    }

    [Fact]
    public async Task A_night_writes_only_what_changed_about_a_partner()
    {
        await world.RunAsync(World.Midway);
        var report = await world.RunAsync(World.Midway.AddDays(1));

        // P-1013 loses Messaging, P-1014 has Datacenter again, P-1015 did not sign again.
        Assert.Equal(
            [
                "P-1013/exchange changed NotQualified QLF-COMPETENCY",
                "P-1014/windows-server changed Qualified ",
                "P-1015/azure changed Retired QLF-RETIRED;QLF-CONSULTANT;QLF-NOT-ENROLLED",
            ],
            world
                .History()
                .Where(h => h.RuleSet == "qualification" && h.BusinessDate == "2020-07-01")
                .Select(h => $"{h.SubjectId} {h.Change} {h.Outcome} {h.Codes}")
        );
        Assert.Equal(3, report.Tally.Changes[RuleSetName.Qualification].Changed);
    }

    [Fact]
    public async Task A_run_that_stops_among_partners_goes_on_where_it_was()
    {
        using var whole = World.OfSamples();
        await whole.RunAsync(World.Midway);
        var payments = world.Temp.Scalar<long>("SELECT count(*) FROM payment WHERE request_id IS NULL");
        var customerChunks = 4;
        var chunks = customerChunks + (int)((payments + 9) / 10) + 1;

        var stopped = await world.RunUntilAsync(chunks, World.Midway);
        Assert.StartsWith(
            "Run 1 was interrupted after 39 customers and 10 partners;",
            stopped.Message,
            StringComparison.Ordinal
        );
        var report = await world.RunAsync(World.Midway);

        Assert.Equal((RunStatus.Completed, 17), (report.Status, report.Tally.Partners));
        Assert.Equal(whole.Decisions(), world.Decisions());
        Assert.Equal(whole.History(), world.History());
    }

    [Fact]
    public async Task A_run_that_is_taken_back_leaves_partners_as_they_were()
    {
        await world.RunAsync(World.Midway);
        var before = world.Decisions();
        var run = await world.RunAsync(new(2021, 3, 31));
        Assert.NotEqual(before, world.Decisions());

        world.Runner().Undo(run.RunId!.Value, "Ana", "A test.");

        Assert.Equal(before, world.Decisions());
        Assert.Equal(RunStatus.Completed, (await world.RunAsync(World.Midway.AddDays(1))).Status);
    }

    [Fact]
    public async Task A_partner_in_quarantine_keeps_its_decisions_apart_and_can_be_decided_again()
    {
        var run = await world.RunAsync(World.Midway);
        var decisions = world.Decisions();
        SetAside(run.RunId!.Value);

        var retried = world.Retry("P-1014", RunPhase.Partners);

        Assert.Null(retried.StillSetAside);
        Assert.Equal(decisions, world.Decisions());
        Assert.Equal(
            ["partner P-1014"],
            world.WithStore(s => s.Quarantine.Retried(run.RunId.Value)).Select(r => r.Name)
        );
        Assert.Equal(
            "Customer 'P-1014' is not in quarantine, so there is nothing to decide again. To see who is: planning quarantine list",
            Assert.Throws<PlanningException>(() => world.Retry("P-1014")).Message
        );
    }

    [Fact]
    public void A_partner_that_cannot_be_decided_is_set_aside_and_the_others_go_on()
    {
        var session = World.Book.Open(World.Pack, ReferenceData.None, World.Midway);
        var decided = new ChunkDecider(session, Job.Nightly, World.Midway).Decide(
            new PartnerChunk([
                new(
                    new() { PartnerId = "P1", Enrollments = new Broken<Enrollment>() },
                    [
                        new(
                            RuleSetName.Qualification,
                            SubjectType.PartnerEngagement,
                            "P1/skype",
                            "Qualified",
                            "",
                            ""
                        ),
                    ]
                ),
                new(
                    new() { PartnerId = "P2", Enrollments = [new("P2", "S-EDPS", new(2020, 1, 1), null)] },
                    []
                ),
            ])
        );

        var setAside = Assert.Single(decided.Writes.Quarantined);
        Assert.Equal(("partner P1", "Broken."), (setAside.Name, setAside.Error));
        Assert.Equal(["P2/exchange", "P2/skype"], decided.Writes.Changes.Select(c => c.Decision.SubjectId));
        Assert.Equal("P2", decided.Writes.Changes[0].CustomerId);
        // The next night decides it again.
        Assert.Equal(
            new Review(RunPhase.Partners, "P1", World.Midway),
            Assert.Single(decided.Writes.Reviews, r => r.CustomerId == "P1")
        );
        Assert.Equal(
            [("Qualified", 1L)],
            decided.Totals.Sheet().SetAside!.Outcomes.Select(o => (o.Outcome, o.Count))
        );
    }

    public void Dispose() => world.Dispose();

    /// <summary>As if the partner could not have been decided: its decisions count as set aside.</summary>
    private void SetAside(long runId) =>
        world.WithStore(store =>
        {
            var reference = store.Facts.LoadReferenceData();
            var partner = store.Facts.ReadPartner(reference, "P-1014");
            var decider = new ChunkDecider(
                World.Book.Open(World.Pack, reference, World.Midway),
                Job.Nightly,
                World.Midway
            );
            var kept = decider.Kept(partner);
            var partition = store.Partitions.Of(runId).Single(p => p.Phase == RunPhase.Partners);
            var state = new RunState(partition.Checkpoint);
            state.Totals.Subtract(kept);
            state.Totals.SetAside.Add(kept);
            state.Tally.Quarantined++;
            store.Partitions.Correct(partition, state.ToCheckpoint());
            using var writer = store.Writer(partition, TimeSpan.Zero);
            writer.Write(
                new()
                {
                    Quarantined =
                    [
                        new("P-1014", "Broken.", SetAside: RunState.Text(kept), Phase: RunPhase.Partners),
                    ],
                }
            );
            return 0;
        });

    /// <summary>Facts that cannot be read.</summary>
    private sealed class Broken<T> : IReadOnlyList<T>
    {
        public int Count => throw new InvalidOperationException("Broken.");

        public T this[int index] => throw new InvalidOperationException("Broken.");

        public IEnumerator<T> GetEnumerator() => throw new InvalidOperationException("Broken.");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
