namespace PlanningServices.Rules.Engine;

/// <summary>The rules of all rule sets, compiled once. Threads share it; each customer gets a session of its own.</summary>
internal sealed class CompiledRules
{
    private readonly Dictionary<string, IRuleDefinition> rules;
    private readonly ISessionFactory factory;

    private CompiledRules(RuleRepository repository)
    {
        rules = repository
            .GetRules()
            .Where(r => r.Tags.Count == 1)
            .ToDictionary(r => r.Tags[0], StringComparer.Ordinal);
        factory = repository.Compile();
    }

    /// <summary>The rule with a finding code.</summary>
    public IRuleDefinition this[string code] => rules[code];

    /// <summary>Compiles the rule classes among some types.</summary>
    public static CompiledRules Compile(IEnumerable<Type> types)
    {
        var repository = new RuleRepository();
        repository.Load(spec => spec.PrivateTypes().From(types));
        return new(repository);
    }

    public RuleSession Open() => new(this, factory.CreateSession());
}
