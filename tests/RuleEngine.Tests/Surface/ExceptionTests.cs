using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests.Surface;

/// <summary>What callers can catch, and what they learn from it.</summary>
public class ExceptionTests
{
    [Theory]
    [InlineData(typeof(BadCondition), typeof(RuleLhsExpressionEvaluationException))]
    [InlineData(typeof(BadFilter), typeof(AgendaExpressionEvaluationException))]
    [InlineData(typeof(BadAction), typeof(RuleRhsExpressionEvaluationException))]
    public void Whatever_expression_throws_can_be_caught_as_one(Type rule, Type expected)
    {
        var session = Engine.With(rule);

        var caught = Record.Exception(() =>
        {
            session.Insert(new Request(1));
            session.Fire();
        });

        Assert.IsType(expected, caught);
        var execution = Assert.IsAssignableFrom<RuleExecutionException>(caught);
        Assert.IsType<DivideByZeroException>(execution.InnerException);
        var evaluation = Assert.IsAssignableFrom<RuleExpressionEvaluationException>(caught);
        Assert.Contains("Divide", evaluation.Expression, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_filter_or_action_names_its_rule()
    {
        var filtered = Engine.With(typeof(BadFilter));
        var acting = Engine.With(typeof(BadAction));
        acting.Insert(new Request(1));

        Assert.Equal(
            "Bad filter",
            Assert.Throws<AgendaExpressionEvaluationException>(() => filtered.Insert(new Request(1))).RuleName
        );
        Assert.Equal(
            "Bad action",
            Assert.Throws<RuleRhsExpressionEvaluationException>(() => acting.Fire()).RuleName
        );
    }

    [Fact]
    public void One_handler_may_serve_all_errors_that_can_be_recovered_from()
    {
        var recovered = new List<Exception?>();
        var session = Engine.With(typeof(BadCondition), typeof(BadFilter), typeof(BadAction));
        session.Events.LhsExpressionFailedEvent += (_, e) => Recover(e);
        session.Events.AgendaExpressionFailedEvent += (_, e) => Recover(e);
        session.Events.RhsExpressionFailedEvent += (_, e) => Recover(e);

        session.Insert(new Request(1));
        session.Fire();

        Assert.Equal(3, recovered.Count);
        Assert.All(recovered, error => Assert.IsType<DivideByZeroException>(error));

        void Recover(IRecoverableError error)
        {
            recovered.Add(error.Exception);
            error.IsHandled = true;
        }
    }

    [Fact]
    public void A_class_that_is_no_good_rule_is_known_by_its_name_too()
    {
        var repository = new RuleRepository();

        var notMade = Assert.Throws<RuleActivationException>(() =>
            repository.Load(x => x.From(typeof(Greeter)))
        );
        var notDefined = Assert.Throws<RuleDefinitionException>(() =>
            repository.Load(x => x.From(typeof(Throwing)))
        );

        Assert.Equal(typeof(Greeter).AssemblyQualifiedName, notMade.RuleTypeName);
        Assert.Equal(typeof(Throwing).AssemblyQualifiedName, notDefined.RuleTypeName);
    }

    private static int Divide(int by) => 1 / by;

    [Name("Bad condition")]
    public class BadCondition : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request, r => Divide(r.Days) > 0);
            Then().Do(_ => request.ToString());
        }
    }

    [Name("Bad filter")]
    public class BadFilter : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request);
            Filter().Where(() => Divide(request.Days) > 0);
            Then().Do(_ => request.ToString());
        }
    }

    [Name("Bad action")]
    public class BadAction : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request);
            Then().Do(_ => Divide(request.Days));
        }
    }
}
