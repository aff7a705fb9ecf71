namespace PlanningServices.RuleEngine.Testing;

/// <summary>
/// A base class for tests of rules: <see cref="Setup"/> takes the rules under test, <see cref="Session"/> the
/// facts, and <see cref="Verify"/> says which rules are expected to have fired.
/// </summary>
public class RulesTestFixture
{
    private readonly RulesTestSetup _setup = new();
    private readonly List<FiredRule> _fired = [];
    private readonly Lazy<ISession> _session;

    /// <summary>Makes a fixture without rules.</summary>
    public RulesTestFixture() => _session = new Lazy<ISession>(CreateSession);

    /// <summary>Fails the test; at first by throwing <see cref="RuleAssertionException"/>.</summary>
    public IRuleAsserter Asserter { get; set; } = new ThrowingAsserter();

    /// <summary>The rules under test.</summary>
    public IRulesTestSetup Setup => _setup;

    /// <summary>A session of the rules; made, and the rules compiled, when it is first read.</summary>
    public ISession Session => _session.Value;

    /// <summary>Verifies how often rules have fired and on what, in whatever order.</summary>
    /// <param name="action">States the expectations.</param>
    public void Verify(Action<IRulesFiringVerification<IQualifiedRuleFiringVerification>> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var expectations = new Expectations(_setup);
        action(expectations);
        Asserter.Assert(expectations.Check(_fired));
    }

    /// <summary>Verifies all firings so far, one by one, in their order.</summary>
    /// <param name="action">States an expectation for each firing.</param>
    public void VerifySequence(Action<IRulesFiringVerification<IRuleFiringVerification>> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        var expectations = new Expectations(_setup);
        action(expectations);
        Asserter.Assert(expectations.CheckSequence(_fired));
    }

    private ISession CreateSession()
    {
        var session = _setup.CreateSession();
        session.Events.RuleFiredEvent += (_, e) =>
            _fired.Add(new FiredRule(e.Rule, e.Facts.Select(fact => fact.Value).ToArray()));
        return session;
    }
}
