using System.Linq.Expressions;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests.Surface;

/// <summary>Verbs of one's own: extension methods on the parts of a rule.</summary>
public class DslExtensionsTests
{
    [Fact]
    public void A_verb_hands_a_rule_variable_on_by_its_name()
    {
        var session = Engine.With(typeof(LateRequestRule));
        var late = new Request(1, new Partner("Ines")) { IsLate = true };
        session.InsertAll(new object[] { late, late.Partner!, new Request(2) });
        session.Fire();

        var warning = Assert.Single(session.Query<Warning>());
        Assert.Same(late, warning.Request);
        Assert.Equal("Late request", warning.Rule);
        Assert.Equal("comes late", warning.Text);
    }

    [Name("Late request")]
    public class LateRequestRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            Partner partner = null!;

            When().Request(() => request, r => r.IsLate).Partner(() => partner, p => p == request.Partner);

            Then().Warning(request, "comes late");
        }
    }
}

public record Warning(Request Request, string Rule, string Text);

public static class DslExtensions
{
    public static ILeftHandSideExpression Request(
        this ILeftHandSideExpression lhs,
        Expression<Func<Request>> alias,
        params Expression<Func<Request, bool>>[] conditions
    ) => lhs.Match(alias, conditions);

    public static ILeftHandSideExpression Partner(
        this ILeftHandSideExpression lhs,
        Expression<Func<Partner>> alias,
        params Expression<Func<Partner, bool>>[] conditions
    ) => lhs.Match(alias, conditions);

    public static IRightHandSideExpression Warning(
        this IRightHandSideExpression rhs,
        Request request,
        string text
    ) => rhs.Do(ctx => ctx.Warning(request, text));

    public static void Warning(this IContext context, Request request, string text) =>
        context.Insert(new Warning(request, context.Rule.Name, text));
}
