using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>All rules of a session factory.</summary>
internal sealed class CompiledRules
{
    private CompiledRules(CompiledRule[] rules, FactIdentityComparerRegistry identities)
    {
        Rules = rules;
        Identities = identities;
        Priorities = rules.Select(rule => rule.Definition.Priority).Distinct().OrderDescending().ToArray();
        foreach (var rule in rules)
            rule.Rank = Array.IndexOf(Priorities, rule.Definition.Priority);
    }

    public CompiledRule[] Rules { get; }

    public FactIdentityComparerRegistry Identities { get; }

    public AlphaNetwork Alpha { get; } = new();

    /// <summary>The priorities of the rules, highest first.</summary>
    public int[] Priorities { get; }

    /// <summary>How many inputs for facts the rules have; they are numbered from 1.</summary>
    public int InputCount { get; private set; }

    public static CompiledRules Compile(
        IEnumerable<IRuleDefinition> definitions,
        FactIdentityComparerRegistry identities,
        CancellationToken cancellationToken
    )
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var rules = new List<CompiledRule>();
        foreach (var definition in definitions)
        {
            if (!names.Add(definition.Name))
            {
                throw new RuleCompilationException(
                    $"Two rules are named '{definition.Name}'. Give one of them another name.",
                    definition.Name
                );
            }
            rules.Add(new CompiledRule(definition, rules.Count));
        }
        var compiled = new CompiledRules(rules.ToArray(), identities);
        foreach (var rule in compiled.Rules)
        {
            cancellationToken.ThrowIfCancellationRequested();
            compiled.Add(rule);
        }
        return compiled;
    }

    private void Add(CompiledRule rule)
    {
        try
        {
            rule.Compile(Alpha);
        }
        catch (Exception exception) when (exception is not RuleCompilationException)
        {
            throw new RuleCompilationException(
                $"Rule '{rule.Definition.Name}' cannot be compiled: {exception.Message}",
                rule.Definition.Name,
                exception
            );
        }
        foreach (var branch in rule.Branches)
        {
            // A fact reaches the steps at the end of a rule first, so that those before find it there.
            foreach (var input in branch.Inputs.Reverse())
            {
                input.Number = ++InputCount;
                Alpha.Add(input);
            }
        }
    }
}
