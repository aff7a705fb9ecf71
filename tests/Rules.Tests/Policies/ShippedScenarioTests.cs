using PlanningServices.Rules.Policies.Scenarios;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>The scenarios that travel with the shipped pack hold, and leave no finding code without an example.</summary>
public class ShippedScenarioTests
{
    private static readonly IReadOnlyList<ScenarioResult> Results = ScenarioRunner.Run(
        Packs.Shipped,
        Books.Rules
    );

    public static TheoryData<string, string> Names =>
        [.. Results.Select(r => (r.Scenario.File, r.Scenario.Name))];

    public static TheoryData<string> Codes => [.. FindingCodes.All];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_shipped_scenario_holds(string file, string name) =>
        Assert.Empty(Results.Single(r => r.Scenario.File == file && r.Scenario.Name == name).Differences);

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_finding_code_has_a_shipped_scenario(string code) =>
        Assert.Contains(
            Packs.Shipped.Scenarios.SelectMany(s => s.Expected).SelectMany(e => e.Codes.Split(';')),
            found => found == code
        );

    [Fact]
    public void One_scenario_shows_a_voucher_from_the_grant_to_the_payment_with_nothing_left_out() =>
        Assert.Contains(Packs.Shipped.Scenarios, s => s.File == "scenarios/happy-path.yaml" && s.IsExact);
}
