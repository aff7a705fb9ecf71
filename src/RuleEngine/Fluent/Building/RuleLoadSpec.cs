using System.Reflection;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

internal sealed class RuleLoadSpec(IRuleActivator activator) : IRuleLoadSpec
{
    private readonly List<Type> _namedTypes = [];
    private readonly List<Assembly> _assemblies = [];
    private readonly List<Func<IRuleMetadata, bool>> _filters = [];
    private bool _private;
    private bool _nested;

    public string? RuleSetName { get; private set; }

    public IRuleLoadSpec PrivateTypes(bool include = true)
    {
        _private = include;
        return this;
    }

    public IRuleLoadSpec NestedTypes(bool include = true)
    {
        _nested = include;
        return this;
    }

    public IRuleLoadSpec From(params Assembly[] assemblies) => From((IEnumerable<Assembly>)assemblies);

    public IRuleLoadSpec From(IEnumerable<Assembly> assemblies)
    {
        _assemblies.AddRange(assemblies);
        return this;
    }

    public IRuleLoadSpec From(params Type[] types) => From((IEnumerable<Type>)types);

    public IRuleLoadSpec From(IEnumerable<Type> types)
    {
        _namedTypes.AddRange(types);
        return this;
    }

    public IRuleLoadSpec Where(Func<IRuleMetadata, bool> filter)
    {
        _filters.Add(filter);
        return this;
    }

    public IRuleLoadSpec To(string ruleSetName)
    {
        RuleSetName = ruleSetName;
        return this;
    }

    public List<IRuleDefinition> Load()
    {
        var factory = new RuleDefinitionFactory();
        return Types().SelectMany(Activate).Select(factory.Create).ToList();
    }

    /// <summary>Types named one by one are taken as they are; of an assembly, only what the options let in.</summary>
    private IEnumerable<Type> Types() =>
        _assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => (_private || type.IsPublic || type.IsNestedPublic) && (_nested || !type.IsNested))
            .Concat(_namedTypes)
            .Where(type =>
                type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract && !type.ContainsGenericParameters
            )
            .Distinct()
            .Where(type => _filters.Count == 0 || Passes(new RuleMetadata(type)));

    private bool Passes(RuleMetadata metadata) => _filters.TrueForAll(filter => filter(metadata));

    private Rule[] Activate(Type type)
    {
        try
        {
            return activator.Activate(type).ToArray();
        }
        catch (Exception exception)
        {
            throw new RuleActivationException("Failed to activate rule type.", type, exception);
        }
    }
}
