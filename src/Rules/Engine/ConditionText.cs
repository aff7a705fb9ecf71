using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Engine;

/// <summary>Says in words why a rule's condition does not hold, with the values it read.</summary>
internal sealed partial class ConditionText
{
    private readonly LambdaExpression condition;
    private readonly object?[] arguments;
    private readonly string? own;

    private ConditionText(LambdaExpression condition, object?[] arguments, string? own)
    {
        this.condition = condition;
        this.arguments = arguments;
        this.own = own;
    }

    /// <summary>Why the condition does not hold for the arguments.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="arguments">The values of its parameters.</param>
    /// <param name="own">The parameter whose members need no name of their owner; where absent, the first.</param>
    public static string WhyNot(LambdaExpression condition, object?[] arguments, string? own = null) =>
        new ConditionText(condition, arguments, own ?? condition.Parameters.FirstOrDefault()?.Name).Because(
            condition.Body,
            holds: false
        );

    /// <summary>What the expression reads, in words.</summary>
    public static string NameOf(LambdaExpression expression) =>
        new ConditionText(expression, [], null).Name(expression.Body);

    /// <summary>A fact with all that is known of it, such as <c>enrollment (partner id P1, offering DDPS)</c>.</summary>
    public static string Describe(object fact)
    {
        var type = fact.GetType();
        var values = type.GetProperties()
            .Where(p => p.GetIndexParameters().Length == 0)
            .Select(p => (Name: Words(p.Name), Value: Read(p, fact)))
            .Where(p =>
                p.Value is string or IEnumerable<int> or IEnumerable<string> or (not null and not IEnumerable)
            )
            .Select(p => $"{p.Name} {TextFormat.Of(p.Value)}");
        return $"{Words(type.Name)} ({string.Join(", ", values)})";
    }

    /// <summary>A name in words: <c>LastCreationOn</c> is <c>last creation on</c>.</summary>
    public static string Words(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    private static object? Read(PropertyInfo property, object fact)
    {
        try
        {
            return property.GetValue(fact);
        }
        catch (TargetInvocationException)
        {
            return null;
        }
    }

    private string Because(Expression condition, bool holds) =>
        condition switch
        {
            UnaryExpression { NodeType: ExpressionType.Not } not => Because(not.Operand, !holds),
            BinaryExpression { NodeType: ExpressionType.AndAlso or ExpressionType.OrElse } both => BecauseOf(
                both,
                holds
            ),
            BinaryExpression { Left: var left, Right: var right } comparison => IsNull(right)
                ? $"{Name(left)} is {Of(left)}"
            : comparison.NodeType is ExpressionType.NotEqual && !holds ? Same(left, right)
            : IsConstant(right) ? $"{Name(left)} is {Of(left)}{Not(holds, comparison)} {Of(right, left)}"
            : $"{Name(left)} ({Of(left)}) is{Not(holds)}{Comparison(comparison)} {Name(right)} ({Of(right)})",
            MethodCallExpression { Method.Name: "Any", Arguments: [var source, LambdaExpression like] } =>
                Any(source, like, holds),
            _ => $"{Name(condition)}: {(holds ? "yes" : "no")}",
        };

    /// <summary>The first of some facts for which a condition on them holds, or that there is none.</summary>
    private string Any(Expression source, LambdaExpression like, bool holds)
    {
        var holdsFor = Bindings.Compile(like.Body, [.. condition.Parameters, like.Parameters[0]]);
        return holds
            ? "found "
                + Describe(
                    ((IEnumerable)Value(source)!)
                        .Cast<object>()
                        .First(f => holdsFor([.. arguments, f]) is true)
                )
            : "there is no such " + Words(like.Parameters[0].Type.Name);
    }

    private string Same(Expression left, Expression right) =>
        IsConstant(right)
            ? $"{Name(left)} is {Of(left)}"
            : $"{Name(left)} and {Name(right)} are both {Of(left)}";

    /// <summary>Of two conditions, the one that decides; both where both do.</summary>
    private string BecauseOf(BinaryExpression both, bool holds)
    {
        var needsBoth = both.NodeType is ExpressionType.AndAlso == holds;
        return needsBoth ? $"{Because(both.Left, holds)} and {Because(both.Right, holds)}"
            : Value(both.Left) is bool left && left == holds ? Because(both.Left, holds)
            : Because(both.Right, holds);
    }

    private static string Not(bool holds) => holds ? "" : " not";

    private static string Not(bool holds, BinaryExpression comparison) =>
        (holds ? "," : ", not") + Comparison(comparison);

    private static string Comparison(BinaryExpression comparison)
    {
        var type = Nullable.GetUnderlyingType(comparison.Left.Type) ?? comparison.Left.Type;
        return (comparison.NodeType, type == typeof(DateOnly) || type == typeof(BusinessDate)) switch
        {
            (ExpressionType.Equal, _) => "",
            (ExpressionType.NotEqual, _) => " other than",
            (ExpressionType.GreaterThan, true) => " after",
            (ExpressionType.GreaterThanOrEqual, true) => " on or after",
            (ExpressionType.LessThan, true) => " before",
            (ExpressionType.LessThanOrEqual, true) => " on or before",
            (ExpressionType.GreaterThan, false) => " more than",
            (ExpressionType.GreaterThanOrEqual, false) => " at least",
            (ExpressionType.LessThan, false) => " less than",
            (ExpressionType.LessThanOrEqual, false) => " at most",
            _ => " " + comparison.NodeType,
        };
    }

    private static bool IsNull(Expression expression) =>
        Bare(expression) is ConstantExpression { Value: null };

    private static bool IsConstant(Expression expression) => Bare(expression) is ConstantExpression;

    private static Expression Bare(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert } convert
            ? Bare(convert.Operand)
            : expression;

    private string Name(Expression expression) =>
        Bare(expression) switch
        {
            MemberExpression { Member.Name: "Value", Expression: { } owner } => Name(owner),
            MemberExpression member => OtherOwner(member) is { } owner
                ? $"{Path(member)} of {Words(owner)}"
                : Path(member),
            MethodCallExpression { Arguments: [var first, var second] } call =>
                $"{Name(first)} {Words(call.Method.Name)} {Name(second)}",
            MethodCallExpression call => Words(call.Method.Name),
            LambdaExpression lambda => Name(lambda.Body),
            ParameterExpression { Name: ['$', ..] } => "value",
            ParameterExpression parameter => Words(parameter.Name ?? ""),
            var other => Unnamed().Replace(other.ToString(), ""),
        };

    private string Path(Expression expression) =>
        Bare(expression) switch
        {
            MemberExpression { Member.Name: "Value", Expression: { } owner } => Path(owner),
            MemberExpression { Expression: MemberExpression { Type: var type } } member
                when type == typeof(PolicyTerms) => Words(member.Member.Name),
            MemberExpression { Expression: MemberExpression or MethodCallExpression } member =>
                $"{Path(member.Expression!)} {Words(member.Member.Name)}",
            MemberExpression member => Words(member.Member.Name),
            _ => Name(expression),
        };

    /// <summary>The variable whose member it is, unless that is the fact the condition is on.</summary>
    private string? OtherOwner(Expression expression) =>
        Bare(expression) switch
        {
            MemberExpression { Expression: { } owner } => OtherOwner(owner),
            ParameterExpression { Name: [not '$', ..] name } parameter
                when name != own && condition.Parameters.Contains(parameter) => name,
            _ => null,
        };

    private string Of(Expression expression) =>
        Value(Bare(expression)) switch
        {
            { } fact
            and not (IFormattable or string or bool or IEnumerable or Rate or BusinessDate or DayCount) =>
                Describe(fact),
            var value => TextFormat.Of(value),
        };

    /// <summary>A constant; that of an enum is a number in the expression, and named after what it is compared with.</summary>
    private string Of(Expression constant, Expression comparedWith)
    {
        var type = Bare(comparedWith).Type;
        type = Nullable.GetUnderlyingType(type) ?? type;
        var value = Value(Bare(constant));
        return type.IsEnum && value is not null
            ? Enum.ToObject(type, value).ToString()!
            : TextFormat.Of(value);
    }

    private object? Value(Expression expression)
    {
        try
        {
            return Bindings.Compile(expression, condition.Parameters)(arguments);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>NRules' names of patterns that the rule's author gave no name.</summary>
    [GeneratedRegex(@"\$\w+\$\.?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unnamed();
}
