using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Tests.Finance;

public sealed class ExceptionLawTests
{
    private static readonly HashSet<string> NothingToLookAt = ["NothingDue", "Due", "Paid", "Matched"];

    /// <summary>What a person finds who reads the listings of all nights, one after another.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task In_random_nights_exceptions_open_and_close_as_the_listings_show_it(int seed)
    {
        var random = new Random(seed);
        using var world = new World();
        var folder = world.FolderOf(customers: 12, (ulong)seed);
        var night = new DateOnly(2020, 1, 1);
        var finance = new FinanceDesk(world.Database);
        var desk = new ExceptionDesk(world.Database, finance, world.Time);
        var expected = new Dictionary<DateOnly, string[]>();
        var open = new Dictionary<string, (DateOnly Since, int Number)>(StringComparer.Ordinal);
        var times = new Dictionary<string, int>(StringComparer.Ordinal);
        var reopened = 0;
        for (var number = 0; number < 6; number++)
        {
            DisturbedFacts.Import(world, folder);
            night = night.AddDays(random.Next(1, 150));
            await world.RunDueAsync(night);
            var found = Found(finance, night);
            foreach (var id in open.Keys.Except(found, StringComparer.Ordinal).ToList())
            {
                open.Remove(id);
            }

            foreach (var id in found.Where(id => !open.ContainsKey(id)))
            {
                times[id] = times.GetValueOrDefault(id) + 1;
                reopened += times[id] > 1 ? 1 : 0;
                open.Add(id, (night, times[id]));
            }

            expected.Add(night, [.. found.Select(id => Line(id, open[id].Since, open[id].Number))]);
            DisturbedFacts.Disturb(folder, random);
        }

        foreach (var (date, lines) in expected)
        {
            Assert.Equal(
                lines,
                desk.List(finance.Night(date)).Select(e => Line(e.Subject.Id, e.OpenedOn, e.Number))
            );
            AssertPagesAreTheList(desk, finance.Night(date), lines.Length);
        }

        Assert.True(expected.Values.Sum(l => l.Length) > 20);
        Assert.True(reopened > 0);
    }

    /// <summary>From any exception on, a page goes on with those after it; and they are counted as they are listed.</summary>
    private static void AssertPagesAreTheList(ExceptionDesk desk, FinanceNight night, int count)
    {
        var all = desk.List(night).ToList();
        Assert.Equal(
            (count, all.Count(e => e.IsLate)),
            desk.Count(night, ExceptionFilter.All, desk.Open(night))
        );
        Assert.Equal(all, desk.After(night, ExceptionFilter.All, after: null));
        foreach (var (index, exception) in all.Index())
        {
            Assert.Equal(
                all.Skip(index + 1).Take(3),
                desk.After(night, ExceptionFilter.All, new(exception.Subject.Type, exception.Subject.Id))
                    .Take(3)
            );
        }

        var filter = new ExceptionFilter { Kind = ExceptionKind.Overdue, OnlyLate = true };
        Assert.Equal(
            all.Where(e => e.Kind == ExceptionKind.Overdue && e.IsLate),
            desk.After(night, filter, after: null)
        );
        Assert.Equal(desk.List(night, filter), desk.After(night, filter, after: null));
    }

    private static List<string> Found(FinanceDesk finance, DateOnly date)
    {
        var night = finance.Night(date);
        return
        [
            .. finance
                .Requests(night)
                .Where(l => l.OnHold > 0 || !NothingToLookAt.Contains(l.Outcome))
                .Select(l => l.RequestId),
            .. finance
                .Payments(night)
                .Where(l => !NothingToLookAt.Contains(l.Outcome))
                .Select(l => l.PaymentId),
        ];
    }

    private static string Line(string id, DateOnly since, int number) =>
        FormattableString.Invariant($"{id} {since:O} {number}");
}
