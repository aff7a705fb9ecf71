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
        RuleFaults.ThrowFrom(factory);
    }

    /// <summary>The rule with a finding code.</summary>
    public IRuleDefinition this[string code] => rules[code];

    /// <summary>Compiles the rule classes among some types, whose sessions get the cases among them.</summary>
    /// <param name="types">The types.</param>
    /// <param name="codes">The codes of all tables; each has one rule class.</param>
    /// <exception cref="RuleClassException">A rule class cannot decide as it is written.</exception>
    public static CompiledRules Compile(IReadOnlyList<Type> types, IReadOnlyList<string> codes)
    {
        List<Type> ruleClasses = [.. Those<Rule>(types)];
        if (RuleClassCheck.Faults(ruleClasses, codes, [.. Those<Case>(types)]) is { Count: > 0 } faults)
        {
            throw new RuleClassException(faults);
        }

        var repository = new RuleRepository();
        repository.Load(spec => spec.PrivateTypes().From(types));
        try
        {
            return new(repository);
        }
        catch (RuleCompilationException)
        {
            throw new RuleClassException(RuleClassCheck.CompilationFaults(ruleClasses));
        }
    }

    private static IEnumerable<Type> Those<T>(IEnumerable<Type> types) =>
        types.Where(type => typeof(T).IsAssignableFrom(type) && !type.IsAbstract);

    public RuleSession Open() => new(this, factory.CreateSession());
}
