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
        ArgumentNullException.ThrowIfNull(ruleType);
        foreach (var rule in _activator.Activate(ruleType))
            Rule(rule);
    }

    public void Rule(Rule ruleInstance) =>
        _rules.Add(new RuleInfo(ruleInstance, _definitions.Create(ruleInstance)));

    public void Rule(IRuleDefinition ruleDefinition)
    {
        ArgumentNullException.ThrowIfNull(ruleDefinition);
        _rules.Add(new RuleInfo(instance: null, ruleDefinition));
    }

    public ISession CreateSession()
    {
        var compiler = new RuleCompiler();
        CompilerSetupAction(compiler);
        return compiler.Compile(_rules.Select(rule => rule.Definition)).CreateSession();
    }

    /// <summary>The rule of a class, or the only one there is.</summary>
    public IRuleDefinition Definition(Type? ruleType)
    {
        var found = ruleType is null ? _rules : _rules.FindAll(rule => rule.Type == ruleType);
        return found is [var only]
            ? only.Definition
            : throw new ArgumentException(
                ruleType is null
                    ? $"{_rules.Count} rules are under test. Name the class of the one that is meant: Rule<T>()."
                    : $"{found.Count} rules under test are of class '{ruleType}'; it takes one. Add it with Setup.Rule.",
                nameof(ruleType)
            );
    }
}
