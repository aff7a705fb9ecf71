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
public sealed class RuleAssertResult
{
    private readonly string _message;

    internal RuleAssertResult(RuleAssertStatus status, string message)
    {
        Status = status;
        _message = message;
    }

    /// <summary>Whether all expectations were met.</summary>
    public RuleAssertStatus Status { get; }

    /// <summary>What was expected and what fired instead.</summary>
    /// <returns>The message; empty when all expectations were met.</returns>
    public string GetMessage() => _message;
}

/// <summary>A verification failed, and no test framework was told to say so.</summary>
public class RuleAssertionException : Exception
{
    internal RuleAssertionException(string message)
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
