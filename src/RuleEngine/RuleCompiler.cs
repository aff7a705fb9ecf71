using PlanningServices.RuleEngine.Compilation;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>What to do with an expression that cannot be compared with those of other rules.</summary>
public enum RuleCompilerUnsupportedExpressionsHandling
{
    /// <summary>The rules do not compile. The default.</summary>
    FailFast = 0,

    /// <summary>The expression is taken for another one than those of other rules.</summary>
    TreatAsNotEqual = 1,
}

/// <summary>What a compiler can be told when it is made.</summary>
public class RuleCompilerOptions
{
    /// <summary>
    /// What to do with an expression that cannot be compared with those of other rules. This compiler takes it
    /// for another one whatever is set here: no rule fails to compile because of it.
    /// </summary>
    public RuleCompilerUnsupportedExpressionsHandling UnsupportedExpressionHandling { get; set; }
}

/// <summary>Compiles rule definitions into a session factory.</summary>
public class RuleCompiler
{
    /// <summary>Makes a compiler.</summary>
    public RuleCompiler() { }

    /// <summary>Makes a compiler with options.</summary>
    /// <param name="options">The options.</param>
    public RuleCompiler(RuleCompilerOptions options) => ArgumentNullException.ThrowIfNull(options);

    /// <summary>Says when two objects are the same fact.</summary>
    public FactIdentityComparerRegistry FactIdentityComparerRegistry { get; } = new();

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
        return new SessionFactory(
            CompiledRules.Compile(ruleDefinitions, FactIdentityComparerRegistry, cancellationToken)
        );
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
