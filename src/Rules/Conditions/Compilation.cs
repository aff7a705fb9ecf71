using System.Linq.Expressions;

namespace PlanningServices.Rules.Conditions;

/// <summary>Makes functions of expressions. What is looked for in collections is compiled once, not for each subject.</summary>
internal sealed class Compilation : ExpressionVisitor
{
    /// <summary>A function of the subject.</summary>
    public static Func<TCase, T> Of<TCase, T>(Expression value, ParameterExpression subject) =>
        Expression
            .Lambda<Func<TCase, T>>(Expression.Convert(new Compilation().Visit(value), typeof(T)), subject)
            .Compile();

    /// <summary>The value for a subject. It is for explaining one subject to people.</summary>
    public static object? ValueFor(object subject, Expression value, ParameterExpression parameter) =>
        Expression
            .Lambda<Func<object?>>(
                Expression.Convert(
                    Replaced.In(
                        new Compilation().Visit(value),
                        parameter,
                        Expression.Constant(subject, parameter.Type)
                    ),
                    typeof(object)
                )
            )
            .Compile(preferInterpretation: true)();

    protected override Expression VisitLambda<T>(Expression<T> node) => Expression.Constant(node.Compile());
}
