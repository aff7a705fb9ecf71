namespace PlanningServices.Rules.Engine;

/// <summary>Rule classes cannot decide as they are written, so no rule is used.</summary>
/// <param name="faults">What is wrong, each naming the class and the reason.</param>
public sealed class RuleClassException(IReadOnlyList<string> faults)
    : Exception($"The rules cannot be used. {string.Join(" ", faults)}")
{
    /// <summary>What is wrong, each naming the class and the reason.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
