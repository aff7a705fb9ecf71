using PlanningServices.RuleEngine.Fluent.Building;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent;

/// <summary>Turns rule classes into rule definitions.</summary>
public class RuleDefinitionFactory
{
    /// <summary>Makes the definitions of rules.</summary>
    /// <param name="rules">The rules.</param>
    /// <returns>One definition per rule.</returns>
    /// <exception cref="RuleDefinitionException">A rule is not well written.</exception>
    public IEnumerable<IRuleDefinition> Create(IEnumerable<Rule> rules) => rules.Select(Create);

    /// <summary>Makes the definition of a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="RuleDefinitionException">The rule is not well written.</exception>
    public IRuleDefinition Create(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var metadata = new RuleMetadata(rule.GetType());
        var builder = new RuleBuilder();
        try
        {
            rule.Write(builder);
            return builder.Build(metadata);
        }
        catch (Exception exception)
        {
            throw new RuleDefinitionException("Failed to build rule definition.", rule.GetType(), exception);
        }
    }
}
