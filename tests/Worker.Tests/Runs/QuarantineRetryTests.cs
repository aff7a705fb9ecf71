using System.Text.Json;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

/// <summary>A customer in quarantine is decided again, as the night would have decided it.</summary>
public sealed class QuarantineRetryTests
{
    private static readonly DateOnly FirstNight = new(2021, 1, 31);
    private static readonly DateOnly Night = new(2021, 7, 1);

    public static TheoryData<Provider> Providers { get; } = [Provider.Sqlite, Provider.Postgres];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task All_is_then_as_if_the_night_had_decided_it(Provider provider)
    {
        using var undisturbed = World.OfSamples(provider);
        await undisturbed.RunAsync(FirstNight);
        var expected = await undisturbed.RunAsync(Night);
        using var world = World.OfSamples(provider);
        await world.RunAsync(FirstNight);
        var customers = CustomersOf(world);
        Break(world, "'" + string.Join("', '", customers) + "'");
        Assert.Equal(2, (await world.RunAsync(Night)).Quarantined.Count);
        Mend(world);

        var first = world.Retry(customers[0]);
        Assert.Equal(RunStatus.CompletedWithErrors, world.WithStore(s => s.Runs.Find(2))!.Status);
        Assert.Equal([customers[1]], world.WithStore(Quarantine.Now).Select(q => q.Customer.CustomerId));
        world.Retry(customers[1]);

        Assert.Null(first.StillSetAside);
        Assert.True(first.Tally.Changes.Count > 0);
        Assert.Equal(undisturbed.Decisions(), world.Decisions());
        Assert.Equal(undisturbed.History(), world.History());
        Assert.Equal(undisturbed.Ledger(), world.Ledger());
        Assert.Equal(undisturbed.Statuses(), world.Statuses());
        var report = world.WithStore(s => RunReports.Of(s, s.Runs.Find(2)!));
        Assert.Equal(Text(expected.Tally), Text(report.Tally));
        Assert.Equal(Text(expected.Totals.Outcomes), Text(report.Totals.Outcomes));
        Assert.Equal(Text(MoneyBalance.Of(expected.Totals)), Text(MoneyBalance.Of(report.Totals)));
        Assert.Equal(Text(expected.Totals.Days), Text(report.Totals.Days));
        Assert.Empty(report.Totals.SetAside!.Outcomes);
        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.Empty(report.Quarantined);
        Assert.Equal(customers, report.Retried.Select(r => r.Name));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_it_decided_goes_when_the_run_is_taken_back(Provider provider)
    {
        using var world = World.OfSamples(provider);
        await world.RunAsync(FirstNight);
        var (decisions, history, ledger) = (world.Decisions(), world.History(), world.Ledger());
        var customer = CustomersOf(world)[0];
        Break(world, $"'{customer}'");
        await world.RunAsync(Night);
        Mend(world);
        world.Retry(customer);

        world.Runner().Undo(2, "Ana", "the wrong night");

        Assert.Equal(decisions, world.Decisions());
        Assert.Equal(history, world.History());
        Assert.Equal(ledger, world.Ledger());
        Assert.Empty(world.WithStore(Quarantine.Now));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task One_that_still_cannot_be_decided_stays_as_it_is(Provider provider)
    {
        using var world = World.OfSamples(provider);
        await world.RunAsync(FirstNight);
        var customer = CustomersOf(world)[0];
        Break(world, $"'{customer}'");
        await world.RunAsync(Night);
        var (decisions, report) = (
            world.Decisions(),
            Text(world.WithStore(s => RunReports.Of(s, s.Runs.Find(2)!)))
        );

        var retried = world.Retry(customer);

        Assert.Contains("-abolished'", retried.StillSetAside!.Value.Error, StringComparison.Ordinal);
        Assert.Equal(decisions, world.Decisions());
        Assert.Equal(report, Text(world.WithStore(s => RunReports.Of(s, s.Runs.Find(2)!))));
        Assert.Equal([customer], world.WithStore(Quarantine.Now).Select(q => q.Customer.CustomerId));
    }

    [Fact]
    public async Task What_is_not_stored_as_it_was_decided_is_not_stored_at_all()
    {
        using var world = World.OfSamples();
        await world.RunAsync(FirstNight);
        var customer = CustomersOf(world)[0];
        Break(world, $"'{customer}'");
        await world.RunAsync(Night);
        Mend(world);
        world.Temp.Execute(
            "CREATE TRIGGER t AFTER INSERT ON decision_history BEGIN DELETE FROM decision WHERE rule_set = new.rule_set AND subject_id = new.subject_id; END"
        );
        var (decisions, history) = (world.Decisions(), world.History());

        var refused = Assert.Throws<PlanningException>(() => world.Retry(customer));

        Assert.StartsWith("Nothing was written: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.OutOfBalance, refused.ExitCode);
        Assert.Equal(decisions, world.Decisions());
        Assert.Equal(history, world.History());
        Assert.Single(world.WithStore(Quarantine.Now));
    }

    [Fact]
    public async Task One_that_is_not_in_quarantine_is_refused()
    {
        using var world = World.OfSamples();
        await world.RunAsync(Night);

        Assert.Equal(
            "Customer 'C-1' is not in quarantine, so there is nothing to decide again. To see who is: planning quarantine list",
            Assert.Throws<PlanningException>(() => world.Retry("C-1")).Message
        );
    }

    [Fact]
    public async Task It_does_not_come_between_an_unfinished_run()
    {
        using var world = World.OfSamples();
        var customer = CustomersOf(world)[0];
        Break(world, $"'{customer}'");
        await world.RunAsync(FirstNight);
        await world.RunUntilAsync(chunks: 1, Night);

        Assert.StartsWith(
            $"Customer '{customer}' was not decided again: run 2 'nightly' for 2021-07-01 is not at its end.",
            Assert.Throws<PlanningException>(() => world.Retry(customer)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_does_not_go_back_behind_a_later_run()
    {
        using var world = World.OfSamples();
        var customer = CustomersOf(world)[0];
        Break(world, $"'{customer}'");
        await world.RunAsync(FirstNight);
        await world.RunAsync(Night, Job.Named("expiry"));

        Assert.Equal(
            $"Customer '{customer}' was not decided again: run 2 'expiry' for 2021-07-01 is completed since, and decisions do not go back to 2021-01-31. The next nightly run decides it.",
            Assert.Throws<PlanningException>(() => world.Retry(customer)).Message
        );
    }

    /// <summary>Two customers of whom much is decided.</summary>
    private static IReadOnlyList<string> CustomersOf(World world) =>
        world.Temp.Query<string>(
            """
            SELECT a.customer_id FROM agreement a
            JOIN voucher v ON v.agreement_id = a.agreement_id
            JOIN payment_request q ON q.voucher_id = v.voucher_id
            GROUP BY a.customer_id ORDER BY count(*) DESC, a.customer_id
            """
        )
            is [var one, var other, ..]
            ? [.. new[] { one, other }.Order(StringComparer.Ordinal)]
            : [];

    private static void Break(World world, string customers) =>
        world.Temp.Execute(
            $"UPDATE voucher SET engagement = engagement || '-abolished' WHERE agreement_id IN (SELECT agreement_id FROM agreement WHERE customer_id IN ({customers}))"
        );

    private static void Mend(World world) =>
        world.Temp.Execute(
            "UPDATE voucher SET engagement = replace(engagement, '-abolished', '') WHERE engagement LIKE '%-abolished'"
        );

    private static string Text<T>(T value) => JsonSerializer.Serialize(value);
}
