using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests.Surface;

public class EventTests
{
    private readonly Request late = new(1) { IsLate = true };
    private readonly List<string> events = [];

    [Fact]
    public void Facts_are_announced_before_and_after()
    {
        var session = Engine.With(typeof(LateRule));
        session.Events.FactInsertingEvent += OnFact("inserting");
        session.Events.FactInsertedEvent += OnFact("inserted");
        session.Events.FactUpdatingEvent += OnFact("updating");
        session.Events.FactUpdatedEvent += OnFact("updated");
        session.Events.FactRetractingEvent += OnFact("retracting");
        session.Events.FactRetractedEvent += OnFact("retracted");

        session.Insert(late);
        session.Update(late);
        session.Retract(late);

        Assert.Equal(
            ["inserting 1", "inserted 1", "updating 1", "updated 1", "retracting 1", "retracted 1"],
            events
        );

        EventHandler<WorkingMemoryEventArgs> OnFact(string what) =>
            (sender, e) =>
            {
                Assert.Same(session, sender);
                Assert.Equal(typeof(Request), e.Fact.Type);
                events.Add($"{what} {((Request)e.Fact.Value!).Id}");
            };
    }

    [Fact]
    public void Matches_are_announced_as_they_come_change_and_go()
    {
        var session = Engine.With(typeof(LateRule));
        Listen(session.Events);

        session.Insert(late);
        session.Update(late);
        late.IsLate = false;
        session.Update(late);

        Assert.Equal(
            ["created Late(request: 1)", "updated Late(request: 1)", "deleted Late(request: 1)"],
            events
        );
    }

    [Fact]
    public void Firings_are_announced_before_and_after_their_actions()
    {
        var session = Engine.With(typeof(LateRule));
        session.Insert(late);
        Listen(session.Events);
        late.Note = null;
        session.Fire();

        Assert.Equal(["firing Late(request: 1)", "fired Late(request: 1)"], events);
    }

    [Fact]
    public void A_factory_hears_the_events_of_all_its_sessions()
    {
        var factory = Engine.Compile(typeof(LateRule));
        var senders = new List<object?>();
        factory.Events.RuleFiredEvent += (sender, _) => senders.Add(sender);
        var sessions = new[] { factory.CreateSession(), factory.CreateSession() };
        foreach (var session in sessions)
        {
            session.Insert(new Request(1) { IsLate = true });
            session.Fire();
        }

        Assert.Equal(sessions, senders);
    }

    [Fact]
    public void Evaluated_expressions_are_announced_with_arguments_and_result()
    {
        var session = Engine.With(typeof(FilteredRule));
        var lhs = new List<LhsExpressionEventArgs>();
        var agenda = new List<AgendaExpressionEventArgs>();
        var rhs = new List<RhsExpressionEventArgs>();
        session.Events.LhsExpressionEvaluatedEvent += (_, e) => lhs.Add(e);
        session.Events.AgendaExpressionEvaluatedEvent += (_, e) => agenda.Add(e);
        session.Events.RhsExpressionEvaluatedEvent += (_, e) => rhs.Add(e);

        session.Insert(late);
        session.Fire();

        var condition = Assert.Single(lhs);
        Assert.Equal(true, condition.Result);
        Assert.Equal([late], condition.Arguments);
        Assert.Equal([late], condition.Facts.Select(fact => fact.Value));
        Assert.Equal("Filtered", Assert.Single(condition.Rules).Name);
        Assert.Contains("IsLate", condition.Expression.ToString(), StringComparison.Ordinal);
        Assert.Null(condition.Exception);

        var filter = Assert.Single(agenda);
        Assert.Equal("Filtered", filter.Rule.Name);
        Assert.Equal(true, filter.Result);

        var action = Assert.Single(rhs);
        Assert.Equal("Filtered", action.Rule.Name);
        Assert.Equal([late], action.Match.Facts.Select(fact => fact.Value));
    }

    [Fact]
    public void A_condition_that_throws_and_is_handled_does_not_hold()
    {
        var session = Engine.With(typeof(NoteLengthRule));
        var failed = new List<LhsExpressionErrorEventArgs>();
        session.Events.LhsExpressionFailedEvent += (_, e) =>
        {
            failed.Add(e);
            e.IsHandled = true;
        };

        session.InsertAll(
            new[]
            {
                new Request(1),
                new Request(2) { Note = "abc" },
            }
        );

        Assert.Equal(1, session.Fire());
        var error = Assert.Single(failed);
        Assert.IsType<NullReferenceException>(error.Exception);
        Assert.Equal([1], error.Facts.Select(fact => ((Request)fact.Value!).Id));
        Assert.Equal("Note length", Assert.Single(error.Rules).Name);
    }

    [Fact]
    public void A_condition_that_throws_unhandled_fails_the_call_and_names_the_expression()
    {
        var session = Engine.With(typeof(NoteLengthRule));

        var error = Assert.Throws<RuleLhsExpressionEvaluationException>(() => session.Insert(new Request(1)));

        Assert.Contains("Note.Length", error.Expression, StringComparison.Ordinal);
        Assert.IsType<NullReferenceException>(error.InnerException);
        Assert.Empty(session.Query<Request>());
    }

    [Fact]
    public void An_action_that_throws_and_is_handled_lets_firing_go_on()
    {
        var session = Engine.With(typeof(FailingRule));
        session.Events.RhsExpressionFailedEvent += (_, e) =>
        {
            Assert.IsType<InvalidOperationException>(e.Exception);
            Assert.Equal("Failing", e.Rule.Name);
            e.IsHandled = true;
        };
        session.InsertAll(new[] { new Request(1), new Request(2) });

        Assert.Equal(2, session.Fire());
    }

    [Fact]
    public void An_action_that_throws_unhandled_fails_the_firing_and_names_the_expression()
    {
        var session = Engine.With(typeof(FailingRule));
        session.Insert(new Request(1));

        var error = Assert.Throws<RuleRhsExpressionEvaluationException>(() => session.Fire());

        Assert.Contains("Fail", error.Expression, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(error.InnerException);
    }

    [Fact]
    public void A_filter_that_throws_and_is_handled_refuses_the_match()
    {
        var session = Engine.With(typeof(FailingFilterRule));
        session.Events.AgendaExpressionFailedEvent += (_, e) =>
        {
            Assert.Equal("Failing filter", e.Rule.Name);
            Assert.IsType<NullReferenceException>(e.Exception);
            e.IsHandled = true;
        };
        session.InsertAll(
            new[]
            {
                new Request(1),
                new Request(2) { Note = "abc" },
            }
        );

        Assert.Equal(1, session.Fire());
    }

    [Fact]
    public void A_filter_that_throws_unhandled_fails_the_call()
    {
        var session = Engine.With(typeof(FailingFilterRule));

        var error = Assert.Throws<AgendaExpressionEvaluationException>(() =>
        {
            session.Insert(new Request(1));
            session.Fire();
        });

        Assert.Contains("Note.Length", error.Expression, StringComparison.Ordinal);
    }

    private void Listen(IEventProvider provider)
    {
        provider.ActivationCreatedEvent += On("created");
        provider.ActivationUpdatedEvent += On("updated");
        provider.ActivationDeletedEvent += On("deleted");
        provider.RuleFiringEvent += On("firing");
        provider.RuleFiredEvent += On("fired");

        EventHandler<AgendaEventArgs> On(string what) =>
            (_, e) => events.Add($"{what} {e.Rule.Name}({Text(e.Facts)})");
    }

    private static string Text(IEnumerable<IFactMatch> facts) =>
        string.Join(", ", facts.Select(fact => $"{fact.Declaration.Name}: {((Request)fact.Value!).Id}"));

    [Name("Late")]
    public class LateRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request, r => r.IsLate);
            Then().Do(_ => NoOp());
        }

        protected static void NoOp() { }
    }

    [Name("Filtered")]
    public class FilteredRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request, r => r.IsLate);
            Filter().Where(() => request.Id > 0);
            Then().Do(_ => request.ToString());
        }
    }

    [Name("Note length")]
    public class NoteLengthRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request, r => r.Note!.Length > 2);
            Then().Do(_ => request.ToString());
        }
    }

    [Name("Failing")]
    public class FailingRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request);
            Then().Do(_ => Fail());
        }

        private static void Fail() => throw new InvalidOperationException("as it should");
    }

    [Name("Failing filter")]
    public class FailingFilterRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request);
            Filter().Where(() => request.Note!.Length > 2);
            Then().Do(_ => request.ToString());
        }
    }
}
