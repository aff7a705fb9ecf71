using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Testing;

/// <summary>Collects what a test expects, then holds it against what fired.</summary>
internal abstract class Expectations<TVerification>(IRulesUnderTest rules)
    : IRulesFiringVerification<TVerification>
{
    protected List<Expectation> Expected { get; } = [];

    public TVerification Rule() => Add(rules.GetSingle());

    public TVerification Rule<TRule>()
        where TRule : Rule => Rule(typeof(TRule));

    public TVerification Rule(Type ruleType) => Add(rules.GetRuleInfo(ruleType));

    public TVerification Rule(string ruleName) => Add(rules.GetRuleInfo(ruleName));

    public abstract RuleAssertResult Check(IReadOnlyList<IMatch> fired);

    protected abstract TVerification Write(Expectation expectation);

    protected RuleAssertResult Result(string what, IReadOnlyList<IMatch> fired, string? unmet)
    {
        var ruleName = Expected is [var only] ? only.RuleName : null;
        if (unmet is null)
        {
            var met = string.Join("; ", Expected);
            return new RuleAssertResult(ruleName, RuleAssertStatus.Passed, what, met, met);
        }
        var found =
            fired.Count == 0
                ? "no rule fired"
                : "fired, in this order:"
                    + string.Concat(fired.Select(one => $"{Environment.NewLine}- {one}"));
        return new RuleAssertResult(ruleName, RuleAssertStatus.Failed, what, unmet, found);
    }

    private TVerification Add(RuleInfo rule)
    {
        var expectation = new Expectation(rule.Definition);
        Expected.Add(expectation);
        return Write(expectation);
    }
}

/// <summary>Each expectation by itself.</summary>
internal sealed class ExpectedFirings(IRulesUnderTest rules)
    : Expectations<IQualifiedRuleFiringVerification>(rules),
        IRulesFiringVerification
{
    public override RuleAssertResult Check(IReadOnlyList<IMatch> fired)
    {
        var unmet = string.Join("; ", Expected.Where(one => fired.Count(one.IsMetBy) != one.Times.Value));
        return Result("Rules fire as often as expected", fired, unmet.Length == 0 ? null : unmet);
    }

    protected override IQualifiedRuleFiringVerification Write(Expectation expectation) => expectation;
}

/// <summary>The first expectation with the first firing, and so on to the last.</summary>
internal sealed class ExpectedSequence(IRulesUnderTest rules)
    : Expectations<IRuleFiringVerification>(rules),
        IRuleSequenceFiringVerification
{
    public override RuleAssertResult Check(IReadOnlyList<IMatch> fired)
    {
        var unmet = Expected
            .Where((expected, i) => i >= fired.Count || !expected.IsMetBy(fired[i]))
            .Select(expected => expected.ToString())
            .FirstOrDefault(fired.Count == Expected.Count ? null : $"{Expected.Count} firings");
        return Result("Rules fire in the expected order", fired, unmet);
    }

    protected override IRuleFiringVerification Write(Expectation expectation) => expectation;
}

/// <summary>What is expected of a rule.</summary>
internal sealed class Expectation(IRuleDefinition rule) : IQualifiedRuleFiringVerification
{
    private FactConstraint[] _constraints = [];

    public string RuleName => rule.Name;

    public Times Times { get; private set; } = Times.Once;

    public void Fired(params FactConstraint[] constraints) => Fired(Times.Once, constraints);

    public void Fired(Times times, params FactConstraint[] constraints)
    {
        Times = times;
        _constraints = constraints;
    }

    /// <summary>Whether a firing is as expected; the constraints' callbacks are told its facts when it is.</summary>
    public bool IsMetBy(IMatch fired)
    {
        var assigned = new IFactMatch[_constraints.Length];
        if (fired.Rule != rule || !CanAssign(0, assigned, fired.Facts.ToArray()))
            return false;
        for (var i = 0; i < assigned.Length; i++)
            _constraints[i].Tell(assigned[i]);
        return true;
    }

    /// <summary>Whether each constraint from one on has a fact of its own.</summary>
    private bool CanAssign(int constraint, IFactMatch[] assigned, IFactMatch[] facts)
    {
        if (constraint == assigned.Length)
            return true;
        foreach (var fact in facts.Except(assigned.Take(constraint)))
        {
            assigned[constraint] = fact;
            if (_constraints[constraint].IsSatisfiedBy(fact) && CanAssign(constraint + 1, assigned, facts))
                return true;
        }
        return false;
    }

    public override string ToString() =>
        $"rule '{rule.Name}' to fire {Times}"
        + (
            _constraints.Length == 0
                ? ""
                : " on " + string.Join(" and ", _constraints.Select(constraint => constraint.Text))
        );
}
