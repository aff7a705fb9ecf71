using PlanningServices.RuleEngine.Fluent.Building;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent;

/// <summary>Loads rule classes into rule sets.</summary>
public class RuleRepository : IRuleRepository
{
    private const string DefaultRuleSetName = "default";

    private readonly List<IRuleSet> _ruleSets = [];

    /// <summary>Makes a repository that creates rules by their constructor that takes nothing.</summary>
    public RuleRepository()
        : this(new RuleActivator()) { }

    /// <summary>Makes a repository.</summary>
    /// <param name="activator">Creates the rules.</param>
    public RuleRepository(IRuleActivator activator) => Activator = activator;

    /// <summary>Creates the rules.</summary>
    public IRuleActivator Activator { get; set; }

    /// <inheritdoc/>
    public IEnumerable<IRuleSet> GetRuleSets() => _ruleSets;

    /// <summary>Adds a rule set.</summary>
    /// <param name="ruleSet">The rule set.</param>
    /// <exception cref="ArgumentException">The repository has a rule set with the name.</exception>
    public void Add(IRuleSet ruleSet)
    {
        ArgumentNullException.ThrowIfNull(ruleSet);
        if (Find(ruleSet.Name) is not null)
        {
            throw new ArgumentException(
                $"Rule set '{ruleSet.Name}' is already in the repository. Give one of them another name.",
                nameof(ruleSet)
            );
        }
        _ruleSets.Add(ruleSet);
    }

    /// <summary>Loads rule classes; nothing is loaded when one of them is not well written.</summary>
    /// <param name="specAction">Says which, and into which rule set.</param>
    /// <exception cref="RuleActivationException">A rule class cannot be created.</exception>
    /// <exception cref="RuleDefinitionException">A rule is not well written.</exception>
    public void Load(Action<IRuleLoadSpec> specAction)
    {
        ArgumentNullException.ThrowIfNull(specAction);
        var spec = new RuleLoadSpec(Activator);
        specAction(spec);
        var rules = spec.Load();
        var name = spec.RuleSetName ?? DefaultRuleSetName;
        var ruleSet = Find(name);
        if (ruleSet is null)
            Add(ruleSet = new RuleSet(name));
        ruleSet.Add(rules);
    }

    private IRuleSet? Find(string name) =>
        _ruleSets.Find(ruleSet => string.Equals(ruleSet.Name, name, StringComparison.Ordinal));
}
