namespace PlanningServices.RuleEngine.Testing;

/// <summary>
/// A base class for tests of rules: <see cref="Setup"/> takes the rules under test, <see cref="Session"/> the
/// facts, and <see cref="Verify"/> says which rules are expected to have fired.
/// </summary>
public class RulesTestFixture
{
    private readonly Lazy<RulesTestHarness> _harness;

    /// <summary>Makes a fixture without rules.</summary>
    public RulesTestFixture() => _harness = new(() => new RulesTestHarness(Setup));

    /// <summary>Fails the test; at first by throwing <see cref="RuleAssertionException"/>.</summary>
    public IRuleAsserter Asserter { get; set; } = new ThrowingAsserter();

    /// <summary>The rules under test.</summary>
    public IRulesTestSetup Setup { get; } = new RulesTestSetup();

    /// <summary>A session of the rules; made, and the rules compiled, when it is first read.</summary>
    public ISession Session => _harness.Value.Session;

    /// <summary>What has fired in the session.</summary>
    public IRuleInvocationRecorder Recorder => _harness.Value.Recorder;

    /// <summary>Verifies how often rules have fired and on what, in whatever order.</summary>
    /// <param name="action">States the expectations.</param>
    public void Verify(Action<IRulesFiringVerification> action) =>
        Asserter.Assert(_harness.Value.GetRulesVerification().Verify(action));

    /// <summary>Verifies all firings so far, one by one, in their order.</summary>
    /// <param name="action">States an expectation for each firing.</param>
    public void VerifySequence(Action<IRuleSequenceFiringVerification> action) =>
        Asserter.Assert(_harness.Value.GetRulesVerification().VerifySequence(action));
}
