using Microsoft.Extensions.Options;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Tests.Support;

/// <summary>
/// The law of ordinary nights: random facts, imports with late corrections, changed partners, activated packs and nights come out
/// as if every night decided everyone.
/// </summary>
internal static class OrdinaryNights
{
    private const int RunnersAtOnce = 3;

    /// <summary>Runs two worlds side by side, one of full nights on a file, one of ordinary nights without an audit.</summary>
    /// <param name="provider">The database of the ordinary nights; on a server three runners work on each night.</param>
    /// <param name="customers">Customers of each world.</param>
    /// <param name="nights">Nights.</param>
    /// <param name="seed">The same seed gives the same facts and nights.</param>
    public static async Task AssertAsIfEveryoneWasDecidedAsync(
        Provider provider,
        int customers,
        int nights,
        int seed
    )
    {
        var random = new Random(seed);
        using var full = new World();
        using var ordinary = new World(provider);
        (ordinary.Options.AuditShare, ordinary.Options.ChunkSize, ordinary.Options.Partitions) = (0m, 3, 4);
        var folder = full.FolderOf(customers, (ulong)seed);
        var night = new DateOnly(2019, 12, 1);
        for (var number = 0; number < nights; number++)
        {
            // Mostly the next days: after a long time nearly everyone is due by date, whatever else happened.
            night = night.AddDays(random.Next(4) == 0 ? random.Next(1, 200) : random.Next(1, 4));
            for (var i = number == 0 ? 1 : random.Next(3); i > 0; i--)
            {
                if (number > 0 && random.Next(4) > 0)
                {
                    DisturbedFacts.DisturbOne(folder, random);
                }
                else if (number > 0)
                {
                    DisturbedFacts.Disturb(folder, random);
                    DisturbedFacts.DisturbPartners(folder, random);
                }

                Assert.Equal(DisturbedFacts.Import(full, folder), DisturbedFacts.Import(ordinary, folder));
            }

            var activates = random.Next(6) == 0;
            if (activates)
            {
                var pack = Pack(number);
                Activate(full, pack, night);
                Activate(ordinary, pack, night);
            }

            var expected = await full.RunAsync(night);
            var reports = await Task.WhenAll(
                Enumerable
                    .Range(0, ordinary.Database.IsServer ? RunnersAtOnce : 1)
                    .Select(_ =>
                        Task.Run(() => ordinary.RunDueAsync(night), TestContext.Current.CancellationToken)
                    )
            );
            AssertSame(expected, reports[0], isFull: number == 0 || activates);
            Assert.Equal(full.Decisions(), ordinary.Decisions());
            Assert.Equal(full.History(), ordinary.History());
            Assert.Equal(full.Ledger(), ordinary.Ledger());
            Assert.Equal(full.Statuses(), ordinary.Statuses());
        }
    }

    private static void AssertSame(RunReport expected, RunReport actual, bool isFull)
    {
        Assert.Equal(isFull, actual.FullBecause is not null);
        Assert.Equal(expected.Status, actual.Status);
        Assert.Empty(expected.OutOfBalance);
        Assert.Empty(actual.OutOfBalance);
        Assert.Empty(expected.Totals.DifferencesFrom(actual.Totals));
        Assert.InRange(actual.Tally.Customers, 0, expected.Tally.Customers);
    }

    /// <summary>The shipped pack with another life of vouchers and another warning; its examples speak of those shipped.</summary>
    private static PolicyPack Pack(int number) =>
        PolicyPackReader.Read(
            "other",
            [
                .. World
                    .Pack.Files.Where(f => !f.Path.StartsWith("scenarios/", StringComparison.Ordinal))
                    .Select(f =>
                        f.Path == "parameters.yaml"
                            ? f with
                            {
                                Text = f
                                    .Text.Replace(
                                        "value: 180",
                                        $"value: {170 + number}",
                                        StringComparison.Ordinal
                                    )
                                    .Replace("value: 14", $"value: {10 + number}", StringComparison.Ordinal),
                            }
                            : f
                    ),
            ]
        );

    private static void Activate(World world, PolicyPack pack, DateOnly from)
    {
        var lifeCycle = new PolicyLifeCycle(
            world.Database,
            World.Book,
            Options.Create(world.Policies),
            world.Time
        );
        lifeCycle.Publish(pack, "Ana");
        lifeCycle.Activate(pack.Hash, from, "Ana");
    }
}
