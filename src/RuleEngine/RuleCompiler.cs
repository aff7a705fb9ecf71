using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>Compiles rule definitions into a session factory.</summary>
public class RuleCompiler
{
    /// <summary>Compiles rules. The cost grows linearly with their number.</summary>
    /// <param name="ruleDefinitions">The rules.</param>
    /// <returns>A factory of sessions.</returns>
    /// <exception cref="RuleCompilationException">A rule cannot be compiled.</exception>
    public ISessionFactory Compile(IEnumerable<IRuleDefinition> ruleDefinitions) =>
        Compile(ruleDefinitions, CancellationToken.None);

    /// <summary>Compiles rules, unless cancellation is asked for.</summary>
    /// <param name="ruleDefinitions">The rules.</param>
    /// <param name="cancellationToken">Asks for cancellation.</param>
    /// <returns>A factory of sessions.</returns>
    /// <exception cref="RuleCompilationException">A rule cannot be compiled.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public ISessionFactory Compile(
        IEnumerable<IRuleDefinition> ruleDefinitions,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(ruleDefinitions);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var rules = new List<CompiledRule>();
        foreach (var definition in ruleDefinitions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!names.Add(definition.Name))
            {
                throw new RuleCompilationException(
                    $"Two rules are named '{definition.Name}'. Give one of them another name.",
                    definition.Name
                );
            }
            rules.Add(new CompiledRule(definition));
        }
        return new SessionFactory(rules);
    }

    /// <summary>Compiles the rules of rule sets.</summary>
    /// <param name="ruleSets">The rule sets.</param>
    /// <returns>A factory of sessions.</returns>
    /// <exception cref="RuleCompilationException">A rule cannot be compiled.</exception>
    public ISessionFactory Compile(IEnumerable<IRuleSet> ruleSets) =>
        Compile(ruleSets.SelectMany(ruleSet => ruleSet.Rules));
}
