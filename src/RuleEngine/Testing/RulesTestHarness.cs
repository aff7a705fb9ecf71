using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Testing;

/// <summary>The rules under test, compiled, with a session that notes what fires.</summary>
public class RulesTestHarness
{
    private readonly RulesUnderTest _rules;
    private readonly RuleInvocationRecorder _recorder;

    /// <summary>Compiles the rules under test and makes a session of them.</summary>
    /// <param name="setup">The rules under test.</param>
    /// <exception cref="RuleCompilationException">A rule cannot be compiled.</exception>
    public RulesTestHarness(IRulesTestSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var compiler = new RuleCompiler();
        setup.CompilerSetupAction?.Invoke(compiler);
        _rules = new RulesUnderTest(setup.Rules);
        Session = compiler.Compile(setup.Rules.Select(rule => rule.Definition)).CreateSession();
        _recorder = new RuleInvocationRecorder(Session);
    }

    /// <summary>The rules under test.</summary>
    public IRulesUnderTest RuleSet => _rules;

    /// <summary>The session.</summary>
    public ISession Session { get; }

    /// <summary>What has fired in the session.</summary>
    public IRuleInvocationRecorder Recorder => _recorder;

    /// <summary>Holds expectations against what has fired until now.</summary>
    /// <returns>Takes the expectations.</returns>
    public IRulesVerification GetRulesVerification() =>
        new RulesVerification(_rules, _recorder.GetInvocations());
}

/// <summary>Holds expectations against what has fired.</summary>
public interface IRulesVerification
{
    /// <summary>Verifies how often rules have fired and on what, in whatever order.</summary>
    /// <param name="action">States the expectations.</param>
    /// <returns>How it came out.</returns>
    /// <exception cref="ArgumentException">An expectation is about a rule that is not under test.</exception>
    RuleAssertResult Verify(Action<IRulesFiringVerification> action);

    /// <summary>Verifies all firings, one by one, in their order.</summary>
    /// <param name="action">States an expectation for each firing.</param>
    /// <returns>How it came out.</returns>
    /// <exception cref="ArgumentException">An expectation is about a rule that is not under test.</exception>
    RuleAssertResult VerifySequence(Action<IRuleSequenceFiringVerification> action);
}

internal sealed class RulesVerification(IRulesUnderTest rules, IReadOnlyList<IMatch> fired)
    : IRulesVerification
{
    public RuleAssertResult Verify(Action<IRulesFiringVerification> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var expectations = new ExpectedFirings(rules);
        action(expectations);
        return expectations.Check(fired);
    }

    public RuleAssertResult VerifySequence(Action<IRuleSequenceFiringVerification> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var expectations = new ExpectedSequence(rules);
        action(expectations);
        return expectations.Check(fired);
    }
}
