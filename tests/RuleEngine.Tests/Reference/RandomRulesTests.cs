using CsCheck;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>
/// The engine against the reference engine. A failure prints the shrunk case and the seed that makes it again:
/// pass it as <c>seed:</c>, or in the environment as <c>CsCheck_Seed</c>.
/// </summary>
public class RandomRulesTests
{
    private const int RuleSets = 4_000;

    [Fact]
    public void Random_rules_fire_as_their_meaning_says() =>
        Case.Any.Sample(Lockstep.Play, iter: RuleSets, print: random => random.ToString());
}
