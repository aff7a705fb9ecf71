using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Testing;

internal sealed class RulesTestSetup : IRulesTestSetup
{
    private readonly RuleActivator _activator = new();
    private readonly RuleDefinitionFactory _definitions = new();
    private readonly List<RuleInfo> _rules = [];

    public IReadOnlyCollection<RuleInfo> Rules => _rules;

    public Action<RuleCompiler> CompilerSetupAction { get; set; } = static _ => { };

    public void Rule<T>()
        where T : Rule => Rule(typeof(T));

    public void Rule(Type ruleType)
    {
        if (!RuleTypeScanner.IsRuleType(ruleType))
            return;
        foreach (var rule in _activator.Activate(ruleType))
            Rule(rule);
    }

    public void Rule(Rule ruleInstance) =>
        Add(new RuleInfo(ruleInstance.GetType(), ruleInstance, _definitions.Create(ruleInstance)));

    public void Rule(IRuleDefinition ruleDefinition)
    {
        ArgumentNullException.ThrowIfNull(ruleDefinition);
        Add(new RuleInfo(ruleDefinition));
    }

    private void Add(RuleInfo added)
    {
        if (added.Type is not null && _rules.Exists(rule => rule.Type == added.Type))
            throw new ArgumentException($"A rule of class '{added.Type}' is under test already.");
        var name = added.Definition.Name;
        if (_rules.Exists(rule => string.Equals(rule.Definition.Name, name, StringComparison.Ordinal)))
            throw new ArgumentException($"A rule named '{name}' is under test already.");
        _rules.Add(added);
    }
}
