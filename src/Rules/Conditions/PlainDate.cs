using System.Linq.Expressions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Conditions;

/// <summary>
/// Looks for reads of the plain business date, or of a number of days counted from it: their value is another one each day,
/// so whoever is decided with one is due every night.
/// </summary>
internal sealed class PlainDate : ExpressionVisitor
{
    private bool found;

    /// <summary>Whether an expression has one.</summary>
    public static bool In(Expression expression)
    {
        var search = new PlainDate();
        search.Visit(expression);
        return search.found;
    }

    protected override Expression VisitMember(MemberExpression node)
    {
        found |=
            node.Member.DeclaringType == typeof(BusinessDate) && node.Member.Name == nameof(BusinessDate.Date)
            || node.Member.DeclaringType == typeof(DayCount) && node.Member.Name == nameof(DayCount.Number);
        return base.VisitMember(node);
    }
}
