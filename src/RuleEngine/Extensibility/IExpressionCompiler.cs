using System.Linq.Expressions;

namespace PlanningServices.RuleEngine.Extensibility;

/// <summary>Makes delegates of the expressions of rules, in place of .NET's own compiler.</summary>
public interface IExpressionCompiler
{
    /// <summary>Makes a delegate of an expression.</summary>
    /// <typeparam name="TDelegate">The type of the delegate.</typeparam>
    /// <param name="expression">The expression, rewritten to read what the engine hands it.</param>
    /// <returns>The delegate.</returns>
    TDelegate Compile<TDelegate>(Expression<TDelegate> expression)
        where TDelegate : Delegate;
}

/// <summary>.NET's own compiler.</summary>
internal sealed class ExpressionCompiler : IExpressionCompiler
{
    public static readonly ExpressionCompiler Instance = new();

    public TDelegate Compile<TDelegate>(Expression<TDelegate> expression)
        where TDelegate : Delegate => expression.Compile();
}
