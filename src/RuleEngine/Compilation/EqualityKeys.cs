using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using PlanningServices.RuleEngine.Network;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Compilation;

/// <summary>
/// Takes the equality conditions between a pattern and the variables before it out of the conditions, as
/// keys of a hash join. A condition is taken only when equal values have equal hash codes and are equal in C#
/// exactly when they are equal as keys; floating point is tested again, because of NaN.
/// </summary>
internal sealed class EqualityKeys
{
    // A tuple has at most seven items without nesting.
    private const int MaximumKeys = 7;

    private readonly Declaration _right;
    private readonly List<(Expression Left, Expression Right)> _keys = [];
    private readonly List<ConditionElement> _residual = [];

    private EqualityKeys(Declaration right) => _right = right;

    /// <summary>The conditions that equal keys do not settle.</summary>
    public IReadOnlyList<ConditionElement> Residual => _residual;

    public static EqualityKeys Take(Declaration right, IEnumerable<ConditionElement> conditions)
    {
        var keys = new EqualityKeys(right);
        foreach (var condition in conditions)
        {
            if (keys._keys.Count == MaximumKeys || !keys.TryTake(condition))
                keys._residual.Add(condition);
        }
        return keys;
    }

    /// <summary>Gives what makes the index for a session.</summary>
    public Func<KeyIndex> Compile(Variables variables)
    {
        if (_keys.Count == 0)
            return static () => new SingleChain();
        var comparer =
            _keys is [var (only, _)] && IsComparedByReference(only.Type)
                ? ReferenceEqualityComparer.Instance
                : null;
        var left = Key(_keys.Select(key => key.Left).ToArray());
        var right = Key(_keys.Select(key => key.Right).ToArray());
        return (Func<KeyIndex>)
            typeof(EqualityKeys)
                .GetMethod(nameof(Factory), BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(left.Type)
                .Invoke(null, [left, right, _right.Parameter, variables, comparer])!;
    }

    private static Func<KeyIndex> Factory<TKey>(
        Expression left,
        Expression right,
        ParameterExpression rightVariable,
        Variables variables,
        IEqualityComparer<object?>? byReference
    )
    {
        var selectors = new KeySelectors<TKey>(left, right, rightVariable, variables);
        var comparer = (IEqualityComparer<TKey>?)byReference;
        return () => new HashIndex<TKey>(selectors, comparer);
    }

    private static Expression Key(Expression[] parts)
    {
        if (parts is [var only])
            return IsComparedByReference(only.Type) ? Expression.Convert(only, typeof(object)) : only;
        var wrapped = parts
            .Select(part =>
                IsComparedByReference(part.Type)
                    ? (Expression)
                        Expression.New(
                            typeof(ReferenceKey).GetConstructor([typeof(object)])!,
                            Expression.Convert(part, typeof(object))
                        )
                    : part
            )
            .ToArray();
        var types = wrapped.Select(part => part.Type).ToArray();
        var tuple = Type.GetType($"System.ValueTuple`{types.Length}", throwOnError: true)!
            .MakeGenericType(types);
        return Expression.New(tuple.GetConstructor(types)!, wrapped);
    }

    private bool TryTake(ConditionElement condition)
    {
        if (Sides(condition.Expression.Body) is not var (x, y) || x.Type != y.Type)
            return false;
        var (xReads, yReads) = (Reads(x), Reads(y));
        if (xReads == Side.Left && yReads == Side.Right)
            _keys.Add((x, y));
        else if (xReads == Side.Right && yReads == Side.Left)
            _keys.Add((y, x));
        else
            return false;
        if (HasFloatingPoint(x.Type))
            _residual.Add(condition);
        return true;
    }

    /// <summary>The two sides of an equality that a hash join settles.</summary>
    private static (Expression, Expression)? Sides(Expression condition) =>
        condition switch
        {
            BinaryExpression { NodeType: ExpressionType.Equal } equal
                when HasExactKey(equal.Left.Type, equal.Method) => (equal.Left, equal.Right),
            MethodCallExpression { Method.Name: nameof(string.Equals), Object: null } call
                when call.Method.DeclaringType == typeof(string)
                    && call.Arguments[0].Type == typeof(string)
                    && (
                        call.Arguments.Count == 2
                        || call.Arguments[2] is ConstantExpression { Value: StringComparison.Ordinal }
                    ) => (call.Arguments[0], call.Arguments[1]),
            _ => null,
        };

    private static bool HasExactKey(Type type, MethodInfo? equality)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsPrimitive || plain.IsEnum || IsKnown(plain))
            return true;
        // Without an operator of its own, a class is compared by reference.
        return equality is null && !type.IsValueType;
    }

    private static bool IsKnown(Type type) =>
        type == typeof(string)
        || type == typeof(decimal)
        || type == typeof(DateOnly)
        || type == typeof(DateTime)
        || type == typeof(DateTimeOffset)
        || type == typeof(TimeOnly)
        || type == typeof(TimeSpan)
        || type == typeof(Guid)
        || type == typeof(Int128)
        || type == typeof(UInt128);

    private static bool IsComparedByReference(Type type) => !type.IsValueType && !IsKnown(type);

    private static bool HasFloatingPoint(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(double) || plain == typeof(float) || plain == typeof(Half);
    }

    private Side Reads(Expression expression) =>
        FreeParameters
            .Of(expression)
            .Aggregate(
                Side.None,
                (found, read) => found | (read == _right.Parameter ? Side.Right : Side.Left)
            );

    [Flags]
    private enum Side
    {
        None = 0,
        Left = 1,
        Right = 2,
        Both = Left | Right,
    }

    /// <summary>An object that equals itself only.</summary>
    internal readonly struct ReferenceKey(object? item) : IEquatable<ReferenceKey>
    {
        private readonly object? _item = item;

        public bool Equals(ReferenceKey other) => ReferenceEquals(_item, other._item);

        public override bool Equals(object? obj) => obj is ReferenceKey other && Equals(other);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(_item);
    }
}
