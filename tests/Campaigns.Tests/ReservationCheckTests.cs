namespace PlanningServices.Campaigns.Tests;

/// <summary>Many reservations, each asked about and then made.</summary>
public sealed class ReservationCheckTests
{
    [Fact(Explicit = true)]
    public async Task Five_thousand_checks_agree_with_the_night()
    {
        var (asked, yes) = (0, 0);
        foreach (var (seed, date) in new[] { (31UL, new DateOnly(2020, 1, 31)), (32UL, new(2020, 9, 30)) })
        {
            var found = await ReservationChecks.AssertTheNightAgreesAsync(3000, seed, date);
            (asked, yes) = (asked + found.Checked, yes + found.Yes);
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"{asked} asked, {yes} could be reserved");
        Assert.True(asked >= 5000, $"only {asked} asked");
        Assert.InRange(yes, asked / 50, asked);
    }
}
