namespace PlanningServices.Rules.Engine;

/// <summary>Rule classes cannot decide as they are written, so no rule is used.</summary>
public sealed class RuleClassException : Exception
{
    internal RuleClassException(IReadOnlyList<string> faults)
        : base($"The rules cannot be used. {string.Join(" ", faults)}") => Faults = faults;

    /// <summary>What is wrong, each naming the class and the reason.</summary>
    public IReadOnlyList<string> Faults { get; }
}
