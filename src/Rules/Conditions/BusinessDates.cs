using System.Linq.Expressions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Conditions;

/// <summary>
/// How conditions use the business date. Whatever can be said as a comparison of it with a date is one, so that the
/// day on which its answer turns is known.
/// </summary>
internal static class BusinessDates
{
    public const string Name = "as_of";

    /// <summary>The business date compared with a date that may be absent.</summary>
    public static Expression Compare(ExpressionType comparison, Expression businessDate, Expression date) =>
        comparison switch
        {
            ExpressionType.Equal => Expression.AndAlso(
                Compare(ExpressionType.GreaterThanOrEqual, businessDate, date),
                Compare(ExpressionType.LessThanOrEqual, businessDate, date)
            ),
            ExpressionType.NotEqual => Expression.Not(Compare(ExpressionType.Equal, businessDate, date)),
            _ => Expression.MakeBinary(
                comparison,
                Expression.Convert(businessDate, typeof(BusinessDate?)),
                Expression.Convert(date, typeof(DateOnly?))
            ),
        };

    /// <summary>The business date as any other date; its customer is then reviewed every night.</summary>
    public static Expression AsDate(Expression businessDate) =>
        Expression.Convert(Expression.Property(businessDate, nameof(BusinessDate.Date)), typeof(DateOnly?));
}

/// <summary>
/// A value that moves with the business date: a date some days after it, or the days from another date to it.
/// </summary>
/// <param name="BusinessDate">The business date.</param>
/// <param name="Days">The days after it; for days, the days that are added.</param>
/// <param name="Since">For days: the date that they are counted from; absent for a date.</param>
internal sealed record Moving(Expression BusinessDate, Expression Days, Expression? Since = null)
{
    public static Moving Of(Expression businessDate) =>
        new(businessDate, Expression.Constant(0m, typeof(decimal?)));

    public Moving Plus(Expression days) =>
        this with
        {
            Days = Expression.Call(Calculation.Method(nameof(Calculation.Add)), Days, days),
        };

    /// <summary>The date that the business date is compared with where this value is compared with another.</summary>
    /// <param name="other">A date, or days.</param>
    public Expression Turning(Expression other) =>
        Since is null
            ? AddDays(other, Expression.Call(Calculation.Method(nameof(Calculation.Negate)), Days))
            : AddDays(Since, Expression.Call(Calculation.Method(nameof(Calculation.Subtract)), other, Days));

    private static MethodCallExpression AddDays(Expression date, Expression days) =>
        Expression.Call(Calculation.Method(nameof(Calculation.AddDays)), date, days);
}
