using System.Linq.Expressions;
using System.Text;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Conditions;

/// <summary>Something that conditions can read of a subject, or of a fact in a collection.</summary>
/// <param name="Name">Its name, such as <c>voucher.created_on</c>; in a collection without the fact's.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Meaning">What it says, as the rest of a sentence.</param>
/// <param name="Example">A value as it is written in a condition.</param>
/// <param name="Values">The values it can have, where they are a closed set.</param>
/// <param name="Read">Reads it, as an expression of the type of its kind.</param>
internal sealed record Field(
    string Name,
    ValueKind Kind,
    string Meaning,
    string Example,
    IReadOnlyList<string>? Values,
    LambdaExpression Read
)
{
    private Func<object, object?>? valueOf;

    /// <summary>Reads it as the business date that it is; absent of what is none.</summary>
    public LambdaExpression? BusinessDate { get; private init; }

    /// <summary>Its value; a number is a decimal.</summary>
    public object? ValueOf(object owner) => (valueOf ??= Compiled())(owner);

    private Func<object, object?> Compiled()
    {
        var untyped = Expression.Parameter(typeof(object));
        return Expression
            .Lambda<Func<object, object?>>(
                Expression.Convert(
                    Replaced.In(
                        Read.Body,
                        Read.Parameters[0],
                        Expression.Convert(untyped, Read.Parameters[0].Type)
                    ),
                    typeof(object)
                ),
                untyped
            )
            .Compile();
    }

    public static Field Of<TOwner, T>(
        string name,
        Expression<Func<TOwner, T>> read,
        string meaning,
        string example
    )
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        var kind =
            type == typeof(DateOnly) || type == typeof(BusinessDate) ? ValueKind.Date
            : type == typeof(int) ? ValueKind.WholeNumber
            : type == typeof(decimal) ? ValueKind.Number
            : type == typeof(bool) ? ValueKind.YesNo
            : ValueKind.Text;
        return new(
            name,
            kind,
            meaning,
            example,
            type.IsEnum ? [.. Enum.GetValues(type).Cast<object>().Select(NameOf)] : null,
            Expression.Lambda(
                type.IsEnum
                        ? Expression.Call(
                            ((Func<object?, string?>)NameOrNone).Method,
                            Expression.Convert(read.Body, typeof(object))
                        )
                    : type == typeof(BusinessDate) ? BusinessDates.AsDate(read.Body)
                    : read.Body.Type == kind.Type() ? read.Body
                    : Expression.Convert(read.Body, kind.Type()),
                read.Parameters
            )
        )
        {
            BusinessDate = type == typeof(BusinessDate) ? read : null,
        };
    }

    /// <summary>The field of something that is reached through another: absent where that is absent.</summary>
    public Field Through(LambdaExpression path, string prefix) =>
        this with
        {
            Name = prefix + Name,
            Read = Expression.Lambda(
                Expression.Condition(
                    Expression.Equal(path.Body, Expression.Constant(null, path.Body.Type)),
                    Expression.Default(Kind.Type()),
                    Replaced.In(Read.Body, Read.Parameters[0], path.Body)
                ),
                path.Parameters
            ),
        };

    private static readonly Dictionary<object, string> Names = [];

    private static string? NameOrNone(object? value) => value is null ? null : NameOf(value);

    /// <summary>Outcomes are written as they are, what facts say as in the import files.</summary>
    private static string NameOf(object value)
    {
        lock (Names)
        {
            if (!Names.TryGetValue(value, out var name))
            {
                name = value.ToString()!;
                if (value.GetType().Namespace == typeof(Voucher).Namespace)
                {
                    name = ConditionNames.InFiles(name);
                }

                Names.Add(value, name);
            }

            return name;
        }
    }
}

/// <summary>Names of members as they are written in files.</summary>
internal static class ConditionNames
{
    /// <summary><c>TrainingConversion</c> is <c>training_conversion</c>.</summary>
    public static string InFiles(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}

/// <summary>Puts an expression in the place of a parameter.</summary>
internal sealed class Replaced(ParameterExpression parameter, Expression by) : ExpressionVisitor
{
    public static Expression In(Expression expression, ParameterExpression parameter, Expression by) =>
        new Replaced(parameter, by).Visit(expression);

    protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? by : node;
}
