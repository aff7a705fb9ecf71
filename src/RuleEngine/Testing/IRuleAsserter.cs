namespace PlanningServices.RuleEngine.Testing;

/// <summary>Tells a test framework how a verification came out.</summary>
public interface IRuleAsserter
{
    /// <summary>Fails the test when the verification failed.</summary>
    /// <param name="result">How it came out.</param>
    void Assert(RuleAssertResult result);
}

/// <summary>Whether an expectation was met.</summary>
public enum RuleAssertStatus
{
    /// <summary>It was met.</summary>
    Passed = 0,

    /// <summary>It was not met.</summary>
    Failed = 1,
}

/// <summary>How a verification came out.</summary>
/// <param name="ruleName">The rule, when there is one expectation only; else <c>null</c>.</param>
/// <param name="status">Whether all expectations were met.</param>
/// <param name="assertionText">What was verified.</param>
/// <param name="expected">What was expected.</param>
/// <param name="actual">What was found; equal to what was expected when all expectations were met.</param>
public sealed class RuleAssertResult(
    string? ruleName,
    RuleAssertStatus status,
    string assertionText,
    object expected,
    object actual
)
{
    /// <summary>The rule, when there is one expectation only; else <c>null</c>.</summary>
    public string? RuleName { get; } = ruleName;

    /// <summary>Whether all expectations were met.</summary>
    public RuleAssertStatus Status { get; } = status;

    /// <summary>What was verified.</summary>
    public string AssertionText { get; } = assertionText;

    /// <summary>What was expected.</summary>
    public object Expected { get; } = expected;

    /// <summary>What was found; equal to what was expected when all expectations were met.</summary>
    public object Actual { get; } = actual;

    /// <summary>What was verified, what was expected and what was found.</summary>
    /// <returns>The message.</returns>
    public string GetMessage() =>
        string.Join(
            Environment.NewLine,
            (RuleName is null ? "" : $"Rule '{RuleName}': ") + AssertionText,
            $"Expected: {Expected}",
            $"Actual: {Actual}"
        );
}

/// <summary>A verification failed, and no test framework was told to say so.</summary>
public class RuleAssertionException : Exception
{
    /// <summary>Makes the exception.</summary>
    public RuleAssertionException() { }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was expected, and what was found instead.</param>
    public RuleAssertionException(string message)
        : base(message) { }
}

/// <summary>Throws <see cref="RuleAssertionException"/>.</summary>
internal sealed class ThrowingAsserter : IRuleAsserter
{
    public void Assert(RuleAssertResult result)
    {
        if (result.Status == RuleAssertStatus.Failed)
            throw new RuleAssertionException(result.GetMessage());
    }
}
