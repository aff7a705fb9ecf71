using PlanningServices.Rules.Conditions;

namespace PlanningServices.Rules.Engine;

/// <summary>The rules of all rule sets, compiled once. Threads share it; each customer gets a session of its own.</summary>
internal sealed class CompiledRules
{
    private readonly IReadOnlyList<IRuleDefinition> definitions;
    private readonly Dictionary<string, IRuleDefinition> rules;
    private readonly Dictionary<string, SubjectRule> packRules;
    private readonly Dictionary<IDecisionTable, IDecisionTable> tables;
    private readonly ISessionFactory factory;

    private CompiledRules(
        IReadOnlyList<IRuleDefinition> definitions,
        IReadOnlyDictionary<IDecisionTable, SubjectRule[]> added
    )
    {
        this.definitions = definitions;
        rules = definitions
            .Where(r => r.Tags.Count == 1)
            .ToDictionary(r => r.Tags[0], StringComparer.Ordinal);
        packRules = added
            .Values.SelectMany(r => r)
            .SelectMany(r => r.Codes, (r, c) => (c.Code, Rule: r))
            .ToDictionary(r => r.Code, r => r.Rule, StringComparer.Ordinal);
        tables = added.ToDictionary(a => a.Key, a => a.Key.With(a.Value));
        factory = new RuleCompiler().Compile([
            .. definitions,
            .. added.SelectMany(a => a.Value.Select(a.Key.Definition)),
        ]);
        RuleFaults.ThrowFrom(factory);
        // The first session fills a cache of the factory that NRules does not guard against threads (comparers of facts that
        // aggregates collect). Without this, customers that are decided at the same time at first could fail.
        factory.CreateSession();
    }

    /// <summary>The rule class with a finding code.</summary>
    public IRuleDefinition this[string code] => rules[code];

    /// <summary>The rule of the pack with a finding code; null where the code is that of a rule class.</summary>
    public SubjectRule? PackRule(string code) => packRules.GetValueOrDefault(code);

    /// <summary>A table with what the pack adds to it.</summary>
    public TTable Table<TTable>(TTable table)
        where TTable : IDecisionTable => tables.TryGetValue(table, out var other) ? (TTable)other : table;

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
            return new([.. repository.GetRules()], new Dictionary<IDecisionTable, SubjectRule[]>());
        }
        catch (RuleCompilationException)
        {
            throw new RuleClassException(RuleClassCheck.CompilationFaults(ruleClasses));
        }
    }

    /// <summary>These rules with those of a pack beside them.</summary>
    /// <param name="added">The rules that are added to tables.</param>
    public CompiledRules With(IReadOnlyDictionary<IDecisionTable, SubjectRule[]> added) =>
        new(definitions, added);

    private static IEnumerable<Type> Those<T>(IEnumerable<Type> types) =>
        types.Where(type => typeof(T).IsAssignableFrom(type) && !type.IsAbstract);

    /// <summary>A session.</summary>
    /// <param name="customer">The customer that is decided in it; absent where the cases belong to none.</param>
    public RuleSession Open(CustomerData? customer = null) => new(this, factory.CreateSession(), customer);
}
