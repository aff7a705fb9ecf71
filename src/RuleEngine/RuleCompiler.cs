using PlanningServices.RuleEngine.Compilation;
using PlanningServices.RuleEngine.Extensibility;
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

    /// <summary>
    /// Makes delegates of the conditions, computations, filters and actions of the rules, each when the first
    /// fact needs it; .NET's own compiler unless it is set. Sessions of many threads may call it at once.
    /// </summary>
    public IExpressionCompiler ExpressionCompiler
    {
        get => _expressions;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _expressions = value;
        }
    }

    private IExpressionCompiler _expressions = Extensibility.ExpressionCompiler.Instance;

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
        var rules = CompiledRules.Compile(ruleDefinitions, FactIdentityComparerRegistry, cancellationToken);
        rules.Alpha.Expressions = ExpressionCompiler;
        return new SessionFactory(rules);
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
