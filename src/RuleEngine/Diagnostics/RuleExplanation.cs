using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Diagnostics;

/// <summary>Why a rule matches given facts, or why not.</summary>
public sealed class RuleExplanation
{
    internal RuleExplanation(IRuleDefinition rule, bool isMatch, IReadOnlyList<StepExplanation> steps)
    {
        Rule = rule;
        IsMatch = isMatch;
        Steps = steps;
    }

    /// <summary>The rule.</summary>
    public IRuleDefinition Rule { get; }

    /// <summary>Whether all steps hold together.</summary>
    public bool IsMatch { get; }

    /// <summary>The steps of the rule, as far as it came with these facts, and one more: the one that does not hold.</summary>
    public IReadOnlyList<StepExplanation> Steps { get; }

    /// <summary>The step that does not hold; <c>null</c> when the rule matches.</summary>
    public StepExplanation? FailedStep => IsMatch ? null : Steps[^1];

    /// <summary>The explanation as text, a line for each step.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"Rule '{Rule.Name}' {(IsMatch ? "matches" : "does not match")}."
        );
        foreach (var step in Steps)
            text.Append('\n').Append(step);
        return text.ToString();
    }
}

/// <summary>One step of a rule: a pattern, a quantifier, a query or a binding.</summary>
public sealed class StepExplanation
{
    internal StepExplanation(
        RuleLeftElement element,
        string text,
        bool holds,
        object? value,
        IReadOnlyList<ConditionExplanation> failures
    )
    {
        Element = element;
        Text = text;
        Holds = holds;
        Value = value;
        Failures = failures;
    }

    /// <summary>The step in the rule's model, for those who word explanations themselves.</summary>
    public RuleLeftElement Element { get; }

    /// <summary>The step, as in the rule: <c>Match Voucher voucher</c>.</summary>
    public string Text { get; }

    /// <summary>Whether it holds, given the steps before it.</summary>
    public bool Holds { get; }

    /// <summary>The fact or value it bound; for Not and All that do not hold, the fact in the way.</summary>
    public object? Value { get; }

    /// <summary>For facts that do not match, which condition failed first; at most the first ten facts.</summary>
    public IReadOnlyList<ConditionExplanation> Failures { get; }

    /// <summary>The step as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"  {(Holds ? "holds" : "FAILS")}  {Text}");
        if (Value is not null)
            text.Append(CultureInfo.InvariantCulture, $": {Value}");
        foreach (var failure in Failures)
            text.Append(CultureInfo.InvariantCulture, $"\n         {failure}");
        return text.ToString();
    }
}

/// <summary>A condition that is false for a fact.</summary>
public sealed class ConditionExplanation
{
    internal ConditionExplanation(
        object? fact,
        LambdaExpression condition,
        IReadOnlyList<object?> arguments,
        IReadOnlyList<ReadValue> values,
        Exception? exception
    )
    {
        Fact = fact;
        Condition = condition;
        Arguments = arguments;
        Values = values;
        Exception = exception;
    }

    /// <summary>The fact, or the result of a query.</summary>
    public object? Fact { get; }

    /// <summary>The condition in the rule's model; its parameters are the variables it reads.</summary>
    public LambdaExpression Condition { get; }

    /// <summary>The values of the condition's parameters, in their order.</summary>
    public IReadOnlyList<object?> Arguments { get; }

    /// <summary>The text of the condition.</summary>
    public string Expression => Condition.Body.ToString();

    /// <summary>What the condition read.</summary>
    public IReadOnlyList<ReadValue> Values { get; }

    /// <summary>What the condition threw; <c>null</c> when it was false.</summary>
    public Exception? Exception { get; }

    /// <summary>The condition as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var what = Exception is null ? "is false" : $"threw '{Exception.Message}'";
        var values = Values.Count > 0 ? $" where {string.Join(", ", Values)}" : "";
        return $"{Expression} {what} for {Fact}{values}";
    }
}

/// <summary>A value that a condition read.</summary>
/// <param name="Expression">What was read: <c>voucher.ExpiresOn</c>.</param>
/// <param name="Value">Its value.</param>
public sealed record ReadValue(string Expression, object? Value)
{
    /// <summary>The value as text; numbers and dates without regard to culture.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Expression} = {Value switch
        {
            null => "null",
            string text => $"'{text}'",
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            var other => other,
        }}"
        );
}
