namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>The engine against the reference engine.</summary>
public class RandomRulesTests
{
    /// <summary>Each with four scripts: 10,400 cases.</summary>
    private const int RuleSets = 2_600;

    [Fact]
    public void Random_rules_fire_as_their_meaning_says() =>
        RandomCases.Play(stream: 1, RuleSets, Lockstep.Play);
}
