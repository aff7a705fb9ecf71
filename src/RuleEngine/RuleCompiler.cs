using PlanningServices.RuleEngine.Compilation;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>Compiles rule definitions into a session factory.</summary>
public class RuleCompiler
{
    private readonly FactIdentityComparerRegistry _identities = new();

    /// <summary>Says when two objects are the same fact.</summary>
    public IFactIdentityComparerRegistry FactIdentityComparerRegistry => _identities;

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
        return new SessionFactory(CompiledRules.Compile(ruleDefinitions, _identities, cancellationToken));
    }

    /// <summary>Compiles the rules of rule sets.</summary>
    /// <param name="ruleSets">The rule sets.</param>
    /// <returns>A factory of sessions.</returns>
    /// <exception cref="RuleCompilationException">A rule cannot be compiled.</exception>
    public ISessionFactory Compile(IEnumerable<IRuleSet> ruleSets) =>
        Compile(ruleSets, CancellationToken.None);

    /// <summary>Compiles the rules of rule sets, unless cancellation is asked for.</summary>
    /// <param name="ruleSets">The rule sets.</param>
    /// <param name="cancellationToken">Asks for cancellation.</param>
    /// <returns>A factory of sessions.</returns>
    /// <exception cref="RuleCompilationException">A rule cannot be compiled.</exception>
    public ISessionFactory Compile(IEnumerable<IRuleSet> ruleSets, CancellationToken cancellationToken) =>
        Compile(ruleSets.SelectMany(ruleSet => ruleSet.Rules), cancellationToken);
}
