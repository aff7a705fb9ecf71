using PlanningServices.Rules.Tests.Policies;

namespace PlanningServices.Rules.Tests;

/// <summary>The rules shown in <c>docs/how-rules-run.md</c> are the rules as they stand.</summary>
public class HowRulesRunTests
{
    [Theory]
    [InlineData("Retirement/CreatedLate.cs")]
    [InlineData("Expiry/LifeEnded.cs")]
    [InlineData("Entitlement/AccrualEnded.cs")]
    [InlineData("Eligibility/NotCompetent.cs")]
    [InlineData("Payments/DuplicateRequest.cs")]
    [InlineData("Reconciliation/PaidTwice.cs")]
    public void A_rule_is_shown_as_it_stands(string file)
    {
        var source = Text("src", "Rules", "RuleSets", file);

        Assert.Contains(
            source[source.IndexOf("/// <summary>", StringComparison.Ordinal)..].Trim(),
            Text("docs", "how-rules-run.md"),
            StringComparison.Ordinal
        );
    }

    private static string Text(params string[] path) =>
        File.ReadAllText(Path.Combine([Packs.Folder, "..", "..", .. path]));
}
