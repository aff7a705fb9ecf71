using System.Runtime.Loader;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Deciding;

/// <summary>The rule classes that came with a policy pack: one for each rule the pack declares.</summary>
internal sealed class DeliveredRules
{
    public static readonly DeliveredRules None = new(pack: null, []);

    private readonly PolicyPack? pack;
    private readonly Dictionary<string, Type> classes;

    private DeliveredRules(PolicyPack? pack, Dictionary<string, Type> classes)
    {
        this.pack = pack;
        this.classes = classes;
        Contexts = [.. classes.Values.Select(c => AssemblyLoadContext.GetLoadContext(c.Assembly))];
    }

    /// <summary>
    /// The contexts that resolve what the classes refer to when it is first used: a class does not keep its own alive.
    /// </summary>
    public IReadOnlyList<AssemblyLoadContext?> Contexts { get; }

    /// <summary>The pack they came with; absent where there are none.</summary>
    public string? PackHash => pack?.Hash;

    /// <summary>Those of one rule set, in the order of their declaration.</summary>
    public IReadOnlyList<DeclaredRule> Of(RuleSetName ruleSet) =>
        pack is null ? [] : [.. pack.Rules.Where(r => r.RuleSet == ruleSet)];

    public Type ClassOf(DeclaredRule rule) => classes[rule.Code];

    /// <summary>Checks the rule classes among some types against what the pack declares.</summary>
    /// <exception cref="PolicyPackException">They are not the ones declared, or one is not well written.</exception>
    public static DeliveredRules Check(PolicyPack pack, IEnumerable<Type> types)
    {
        var found = new Dictionary<string, Type>(StringComparer.Ordinal);
        var faults = new List<PolicyFault>();
        var names = RuleClassesAmong(typeof(DeliveredRules).Assembly.GetTypes())
            .Select(t => new RuleMetadata(t).Name)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var type in RuleClassesAmong(types))
        {
            var metadata = new RuleMetadata(type);
            var declared = pack.Rules.FirstOrDefault(r => metadata.IsTagged(r.Code));
            var line = declared?.Line ?? 0;
            var name = type.FullName!;
            if (metadata.Tags.Length != 1)
            {
                Add(
                    line,
                    $"rule class '{name}' has {metadata.Tags.Length} tags. Expected one, its finding code."
                );
            }
            else if (declared is null)
            {
                Add(
                    line,
                    $"rule class '{name}' has the tag '{metadata.Tags[0]}', which is not declared. Declare it, or take the class away."
                );
            }
            else if (!found.TryAdd(declared.Code, type))
            {
                Add(
                    line,
                    $"rule '{declared.Code}' has two classes, '{found[declared.Code].FullName}' and '{name}'. Keep one."
                );
            }
            else if (metadata.Name == name || metadata.Description.Length == 0)
            {
                Add(
                    line,
                    $"rule class '{name}' has no {(metadata.Name == name ? "[Name]" : "[Description]")}. Add one; people read it."
                );
            }
            else if (!names.Add(metadata.Name))
            {
                Add(line, $"rule class '{name}': another rule is named '{metadata.Name}'. Name them apart.");
            }
            else if (DefinitionFault(type) is { } fault)
            {
                Add(line, fault);
            }
        }

        foreach (var rule in pack.Rules.Where(r => !found.ContainsKey(r.Code)))
        {
            Add(rule.Line, $"rule '{rule.Code}' has no class. Expected one with [Tag(\"{rule.Code}\")].");
        }

        return faults.Count == 0 ? new(pack, found) : throw new PolicyPackException(faults);

        void Add(int line, FormattableString message) =>
            faults.Add(pack.FaultInRules(line, FormattableString.Invariant(message)));
    }

    private static IEnumerable<Type> RuleClassesAmong(IEnumerable<Type> types) =>
        types.Where(t => t.IsSubclassOf(typeof(Rule)) && !t.IsAbstract);

    /// <summary>Why the rule cannot be compiled by itself; null where it can.</summary>
    private static FormattableString? DefinitionFault(Type type)
    {
        try
        {
            var repository = new RuleRepository();
            repository.Load(spec => spec.From(type));
            repository.Compile();
            return null;
        }
        catch (Exception e)
        {
            return $"rule class '{type.FullName}' is not well written: {e.Message}";
        }
    }
}
