using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests.Surface;

/// <summary>What an action can do through its context.</summary>
public class ContextTests
{
    private readonly Request request = new(1);

    [Fact]
    public void An_inserted_fact_stays_when_the_match_is_gone()
    {
        var session = Fire(typeof(InsertingRule));
        session.Retract(request);
        session.Fire();

        Assert.Equal(
            ["one", "two", "three", "four"],
            session.Query<Partner>().Select(partner => partner.Name)
        );
    }

    [Fact]
    public void A_linked_fact_goes_with_the_match()
    {
        var session = Fire(typeof(LinkingRule));
        Assert.Equal(["first"], session.Query<Partner>().Select(partner => partner.Name));

        session.Update(request);
        session.Fire();
        Assert.Equal(["second"], session.Query<Partner>().Select(partner => partner.Name));

        session.Retract(request);
        session.Fire();
        Assert.Empty(session.Query<Partner>());
    }

    [Fact]
    public void A_linked_fact_can_be_taken_out_by_its_rule()
    {
        var session = Fire(typeof(UnlinkingRule));
        Assert.Single(session.Query<Partner>());

        session.Update(request);
        session.Fire();
        Assert.Empty(session.Query<Partner>());
    }

    [Fact]
    public void An_updated_fact_is_matched_again()
    {
        var session = Fire(typeof(RaisingRule));

        Assert.Equal(3, request.Days);
    }

    [Fact]
    public void A_retracted_fact_is_gone()
    {
        var session = Fire(typeof(RetractingRule));

        Assert.Empty(session.Query<Request>());
    }

    [Fact]
    public void Trying_says_whether_it_could_be_done()
    {
        var session = Fire(typeof(TryingRule));

        Assert.Equal("inserted False, updated False, retracted False", request.Note);
    }

    [Fact]
    public void Halting_ends_the_firing_after_the_rule_at_hand()
    {
        var session = Engine.With(typeof(HaltingRule));
        session.InsertAll(new[] { request, new Request(2) });

        Assert.Equal(1, session.Fire());
        Assert.Equal(1, session.Fire());
    }

    [Fact]
    public void The_match_says_which_rule_and_facts_and_why()
    {
        var session = Fire(typeof(TellingRule));
        Assert.Equal("Telling: request of Request, Created", request.Note);

        session.Update(request);
        session.Fire();
        Assert.Equal("Telling: request of Request, Updated", request.Note);

        session.Retract(request);
        session.Fire();
        Assert.Equal("Telling: request of Request, Removed", request.Note);
    }

    [Fact]
    public void An_action_may_be_bound_to_what_triggered_it()
    {
        var session = Fire(typeof(TriggeredRule));
        session.Update(request);
        session.Fire();
        session.Retract(request);
        session.Fire();

        Assert.Equal("activated, reactivated, deactivated", request.Note);
    }

    [Fact]
    public void A_match_that_never_fired_is_not_undone()
    {
        var session = Engine.With(typeof(TriggeredRule));
        session.Insert(request);
        session.Retract(request);
        session.Fire();

        Assert.Null(request.Note);
    }

    [Fact]
    public void The_cancellation_token_reaches_the_action()
    {
        using var source = new CancellationTokenSource();
        var session = Engine.With(typeof(CancelledRule));
        session.InsertAll(new[] { request, new Request(2) });
        CancelledRule.Source = source;

        Assert.Equal(1, session.Fire(source.Token));
        Assert.False(session.Agenda.IsEmpty);
    }

    private ISession Fire(Type rule)
    {
        var session = Engine.With(rule);
        session.Insert(request);
        session.Fire();
        return session;
    }

    public class InsertingRule : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then()
                .Do(ctx => ctx.Insert(new Partner("one")))
                .Do(ctx => ctx.InsertAll(new[] { new Partner("two"), new Partner("three") }))
                .Do(ctx => ctx.TryInsert(new Partner("four")));
        }
    }

    public class LinkingRule : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then().Do(ctx => Link(ctx));
        }

        private static void Link(IContext context)
        {
            if (context.GetLinked("partner") is null)
            {
                context.InsertLinked("partner", new Partner("first"));
            }
            else
            {
                context.UpdateLinked("partner", new Partner("second"));
            }
        }
    }

    public class UnlinkingRule : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then().Do(ctx => Link(ctx));
        }

        private static void Link(IContext context)
        {
            var linked = context.GetLinked("partner");
            if (linked is null)
            {
                context.InsertLinked("partner", new Partner("only"));
            }
            else
            {
                Assert.Equal(["partner"], context.GetLinkedKeys());
                context.RetractLinked("partner", linked);
            }
        }
    }

    public class RaisingRule : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request, r => r.Days < 3);

            Then().Do(ctx => ctx.Update(request, r => Raise(r)));
        }

        private static void Raise(Request request) => request.Days++;
    }

    public class RetractingRule : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then().Do(ctx => ctx.Retract(request));
        }
    }

    public class TryingRule : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then().Do(ctx => Try(ctx, request));
        }

        private static void Try(IContext context, Request request)
        {
            var unknown = new Partner("nobody knows");
            request.Note =
                $"inserted {context.TryInsert(request)}, updated {context.TryUpdate(unknown)}, "
                + $"retracted {context.TryRetract(unknown)}";
        }
    }

    public class HaltingRule : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then().Do(ctx => ctx.Halt());
        }
    }

    [Name("Telling")]
    public class TellingRule : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then().Do(ctx => Tell(ctx, request)).Undo(ctx => Tell(ctx, request));
        }

        private static void Tell(IContext context, Request request)
        {
            IMatch match = context.Match;
            IFactMatch fact = match.Facts.Single();
            Declaration declaration = fact.Declaration;
            request.Note =
                $"{match.Rule.Name}: {declaration.Name} of {declaration.Type.Name}, {match.Trigger}";
        }
    }

    public class TriggeredRule : Rule
    {
        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then()
                .Action(_ => Note(request, "activated"), ActionTrigger.Activated)
                .Action(_ => Note(request, ", reactivated"), ActionTrigger.Reactivated)
                .Action(_ => Note(request, ", deactivated"), ActionTrigger.Deactivated);
        }

        private static void Note(Request request, string text) => request.Note += text;
    }

    public class CancelledRule : Rule
    {
        public static CancellationTokenSource? Source { get; set; }

        public override void Define()
        {
            Request request = null!;

            When().Match(() => request);

            Then().Do(ctx => Cancel(ctx));
        }

        private static void Cancel(IContext context)
        {
            Source!.Cancel();
            Assert.True(context.CancellationToken.IsCancellationRequested);
        }
    }
}
