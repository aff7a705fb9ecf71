using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Deciding;

/// <summary>The rules of one rule set, compiled: those of one folder.</summary>
internal sealed class CompiledRuleSet
{
    private readonly Dictionary<string, IRuleDefinition> rules;
    private readonly ISessionFactory factory;

    private CompiledRuleSet(RuleSetName name, IEnumerable<string> codes, RuleRepository repository)
    {
        Name = name;
        rules = repository.GetRules().ToDictionary(r => r.Tags.Single(), StringComparer.Ordinal);
        Rules = [.. codes.Select(code => rules[code])];
        factory = repository.Compile();
    }

    public RuleSetName Name { get; }

    /// <summary>The rule with that finding code.</summary>
    public IRuleDefinition this[string code] => rules[code];

    /// <summary>The rules in the order of their codes in the rule set's tables.</summary>
    public IReadOnlyList<IRuleDefinition> Rules { get; }

    /// <summary>Compiles the rules in the namespace of <typeparamref name="TRuleSet"/>.</summary>
    /// <param name="name">The rule set.</param>
    /// <param name="codes">The codes of its tables; each has a rule.</param>
    public static CompiledRuleSet Compile<TRuleSet>(RuleSetName name, IEnumerable<string> codes)
    {
        var repository = new RuleRepository();
        repository.Load(spec =>
            spec.PrivateTypes()
                .From(typeof(TRuleSet).Assembly)
                .Where(rule => rule.RuleType.Namespace == typeof(TRuleSet).Namespace)
                .To(name.Text())
        );
        return new(name, codes, repository);
    }

    public ISession CreateSession() => factory.CreateSession();

    public RuleSession Open() => new(this);
}
