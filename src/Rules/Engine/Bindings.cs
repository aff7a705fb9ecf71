using System.Linq.Expressions;

namespace PlanningServices.Rules.Engine;

/// <summary>The values that a rule's patterns are bound to, and the rule's expressions evaluated with them.</summary>
internal sealed class Bindings
{
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

    // An expression is evaluated for one fact after another; compiling it costs more than that.
    private readonly Dictionary<LambdaExpression, Func<object?[], object?>> compiled = [];

    /// <summary>Binds the pattern, in place of what it was bound to before.</summary>
    public object? this[PatternElement pattern]
    {
        set => values[pattern.Declaration.Name] = value;
    }

    /// <summary>The values of the expression's parameters.</summary>
    public object?[] ArgumentsOf(LambdaExpression expression) =>
        [.. expression.Parameters.Select(p => values[p.Name!])];

    /// <summary>The value of the expression.</summary>
    /// <exception cref="InvalidOperationException">The expression cannot be evaluated.</exception>
    public object? Evaluate(LambdaExpression expression)
    {
        if (!compiled.TryGetValue(expression, out var function))
        {
            compiled.Add(expression, function = Compile(expression.Body, expression.Parameters));
        }

        try
        {
            return function(ArgumentsOf(expression));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"{ConditionText.NameOf(expression)}: {e.Message}", e);
        }
    }

    /// <summary>A function of the values of the parameters.</summary>
    public static Func<object?[], object?> Compile(
        Expression body,
        IEnumerable<ParameterExpression> parameters
    )
    {
        var arguments = Expression.Parameter(typeof(object?[]));
        var variables = parameters.ToList();
        var assigned = variables.Select(
            (v, i) =>
                Expression.Assign(
                    v,
                    Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(i)), v.Type)
                )
        );
        return Expression
            .Lambda<Func<object?[], object?>>(
                Expression.Block(variables, [.. assigned, Expression.Convert(body, typeof(object))]),
                arguments
            )
            .Compile(preferInterpretation: true);
    }
}
