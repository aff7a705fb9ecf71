using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Deciding;

/// <summary>The rules of one rule set, compiled: those of one folder.</summary>
internal sealed class CompiledRuleSet
{
    private readonly ISessionFactory factory;

    private CompiledRuleSet(RuleSetName name, IReadOnlyList<IRuleDefinition> rules, ISessionFactory factory)
    {
        Name = name;
        Rules = rules;
        this.factory = factory;
    }

    public RuleSetName Name { get; }

    /// <summary>The rules in the order of the rule set's codes.</summary>
    public IReadOnlyList<IRuleDefinition> Rules { get; }

    /// <summary>Compiles the rules in the namespace of <typeparamref name="TRuleSet"/>.</summary>
    /// <param name="name">The rule set.</param>
    /// <param name="codes">The codes of its rules; a rule with another is an error.</param>
    public static CompiledRuleSet Compile<TRuleSet>(RuleSetName name, IEnumerable<string> codes)
    {
        var repository = new RuleRepository();
        repository.Load(spec =>
            spec.PrivateTypes()
                .From(typeof(TRuleSet).Assembly)
                .Where(rule => rule.RuleType.Namespace == typeof(TRuleSet).Namespace)
                .To(name.Text())
        );
        var rules = repository.GetRules().ToDictionary(r => r.Tags.Single(), StringComparer.Ordinal);
        return new(name, [.. codes.Select(c => rules[c])], repository.Compile());
    }

    public RuleSession Open() => new(factory);
}
