using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Deciding;

/// <summary>The rules of one rule set, compiled: those of one folder, and those that came with a policy pack.</summary>
internal sealed class CompiledRuleSet
{
    private readonly Dictionary<string, IRuleDefinition> rules;
    private readonly ISessionFactory factory;

    private CompiledRuleSet(
        RuleSetName name,
        IEnumerable<string> codes,
        RuleRepository repository,
        IReadOnlyList<DeclaredRule> delivered
    )
    {
        Name = name;
        Delivered = delivered;
        rules = repository.GetRules().ToDictionary(r => r.Tags.Single(), StringComparer.Ordinal);
        Rules = [.. codes.Select(code => rules[code])];
        factory = repository.Compile();
    }

    public RuleSetName Name { get; }

    /// <summary>Those of the rules that came with a pack.</summary>
    public IReadOnlyList<DeclaredRule> Delivered { get; }

    /// <summary>The rule with that finding code.</summary>
    public IRuleDefinition this[string code] => rules[code];

    /// <summary>The rules in the order of their codes in the rule set's tables.</summary>
    public IReadOnlyList<IRuleDefinition> Rules { get; }

    /// <summary>
    /// Compiles the rules in the namespace of <typeparamref name="TRuleSet"/>, and those that came with a pack.
    /// </summary>
    /// <param name="name">The rule set.</param>
    /// <param name="delivered">The rules that came with a pack.</param>
    /// <param name="codes">The codes of its tables; each has a rule.</param>
    public static CompiledRuleSet Compile<TRuleSet>(
        RuleSetName name,
        DeliveredRules delivered,
        params IEnumerable<string> codes
    )
    {
        var repository = new RuleRepository();
        repository.Load(spec =>
            spec.PrivateTypes()
                .From(typeof(TRuleSet).Assembly)
                .Where(rule => rule.RuleType.Namespace == typeof(TRuleSet).Namespace)
                .To(name.Text())
        );
        var further = delivered.Of(name);
        foreach (var rule in further)
        {
            repository.Load(spec => spec.From(delivered.ClassOf(rule)).To(name.Text()));
        }

        var all = codes.SelectMany(code =>
            further.Where(r => r.After == code).Select(r => r.Code).Prepend(code)
        );
        return new(name, all, repository, further);
    }

    public ISession CreateSession() => factory.CreateSession();

    public RuleSession Open() => new(this);
}
