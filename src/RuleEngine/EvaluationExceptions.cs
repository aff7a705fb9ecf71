namespace PlanningServices.RuleEngine;

/// <summary>Rules could not be run to their end.</summary>
public class RuleExecutionException : Exception
{
    internal RuleExecutionException(string message, Exception? innerException)
        : base(message, innerException) { }
}

/// <summary>An expression of a rule threw; the inner exception is what it threw.</summary>
public abstract class RuleExpressionEvaluationException : RuleExecutionException
{
    private protected RuleExpressionEvaluationException(
        string message,
        string expression,
        Exception innerException
    )
        : base(message, innerException) => Expression = expression;

    /// <summary>The text of the expression.</summary>
    public string Expression { get; }
}

/// <summary>A condition, a computed value or a query of a rule threw. The session is as it was before the call.</summary>
public class RuleLhsExpressionEvaluationException : RuleExpressionEvaluationException
{
    internal RuleLhsExpressionEvaluationException(
        string message,
        string expression,
        IReadOnlyList<string> ruleNames,
        IReadOnlyList<object> facts,
        Exception innerException
    )
        : base(message, expression, innerException)
    {
        RuleNames = ruleNames;
        Facts = facts;
    }

    /// <summary>The rules that share the expression.</summary>
    public IReadOnlyList<string> RuleNames { get; }

    /// <summary>The facts the expression was given.</summary>
    public IReadOnlyList<object> Facts { get; }
}

/// <summary>An action of a rule threw.</summary>
public class RuleRhsExpressionEvaluationException : RuleExpressionEvaluationException
{
    internal RuleRhsExpressionEvaluationException(
        string message,
        string ruleName,
        string expression,
        IReadOnlyList<object> facts,
        Exception innerException
    )
        : base(message, expression, innerException)
    {
        RuleName = ruleName;
        Facts = facts;
    }

    /// <summary>The rule.</summary>
    public string RuleName { get; }

    /// <summary>The facts of the match.</summary>
    public IReadOnlyList<object> Facts { get; }
}

/// <summary>A filter of a rule threw.</summary>
public class AgendaExpressionEvaluationException : RuleExpressionEvaluationException
{
    internal AgendaExpressionEvaluationException(
        string message,
        string ruleName,
        string expression,
        IReadOnlyList<object> facts,
        Exception innerException
    )
        : base(message, expression, innerException)
    {
        RuleName = ruleName;
        Facts = facts;
    }

    /// <summary>The rule.</summary>
    public string RuleName { get; }

    /// <summary>The facts of the match.</summary>
    public IReadOnlyList<object> Facts { get; }
}

/// <summary>A rule could not be compiled.</summary>
public class RuleCompilationException : Exception
{
    internal RuleCompilationException(string message, string ruleName, Exception? innerException = null)
        : base(message, innerException) => RuleName = ruleName;

    /// <summary>The rule.</summary>
    public string RuleName { get; }
}

/// <summary>Rules kept triggering one another until the limit of firings was reached.</summary>
public class RuleLoopException : RuleExecutionException
{
    internal RuleLoopException(string message, IReadOnlyList<string> ruleNames)
        : base(message, innerException: null) => RuleNames = ruleNames;

    /// <summary>The rules that kept firing.</summary>
    public IReadOnlyList<string> RuleNames { get; }
}
