using System.Reflection;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

internal sealed class RuleLoadSpec(IRuleActivator activator) : IRuleLoadSpec
{
    private readonly RuleTypeScanner _scanner = new();
    private readonly List<Func<IRuleMetadata, bool>> _filters = [];

    public string? RuleSetName { get; private set; }

    public IRuleLoadSpec PrivateTypes(bool include = true) => From(scan => scan.PrivateTypes(include));

    public IRuleLoadSpec NestedTypes(bool include = true) => From(scan => scan.NestedTypes(include));

    public IRuleLoadSpec From(params Assembly[] assemblies) => From(scan => scan.Assembly(assemblies));

    public IRuleLoadSpec From(IEnumerable<Assembly> assemblies) => From(assemblies.ToArray());

    public IRuleLoadSpec From(params Type[] types) => From(scan => scan.Type(types));

    public IRuleLoadSpec From(IEnumerable<Type> types) => From(types.ToArray());

    public IRuleLoadSpec From(Action<IRuleTypeScanner> scanAction)
    {
        ArgumentNullException.ThrowIfNull(scanAction);
        scanAction(_scanner);
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
        return _scanner
            .GetRuleTypes()
            .Where(type => _filters.Count == 0 || Passes(new RuleMetadata(type)))
            .SelectMany(Activate)
            .Select(factory.Create)
            .ToList();
    }

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
