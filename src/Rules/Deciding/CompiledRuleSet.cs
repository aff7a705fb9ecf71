using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Deciding;

/// <summary>The rules of one rule set, compiled: those of one folder.</summary>
internal sealed class CompiledRuleSet
{
    private readonly Dictionary<string, IRuleDefinition> rules;
    private readonly ISessionFactory factory;

    private CompiledRuleSet(RuleSetName name, RuleRepository repository)
    {
        Name = name;
        rules = repository.GetRules().ToDictionary(r => r.Tags.Single(), StringComparer.Ordinal);
        factory = repository.Compile();
    }

    public RuleSetName Name { get; }

    /// <summary>The rule with that finding code.</summary>
    public IRuleDefinition this[string code] => rules[code];

    public IEnumerable<string> Codes => rules.Keys;

    /// <summary>Compiles the rules in the namespace of <typeparamref name="TRuleSet"/>.</summary>
    public static CompiledRuleSet Compile<TRuleSet>(RuleSetName name)
    {
        var repository = new RuleRepository();
        repository.Load(spec =>
            spec.PrivateTypes()
                .From(typeof(TRuleSet).Assembly)
                .Where(rule => rule.RuleType.Namespace == typeof(TRuleSet).Namespace)
                .To(name.Text())
        );
        return new(name, repository);
    }

    public ISession CreateSession() => factory.CreateSession();

    public RuleSession Open() => new(this);
}
