using Microsoft.Extensions.Options;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;
using PlanningServices.Worker.Settings;
using PlanningServices.Worker.Simulation;

namespace PlanningServices.Worker.Tests.Simulation;

/// <summary>A simulation says exactly what a run under the other pack would decide otherwise.</summary>
public sealed class SimulationTests
{
    private static readonly DateOnly Date = new(2021, 9, 30);

    [Fact]
    public async Task A_pack_against_itself_decides_nothing_otherwise()
    {
        using var world = World.OfSamples();
        var (simulation, differences) = await SimulateAsync(world, World.Pack, World.Pack);
        Assert.Empty(differences);
        Assert.Equal(0, simulation.Flips + simulation.OtherDifferences);
        Assert.Empty(simulation.NewTotals.DifferencesFrom(simulation.OldTotals));
        Assert.Equal((39, 320), (simulation.Customers, simulation.Vouchers));
    }

    [Theory]
    [InlineData("payment.window_days", "90")]
    [InlineData("expiry.life_days", "400")]
    [InlineData("entitlement.days_removed_on", "2022-12-31")]
    [InlineData("payment.tolerance", "500.00")]
    public async Task It_tells_exactly_what_two_runs_differ_in(string parameter, string value)
    {
        var changed = World.Pack.WhatIf(parameter, value);
        using var world = World.Of(customers: 60, seed: 11);
        var (simulation, differences) = await SimulateAsync(world, World.Pack, changed);
        var (swapped, mirrored) = await SimulateAsync(world, changed, World.Pack);
        Assert.NotEmpty(differences);

        // What two runs leave behind, one under each pack.
        var before = Decide(world, World.Pack);
        var after = Decide(world, changed);
        var expected = before
            .Except(after)
            .Select(d => Key(d))
            .Union(after.Except(before).Select(d => Key(d)));
        Assert.Equal(expected.Order(), differences.Select(Key).Order());
        foreach (var d in differences)
        {
            Assert.True(d.Old is null || before.Contains(Row(d.Old)));
            Assert.True(d.New is null || after.Contains(Row(d.New)));
        }

        // The other way round, everything is the other way round.
        Assert.Equal(
            differences.Select(d => (Key(d), d.Old?.Outcome, d.New?.Outcome, d.Money, d.Days)),
            mirrored.Select(d => (Key(d), d.New?.Outcome, d.Old?.Outcome, -d.Money, -d.Days))
        );
        Assert.Equal(simulation.Flips, swapped.Flips);

        // What moved is the sum of what each difference moved.
        foreach (var currency in MoneyBalance.Of(simulation.NewTotals))
        {
            var old = MoneyBalance.Of(simulation.OldTotals).Single(m => m.Currency == currency.Currency);
            Assert.Equal(
                currency.Approved - old.Approved,
                differences.Where(d => d.Currency == currency.Currency).Sum(d => d.Money)
            );
        }

        Assert.Equal(
            simulation.NewTotals.Days.Balance - simulation.OldTotals.Days.Balance,
            differences.Where(d => d.RuleSet == RuleSetName.Entitlement).Sum(d => d.Days)
        );
    }

    [Fact]
    public async Task Nothing_is_written()
    {
        using var world = World.OfSamples();
        await world.RunAsync(Date);
        var before = Everything(world);
        await SimulateAsync(world, World.Pack, World.Pack.WhatIf("payment.window_days", "1"));
        Assert.Equal(before, Everything(world));
    }

    [Fact]
    public async Task A_customer_that_cannot_be_decided_is_told_and_not_compared()
    {
        using var world = World.OfSamples();
        world.Temp.Execute(
            "UPDATE voucher SET engagement = 'never-heard-of' WHERE voucher_id = (SELECT min(voucher_id) FROM voucher)"
        );
        var (simulation, differences) = await SimulateAsync(
            world,
            World.Pack,
            World.Pack.WhatIf("payment.window_days", "1")
        );
        var undecided = Assert.Single(simulation.UndecidedUnderNew);
        Assert.Equal(simulation.UndecidedUnderOld, simulation.UndecidedUnderNew);
        Assert.DoesNotContain(differences, d => d.CustomerId == undecided.CustomerId);
        Assert.NotEmpty(differences);
    }

    [Fact]
    public async Task The_largest_are_ten_of_each_currency_at_most_and_no_smaller_one_is_among_them()
    {
        using var world = World.Of(customers: 200, seed: 3);
        var (simulation, differences) = await SimulateAsync(
            world,
            World.Pack,
            World.Pack.WhatIf("payment.window_days", "1")
        );
        foreach (var currency in differences.Where(d => d.Money != 0).GroupBy(d => d.Currency))
        {
            Assert.Equal(
                currency
                    .OrderByDescending(d => Math.Abs(d.Money))
                    .ThenBy(d => d.SubjectId, StringComparer.Ordinal)
                    .Take(10)
                    .Select(d => d.SubjectId),
                simulation.LargestInMoney.Where(d => d.Currency == currency.Key).Select(d => d.SubjectId)
            );
        }

        Assert.Contains(simulation.LargestInMoney.GroupBy(d => d.Currency), g => g.Count() == 10);
    }

    private static async Task<(SimulationResult, List<Difference>)> SimulateAsync(
        World world,
        PolicyPack oldPack,
        PolicyPack newPack
    )
    {
        var policies = Options.Create(world.Policies);
        var differences = new List<Difference>();
        var simulation = await new Simulator(
            world.Database,
            new(policies),
            World.Book,
            Options.Create(world.Options),
            new(world.Time, Options.Create(new ProgramOptions()))
        ).SimulateAsync(
            oldPack,
            newPack,
            Date,
            differences.Add,
            progress: null,
            TestContext.Current.CancellationToken
        );
        return (simulation, differences);
    }

    /// <summary>What a run under a pack decides, without leaving a trace.</summary>
    private static HashSet<string> Decide(World world, PolicyPack pack)
    {
        var rows = new HashSet<string>(StringComparer.Ordinal);
        using var store = new Store(world.Database);
        var session = World.Book.Open(pack, store.Facts.LoadReferenceData(), Date);
        for (
            var chunk = store.Facts.ReadCustomers("", Checkpoint.AfterAll, 7, 1_000);
            chunk is not null;
            chunk = store.Facts.ReadCustomers(chunk.LastCustomerId, Checkpoint.AfterAll, 7, 1_000)
        )
        {
            foreach (var customer in chunk.Customers.Select(c => session.Decide(c.Facts)))
            {
                rows.UnionWith(customer.Decisions.Select(Row));
            }
        }

        for (
            var chunk = store.Facts.ReadInvoicePayments("", Checkpoint.AfterAll, 7);
            chunk is not null;
            chunk = store.Facts.ReadInvoicePayments(chunk.LastPaymentId, Checkpoint.AfterAll, 7)
        )
        {
            rows.UnionWith(session.Decide([.. chunk.Payments.Select(p => p.Facts)]).Select(Row));
        }

        return rows;
    }

    private static string Row(Decision d) =>
        $"{d.RuleSet} {d.Subject} {d.SubjectId}|{d.Outcome}|{d.Codes}|{d.Details}";

    private static string Key(string row) => row[..row.IndexOf('|', StringComparison.Ordinal)];

    private static string Key(Difference d) => $"{d.RuleSet} {d.Subject} {d.SubjectId}";

    private static IReadOnlyList<string> Everything(World world) =>
        [
            .. world
                .Temp.Query<string>(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
                )
                .Select(table =>
                    table
                    + " "
                    + string.Join(
                        '\n',
                        world.Temp.Query<object>($"SELECT * FROM {table}").Select(r => r.ToString())
                    )
                ),
        ];
}
