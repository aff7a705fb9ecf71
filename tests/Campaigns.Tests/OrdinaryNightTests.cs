using System.Globalization;

namespace PlanningServices.Campaigns.Tests;

/// <summary>Many ordinary nights, on a file and on a server, beside full ones.</summary>
public sealed class OrdinaryNightTests
{
    [Fact(Explicit = true)]
    public async Task Many_random_nights_and_imports_come_out_as_if_everyone_was_decided()
    {
        var first = int.TryParse(
            Environment.GetEnvironmentVariable("PLANNING_TEST_SEED"),
            CultureInfo.InvariantCulture,
            out var given
        )
            ? given
            : Environment.TickCount & 0xFFFFF;
        TestContext.Current.TestOutputHelper!.WriteLine($"To repeat: PLANNING_TEST_SEED={first}");
        for (var seed = first; seed < first + 10; seed++)
        {
            await OrdinaryNights.AssertAsIfEveryoneWasDecidedAsync(
                seed % 5 == 0 ? Provider.Postgres : Provider.Sqlite,
                customers: 60,
                nights: 8,
                seed
            );
        }
    }
}
