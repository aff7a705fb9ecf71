using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>From loaded rules to sessions.</summary>
public static class RuleRepositoryExtensions
{
    /// <summary>All rules of all sets.</summary>
    /// <param name="repository">The repository.</param>
    /// <returns>The rules, in the order in which they were loaded.</returns>
    public static IEnumerable<IRuleDefinition> GetRules(this IRuleRepository repository) =>
        repository.GetRuleSets().SelectMany(ruleSet => ruleSet.Rules);

    /// <summary>Compiles all rules. The cost grows linearly with their number.</summary>
    /// <param name="repository">The repository.</param>
    /// <returns>A factory of sessions.</returns>
    /// <exception cref="RuleCompilationException">A rule cannot be compiled.</exception>
    public static ISessionFactory Compile(this IRuleRepository repository) =>
        new RuleCompiler().Compile(repository.GetRules());

    /// <summary>Compiles all rules, unless cancellation is asked for.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="cancellationToken">Asks for cancellation.</param>
    /// <returns>A factory of sessions.</returns>
    /// <exception cref="RuleCompilationException">A rule cannot be compiled.</exception>
    /// <exception cref="OperationCanceledException">Cancellation was asked for.</exception>
    public static ISessionFactory Compile(
        this IRuleRepository repository,
        CancellationToken cancellationToken
    ) => new RuleCompiler().Compile(repository.GetRules(), cancellationToken);
}
