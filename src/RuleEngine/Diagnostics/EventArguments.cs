using System.Linq.Expressions;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Diagnostics;

/// <summary>About a match of a rule.</summary>
/// <param name="match">The match.</param>
public class AgendaEventArgs(IMatch match) : EventArgs
{
    /// <summary>The rule.</summary>
    public IRuleDefinition Rule => Match.Rule;

    /// <summary>The facts of the match.</summary>
    public IEnumerable<IFactMatch> Facts => Match.Facts;

    /// <summary>The match.</summary>
    public IMatch Match { get; } = match;
}

/// <summary>About a fact of the session.</summary>
/// <param name="fact">The fact.</param>
public class WorkingMemoryEventArgs(IFact fact) : EventArgs
{
    /// <summary>The fact.</summary>
    public IFact Fact { get; } = fact;
}

/// <summary>About an expression of a rule that was evaluated.</summary>
/// <param name="expression">The expression.</param>
/// <param name="exception">What it threw, or <c>null</c>.</param>
/// <param name="arguments">What it was given.</param>
/// <param name="result">What it gave, or <c>null</c>.</param>
public class ExpressionEventArgs(
    Expression expression,
    Exception? exception,
    object?[] arguments,
    object? result
) : EventArgs
{
    /// <summary>The expression.</summary>
    public Expression Expression { get; } = expression;

    /// <summary>What it threw, or <c>null</c>.</summary>
    public Exception? Exception { get; } = exception;

    /// <summary>What it was given.</summary>
    public virtual IEnumerable<object?> Arguments { get; } = arguments;

    /// <summary>What it gave, or <c>null</c>.</summary>
    public object? Result { get; } = result;
}

/// <summary>About a condition, binding or query expression.</summary>
/// <param name="expression">The expression.</param>
/// <param name="exception">What it threw, or <c>null</c>.</param>
/// <param name="arguments">What it was given.</param>
/// <param name="result">What it gave, or <c>null</c>.</param>
/// <param name="tuple">The facts bound before, or <c>null</c>.</param>
/// <param name="fact">The fact at hand, or <c>null</c>.</param>
/// <param name="rules">The rules that share the expression.</param>
public class LhsExpressionEventArgs(
    Expression expression,
    Exception? exception,
    object?[] arguments,
    object? result,
    ITuple? tuple,
    IFact? fact,
    IEnumerable<IRuleDefinition> rules
) : ExpressionEventArgs(expression, exception, arguments, result)
{
    /// <summary>The facts bound before; empty when there are none.</summary>
    public virtual IEnumerable<IFact> Facts =>
        (tuple?.Facts ?? []).Concat(fact is null ? [] : (IEnumerable<IFact>)[fact]);

    /// <summary>The rules that share the expression.</summary>
    public IEnumerable<IRuleDefinition> Rules { get; } = rules;
}

/// <summary>About a condition, binding or query expression that threw.</summary>
/// <param name="expression">The expression.</param>
/// <param name="exception">What it threw.</param>
/// <param name="arguments">What it was given.</param>
/// <param name="tuple">The facts bound before, or <c>null</c>.</param>
/// <param name="fact">The fact at hand, or <c>null</c>.</param>
/// <param name="rules">The rules that share the expression.</param>
public class LhsExpressionErrorEventArgs(
    Expression expression,
    Exception? exception,
    object?[] arguments,
    ITuple? tuple,
    IFact? fact,
    IEnumerable<IRuleDefinition> rules
) : LhsExpressionEventArgs(expression, exception, arguments, null, tuple, fact, rules), IRecoverableError
{
    /// <inheritdoc/>
    public bool IsHandled { get; set; }
}

/// <summary>About a filter of a rule.</summary>
/// <param name="expression">The expression.</param>
/// <param name="exception">What it threw, or <c>null</c>.</param>
/// <param name="arguments">What it was given.</param>
/// <param name="result">What it gave, or <c>null</c>.</param>
/// <param name="match">The match that is judged.</param>
public class AgendaExpressionEventArgs(
    Expression expression,
    Exception? exception,
    object?[] arguments,
    object? result,
    IMatch match
) : ExpressionEventArgs(expression, exception, arguments, result)
{
    /// <summary>The match that is judged.</summary>
    public IMatch Match { get; } = match;

    /// <summary>The rule.</summary>
    public IRuleDefinition Rule => Match.Rule;

    /// <summary>The facts of the match.</summary>
    public IEnumerable<IFactMatch> Facts => Match.Facts;
}

/// <summary>About a filter of a rule that threw.</summary>
/// <param name="expression">The expression.</param>
/// <param name="exception">What it threw.</param>
/// <param name="arguments">What it was given.</param>
/// <param name="match">The match that is judged.</param>
public class AgendaExpressionErrorEventArgs(
    Expression expression,
    Exception? exception,
    object?[] arguments,
    IMatch match
) : AgendaExpressionEventArgs(expression, exception, arguments, null, match), IRecoverableError
{
    /// <inheritdoc/>
    public bool IsHandled { get; set; }
}

/// <summary>About an action of a rule.</summary>
/// <param name="expression">The expression.</param>
/// <param name="exception">What it threw, or <c>null</c>.</param>
/// <param name="arguments">What it was given.</param>
/// <param name="match">The match the rule fires for.</param>
public class RhsExpressionEventArgs(
    Expression expression,
    Exception? exception,
    object?[] arguments,
    IMatch match
) : ExpressionEventArgs(expression, exception, arguments, null)
{
    /// <summary>The match the rule fires for.</summary>
    public IMatch Match { get; } = match;

    /// <summary>The rule.</summary>
    public IRuleDefinition Rule => Match.Rule;

    /// <summary>The facts of the match.</summary>
    public IEnumerable<IFactMatch> Facts => Match.Facts;
}

/// <summary>About an action of a rule that threw.</summary>
/// <param name="expression">The expression.</param>
/// <param name="exception">What it threw.</param>
/// <param name="arguments">What it was given.</param>
/// <param name="match">The match the rule fires for.</param>
public class RhsExpressionErrorEventArgs(
    Expression expression,
    Exception? exception,
    object?[] arguments,
    IMatch match
) : RhsExpressionEventArgs(expression, exception, arguments, match), IRecoverableError
{
    /// <inheritdoc/>
    public bool IsHandled { get; set; }
}
