namespace PlanningServices.Rules.Engine;

/// <summary>A condition or an action of a rule threw, so the customer it looked at cannot be decided.</summary>
public sealed class RuleFaultException : Exception
{
    internal RuleFaultException(string rule, string code, string subject, string values, Exception inner)
        : base(
            $"Rule '{rule}' ({code}) failed"
                + (subject.Length > 0 ? $" on {subject}" : "")
                + $": {inner.Message}"
                + (values.Length > 0 ? $" It read: {values}." : ""),
            inner
        ) => (Rule, Code, Subject) = (rule, code, subject);

    /// <summary>The rule's name.</summary>
    public string Rule { get; }

    /// <summary>The rule's finding code.</summary>
    public string Code { get; }

    /// <summary>What the rule looked at, such as <c>voucher V-00042</c>; empty where that cannot be told.</summary>
    public string Subject { get; }
}
