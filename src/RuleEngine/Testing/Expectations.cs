using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Testing;

/// <summary>A rule that fired, and the facts it fired on.</summary>
internal sealed record FiredRule(IRuleDefinition Rule, object?[] Facts)
{
    public override string ToString() => $"'{Rule.Name}' on {string.Join(", ", Facts)}";
}

/// <summary>Collects what a test expects, then holds it against what fired.</summary>
internal sealed class Expectations(RulesTestSetup setup)
    : IRulesFiringVerification<IQualifiedRuleFiringVerification>
{
    private readonly List<Expectation> _expected = [];

    public IQualifiedRuleFiringVerification Rule() => Add(setup.Definition(ruleType: null));

    public IQualifiedRuleFiringVerification Rule<TRule>()
        where TRule : Rule => Rule(typeof(TRule));

    public IQualifiedRuleFiringVerification Rule(Type ruleType)
    {
        ArgumentNullException.ThrowIfNull(ruleType);
        return Add(setup.Definition(ruleType));
    }

    /// <summary>Each expectation by itself.</summary>
    public RuleAssertResult Check(IReadOnlyList<FiredRule> fired) =>
        Result(fired, _expected.Where(expected => fired.Count(expected.IsMetBy) != expected.Times.Value));

    /// <summary>The first expectation with the first firing, and so on to the last.</summary>
    public RuleAssertResult CheckSequence(IReadOnlyList<FiredRule> fired)
    {
        var unmet = _expected
            .Where((expected, i) => i >= fired.Count || !expected.IsMetBy(fired[i]))
            .ToList();
        return unmet.Count > 0 || fired.Count == _expected.Count
            ? Result(fired, unmet.Take(1))
            : Failed(fired, $"Expected {_expected.Count} firings, but there were {fired.Count}.");
    }

    private Expectation Add(IRuleDefinition rule)
    {
        var expectation = new Expectation(rule);
        _expected.Add(expectation);
        return expectation;
    }

    private static RuleAssertResult Result(IReadOnlyList<FiredRule> fired, IEnumerable<Expectation> unmet)
    {
        var texts = unmet.Select(expected => $"Expected {expected}.").ToArray();
        return texts.Length == 0
            ? new RuleAssertResult(RuleAssertStatus.Passed, "")
            : Failed(fired, string.Join(Environment.NewLine, texts));
    }

    private static RuleAssertResult Failed(IReadOnlyList<FiredRule> fired, string expected) =>
        new(
            RuleAssertStatus.Failed,
            expected
                + Environment.NewLine
                + (fired.Count == 0 ? "No rule fired." : "Fired, in this order:")
                + string.Concat(fired.Select(one => $"{Environment.NewLine}- {one}"))
        );

    private sealed class Expectation(IRuleDefinition rule) : IQualifiedRuleFiringVerification
    {
        private FactConstraint[] _constraints = [];

        public Times Times { get; private set; } = Times.Once;

        public void Fired(params FactConstraint[] constraints) => Fired(Times.Once, constraints);

        public void Fired(Times times, params FactConstraint[] constraints)
        {
            Times = times;
            _constraints = constraints;
        }

        public bool IsMetBy(FiredRule fired) =>
            fired.Rule == rule && CanAssign(0, new bool[fired.Facts.Length], fired.Facts);

        /// <summary>Whether each constraint from one on has a fact of its own.</summary>
        private bool CanAssign(int constraint, bool[] taken, object?[] facts)
        {
            if (constraint == _constraints.Length)
                return true;
            for (var i = 0; i < facts.Length; i++)
            {
                if (taken[i] || !_constraints[constraint].IsSatisfiedBy(facts[i]))
                    continue;
                taken[i] = true;
                if (CanAssign(constraint + 1, taken, facts))
                    return true;
                taken[i] = false;
            }
            return false;
        }

        public override string ToString() =>
            $"rule '{rule.Name}' to fire {Times}"
            + (
                _constraints.Length == 0
                    ? ""
                    : " on " + string.Join(" and ", _constraints.Select(c => c.Text))
            );
    }
}
