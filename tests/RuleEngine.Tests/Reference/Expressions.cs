using System.Linq.Expressions;
using System.Reflection;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>
/// Turns terms and conditions into the expressions a compiler would make of the same C#: rule variables are
/// captured locals, that is fields of a closure.
/// </summary>
internal sealed class Expressions
{
    private static readonly MethodInfo CountOf = typeof(Enumerable)
        .GetMethods()
        .Single(method => method.Name == nameof(Enumerable.Count) && method.GetParameters().Length == 1);

    private readonly Dictionary<int, Expression> locals = [];

    public static bool IsEven(int number) => number % 2 == 0;

    public Expression<Func<T>> Alias<T>(int variable)
    {
        if (!locals.TryGetValue(variable, out var local))
        {
            local = Expression.Field(Expression.Constant(new Closure<T>()), $"v{variable}");
            locals.Add(variable, local);
        }
        return Expression.Lambda<Func<T>>(local);
    }

    public Expression Local(int variable) => locals[variable];

    public Expression<Func<T, bool>>[] Conditions<T>(Test[] tests) => [.. tests.Select(Condition<T>)];

    public Expression<Func<T, bool>> Condition<T>(Test test)
    {
        var self = Expression.Parameter(typeof(T), "x");
        return Expression.Lambda<Func<T, bool>>(Of(test, self), self);
    }

    public Expression<Func<bool>> Condition(Test test) => Expression.Lambda<Func<bool>>(Of(test, null));

    public Expression<Func<int>> Number(Term term) => Expression.Lambda<Func<int>>(Of(term, null));

    private Expression Of(Test test, Expression? self) =>
        test switch
        {
            Test.Compare compare => Comparison(compare, self),
            Test.SameObject same => Expression.Call(
                typeof(object),
                nameof(Equals),
                null,
                Expression.Convert(Of(same.Left, self), typeof(object)),
                Expression.Convert(Of(same.Right, self), typeof(object))
            ),
            Test.Both both => Expression.AndAlso(Of(both.Left, self), Of(both.Right, self)),
            Test.Either either => Expression.OrElse(Of(either.Left, self), Of(either.Right, self)),
            Test.No no => Expression.Not(Of(no.Inner, self)),
            Test.Even even => Expression.Call(typeof(Expressions), nameof(IsEven), null, Of(even.Term, self)),
            _ => throw new ArgumentException($"{test} has no expression.", nameof(test)),
        };

    private BinaryExpression Comparison(Test.Compare compare, Expression? self)
    {
        var left = Of(compare.Left, self);
        var right = Of(compare.Right, self);
        if (left.Type != right.Type)
        {
            left = left.Type == typeof(double) ? left : Expression.Convert(left, typeof(double));
            right = right.Type == typeof(double) ? right : Expression.Convert(right, typeof(double));
        }
        return compare.Operator switch
        {
            Operator.Equal => Expression.Equal(left, right),
            Operator.NotEqual => Expression.NotEqual(left, right),
            Operator.Less => Expression.LessThan(left, right),
            Operator.AtLeast => Expression.GreaterThanOrEqual(left, right),
        };
    }

    private Expression Of(Term term, Expression? self)
    {
        return term switch
        {
            Term.Of of => Expression.Property(Thing(of.Variable), of.Column.ToString()),
            Term.KeyLength key => Expression.Property(
                Expression.Property(Thing(key.Variable), nameof(Reference.Thing.Key)),
                nameof(string.Length)
            ),
            Term.Literal literal => Expression.Constant(literal.Value, TypeOf(literal.Column)),
            Term.SumOfRanks sum => Expression.Add(Rank(sum.Left), Rank(sum.Right)),
            Term.Computed computed => locals[computed.Variable],
            Term.CountOf count => Expression.Call(
                CountOf.MakeGenericMethod(ElementOf(locals[count.Variable].Type)),
                locals[count.Variable]
            ),
            _ => throw new ArgumentException($"{term} has no expression.", nameof(term)),
        };

        Expression Thing(int variable) => variable == Term.Self ? self! : locals[variable];
        Expression Rank(int variable) => Expression.Property(Thing(variable), nameof(Reference.Thing.Rank));
    }

    private static Type TypeOf(Column column) => typeof(Thing).GetProperty(column.ToString())!.PropertyType;

    private static Type ElementOf(Type collection) =>
        collection
            .GetInterfaces()
            .Append(collection)
            .First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .GetGenericArguments()[0];

#pragma warning disable CS0649 // What a compiler calls a display class: rules only name its fields.
    private sealed class Closure<T>
    {
        public T? v0;
        public T? v1;
        public T? v2;
        public T? v3;
        public T? v4;
        public T? v5;
        public T? v6;
        public T? v7;
    }
#pragma warning restore CS0649
}
