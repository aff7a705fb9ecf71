namespace PlanningServices.Rules.Engine;

/// <summary>A condition or an action of a rule threw, so the customer it looked at cannot be decided.</summary>
/// <param name="rule">The rule's name.</param>
/// <param name="code">The rule's finding code; empty where it has none.</param>
/// <param name="subject">What the rule looked at, such as <c>voucher V-00042</c>; empty where that cannot be told.</param>
/// <param name="values">The values that it read; may be empty.</param>
/// <param name="inner">What it threw.</param>
public sealed class RuleFaultException(
    string rule,
    string code,
    string subject,
    string values,
    Exception inner
)
    : Exception(
        $"Rule '{rule}' ({code}) failed"
            + (subject.Length > 0 ? $" on {subject}" : "")
            + $": {inner.Message}"
            + (values.Length > 0 ? $" It read: {values}." : ""),
        inner
    )
{
    /// <summary>The rule's name.</summary>
    public string Rule { get; } = rule;

    /// <summary>The rule's finding code; empty where it has none.</summary>
    public string Code { get; } = code;

    /// <summary>What the rule looked at, such as <c>voucher V-00042</c>; empty where that cannot be told.</summary>
    public string Subject { get; } = subject;
}
