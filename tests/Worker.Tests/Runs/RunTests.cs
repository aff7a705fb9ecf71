using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

public sealed class RunTests : IDisposable
{
    private readonly World world = World.OfSamples();

    [Fact]
    public async Task A_run_decides_every_subject_and_balances()
    {
        var report = await world.RunAsync(World.Midway);

        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.Empty(report.OutOfBalance);
        Assert.Equal(39, report.Tally.Customers);
        Assert.Equal(world.Decisions().Count, report.Totals.Outcomes.Sum(o => o.Count));
        Assert.Equal(world.Ledger().Sum(l => l.Days), report.Tally.DaysReturned);
    }

    [Fact]
    public async Task A_second_start_of_a_completed_run_does_nothing_and_tells_what_it_did()
    {
        var first = await world.RunAsync(World.Midway);
        var history = world.History();

        var second = await world.RunAsync(World.Midway);

        Assert.True(second.WasCompletedBefore);
        Assert.Equal(first.RunId, second.RunId);
        Assert.Equivalent(first.Tally, second.Tally);
        Assert.Equivalent(first.Totals, second.Totals);
        Assert.Equal(history, world.History());
    }

    [Fact]
    public async Task A_night_on_which_nothing_happens_appends_nothing()
    {
        await world.RunAsync(new(2023, 1, 1));
        var (decisions, history, ledger) = (world.Decisions(), world.History(), world.Ledger());

        var report = await world.RunAsync(new(2023, 1, 2));

        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.Equal(history, world.History());
        Assert.Equal(ledger, world.Ledger());
        Assert.Equal(decisions, world.Decisions());
        Assert.Equal(0, report.Tally.StatusesChanged);
    }

    [Fact]
    public async Task An_open_voucher_that_is_looked_at_another_night_keeps_its_decision()
    {
        await world.RunAsync(World.Midway);
        var (before, history) = (Eligibility(), world.History().Count(h => h.RuleSet == "eligibility"));

        await world.RunAsync(World.Midway.AddDays(1));

        var after = Eligibility();
        Assert.Contains(before.Intersect(after), d => d.Details.Length == 0);
        Assert.Equal(
            before
                .Except(after)
                .Concat(after.Except(before))
                .DistinctBy(d => d.SubjectId, StringComparer.Ordinal)
                .Count(),
            world.History().Count(h => h.RuleSet == "eligibility") - history
        );

        List<DecisionRow> Eligibility() => [.. world.Decisions().Where(d => d.RuleSet == "eligibility")];
    }

    [Fact]
    public async Task An_older_business_date_than_the_last_completed_is_refused()
    {
        await world.RunAsync(World.Midway);

        var refused = await Assert.ThrowsAsync<PlanningException>(() =>
            world.RunAsync(World.Midway.AddDays(-1))
        );

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Equal(
            "Run 'nightly' for 2020-06-29 has not begun: run 1 'nightly' for 2020-06-30 is completed, and decisions do not go back. To decide for the older date without applying: planning run nightly --as-of 2020-06-29 --replay",
            refused.Message
        );
        await Assert.ThrowsAsync<PlanningException>(() =>
            world.TryAsync(World.Midway.AddDays(-1), RunMode.DryRun)
        );
    }

    [Fact]
    public async Task A_replay_of_a_past_date_decides_as_then_and_writes_nothing()
    {
        var then = await world.RunAsync(World.Midway);
        await world.RunAsync(new(2021, 7, 1));
        var (decisions, history, runs) = (
            world.Decisions(),
            world.History(),
            world.WithStore(s => s.Runs.List())
        );

        var replay = await world.TryAsync(World.Midway, RunMode.Replay);

        Assert.Equivalent(then.Totals, replay.Totals);
        Assert.Empty(replay.Examples);
        Assert.Equal(decisions, world.Decisions());
        Assert.Equal(history, world.History());
        Assert.Equal(runs, world.WithStore(s => s.Runs.List()));
    }

    [Fact]
    public async Task A_dry_run_tells_what_the_run_then_does_and_writes_nothing()
    {
        await world.RunAsync(World.Midway);
        var decisions = world.Decisions();

        var dry = await world.TryAsync(new(2021, 7, 1), RunMode.DryRun);

        Assert.Equal(decisions, world.Decisions());
        var applied = await world.RunAsync(new(2021, 7, 1));
        Assert.Equivalent(applied.Tally, dry.Tally);
        Assert.Equivalent(applied.Totals, dry.Totals);
    }

    [Theory]
    [InlineData(RuleSetName.Retirement)]
    [InlineData(RuleSetName.Expiry)]
    [InlineData(RuleSetName.Entitlement)]
    [InlineData(RuleSetName.Eligibility)]
    [InlineData(RuleSetName.Payment)]
    [InlineData(RuleSetName.Reconciliation)]
    public async Task A_run_of_one_rule_set_writes_its_decisions_and_nothing_else(RuleSetName ruleSet)
    {
        var all = await world.TryAsync(World.Midway, RunMode.DryRun);

        var report = await world.RunAsync(World.Midway, Job.Named(ruleSet.Text()));

        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.All(world.Decisions(), d => Assert.Equal(ruleSet.Text(), d.RuleSet));
        Assert.Equal(
            all.Totals.Outcomes.Where(o => o.RuleSet == ruleSet).Sum(o => o.Count),
            world.Decisions().Count
        );
        Assert.Empty(world.Ledger());
        Assert.All(world.Statuses(), s => Assert.EndsWith(" ", s, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_late_redemption_that_was_in_time_takes_the_days_back()
    {
        await world.RunAsync(World.Midway);
        var returned = world.Ledger()[0];
        var redeemBy = world
            .Decisions()
            .Single(d => d.RuleSet == "expiry" && d.SubjectId == returned.VoucherId)
            .Details.Split(';', '=')[1];
        world.Temp.Execute(
            $"UPDATE voucher SET redeemed_on = '{redeemBy}' WHERE voucher_id = '{returned.VoucherId}'"
        );

        var report = await world.RunAsync(World.Midway.AddDays(1));

        Assert.Empty(report.OutOfBalance);
        Assert.Contains(
            new LedgerRow(
                "2020-07-01",
                "nightly",
                returned.AgreementId,
                returned.VoucherId,
                -returned.Days,
                "reversed"
            ),
            world.Ledger()
        );
        Assert.DoesNotContain(world.DaysGivenBack(), d => d.Voucher == returned.VoucherId);
    }

    [Fact]
    public async Task A_decision_that_no_longer_applies_ends_with_a_row_in_the_history()
    {
        await world.RunAsync(World.Midway);
        var eligible = world
            .Decisions()
            .Where(d => d.RuleSet == "eligibility")
            .Select(d => d.SubjectId)
            .ToList();

        await world.RunAsync(new(2021, 3, 31));

        var gone = eligible.Except(
            world.Decisions().Where(d => d.RuleSet == "eligibility").Select(d => d.SubjectId)
        );
        var ended = world.History().Where(h => h is { RuleSet: "eligibility", Change: "ended" });
        Assert.NotEmpty(gone);
        Assert.Equal(gone.Order(), ended.Select(h => h.SubjectId).Order());
    }

    public void Dispose() => world.Dispose();
}
