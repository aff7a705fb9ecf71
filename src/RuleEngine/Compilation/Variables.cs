using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>
/// Gives each variable of a rule its place in the bindings, and compiles expressions to read them there.
/// </summary>
internal sealed class Variables(AlphaNetwork alpha)
{
    private static readonly System.Reflection.MethodInfo UnsafeAs = typeof(Unsafe).GetMethod(
        nameof(Unsafe.As),
        1,
        [typeof(object)]
    )!;

    private readonly Dictionary<ParameterExpression, int> _places = [];

    public int Count => _places.Count;

    public int PlaceOf(Declaration declaration) => _places[declaration.Parameter];

    public bool Has(Declaration declaration) => _places.ContainsKey(declaration.Parameter);

    public int Add(Declaration declaration)
    {
        var place = _places.Count;
        _places.Add(declaration.Parameter, place);
        return place;
    }

    public Func<object?[], T> Compile<T>(Expression body)
    {
        var bindings = Expression.Parameter(typeof(object?[]), "bindings");
        var read = As<T>(new Reader(_places, bindings).Visit(body));
        return Compile(Expression.Lambda<Func<object?[], T>>(read, bindings), alpha);
    }

    public Action<IContext, object?[]> CompileAction(LambdaExpression action)
    {
        var bindings = Expression.Parameter(typeof(object?[]), "bindings");
        var read = new Reader(_places, bindings).Visit(action.Body);
        return Compile(
            Expression.Lambda<Action<IContext, object?[]>>(read, action.Parameters[0], bindings),
            alpha
        );
    }

    /// <summary>Compiles an expression that reads the value of one variable, or none, and takes it from no place.</summary>
    public Func<object?, T> CompileAlone<T>(Expression body, ParameterExpression? variable) =>
        CompileAlone<T>(body, variable, alpha);

    /// <summary>Compiles an expression that reads the value of one variable, or none, and takes it from no place.</summary>
    public static Func<object?, T> CompileAlone<T>(
        Expression body,
        ParameterExpression? variable,
        AlphaNetwork alpha
    )
    {
        var value = Expression.Parameter(typeof(object), "value");
        if (variable is not null)
            body = new Substitution(variable, Cast(value, variable.Type)).Visit(body);
        return Compile(Expression.Lambda<Func<object?, T>>(As<T>(body), value), alpha);
    }

    private static TDelegate Compile<TDelegate>(Expression<TDelegate> expression, AlphaNetwork alpha)
        where TDelegate : Delegate
    {
        var body = new ClosedLambdas(alpha.Expressions).Visit(expression.Body);
        return alpha.Expressions.Compile(expression.Update(body, expression.Parameters));
    }

    private static Expression As<T>(Expression value) =>
        value.Type == typeof(T) ? value : Expression.Convert(value, typeof(T));

    /// <summary>The places hold what their patterns let through, so the type need not be checked again.</summary>
    private static Expression Cast(Expression value, Type type)
    {
        if (type.IsValueType)
            return Expression.Convert(value, type);
        return type == typeof(object) ? value : Expression.Call(UnsafeAs.MakeGenericMethod(type), value);
    }

    private sealed class Reader(Dictionary<ParameterExpression, int> places, ParameterExpression bindings)
        : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) =>
            places.TryGetValue(node, out var place)
                ? Cast(Expression.ArrayIndex(bindings, Expression.Constant(place)), node.Type)
                : node;
    }

    private sealed class Substitution(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
