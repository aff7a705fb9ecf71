using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests.Surface;

public class YieldTests
{
    [Fact]
    public void An_update_may_be_made_from_the_fact_yielded_before()
    {
        var session = Engine.With(typeof(CountingRule));
        var request = new Request(1);
        session.Insert(request);
        session.Fire();
        session.Update(request);
        session.Fire();
        session.Update(request);
        session.Fire();

        Assert.Equal(3, Assert.Single(session.Query<Seen>()).Times);
    }

    [Fact]
    public void A_chain_of_yields_is_taken_back_as_a_whole()
    {
        var session = Engine.With(typeof(CountingRule), typeof(OftenRule), typeof(TiredRule));
        var request = new Request(1);
        session.Insert(request);
        session.Fire();
        Assert.Single(session.Query<Often>());
        Assert.Single(session.Query<Tired>());

        session.Retract(request);
        Assert.Empty(session.Query<Seen>());
        Assert.Empty(session.Query<Often>());
        Assert.Empty(session.Query<Tired>());
        Assert.Equal(0, session.Fire());
    }

    [Fact]
    public void What_waits_goes_to_the_rules_as_one_set_per_kind_of_change()
    {
        var session = Engine.With(typeof(CountingRule));
        session.AutoPropagateLinkedFacts = false;
        Request[] requests = [new(1), new(2), new(3)];
        session.InsertAll(requests);
        session.Fire();
        Assert.Equal(LinkedFactAction.Insert, Assert.Single(session.PropagateLinked()).Action);

        session.UpdateAll(requests);
        session.Fire();
        var set = Assert.Single(session.PropagateLinked());
        Assert.Equal(LinkedFactAction.Update, set.Action);
        Assert.Equal(3, set.FactCount);
        Assert.All(session.Query<Seen>(), seen => Assert.Equal(2, seen.Times));
    }

    [Fact]
    public void A_yielded_fact_knows_the_rule_that_made_it()
    {
        var session = Engine.With(typeof(CountingRule));
        RuleModel.IFactSource? source = null;
        session.Events.FactInsertedEvent += (_, e) => source = e.Fact.Source ?? source;
        session.Insert(new Request(1));
        session.Fire();

        Assert.Equal(RuleModel.FactSourceType.Linked, source?.SourceType);
    }

    public record Seen(Request Request, int Times);

    public record Often(Request Request);

    public record Tired(Request Request);

    public class CountingRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request);
            Then().Yield(_ => new Seen(request, 1), (_, seen) => new Seen(request, seen.Times + 1));
        }
    }

    public class OftenRule : Rule
    {
        public override void Define()
        {
            Seen seen = null!;
            When().Match(() => seen, s => s.Times > 0);
            Then().Yield(_ => new Often(seen.Request));
        }
    }

    public class TiredRule : Rule
    {
        public override void Define()
        {
            Often often = null!;
            When().Match(() => often);
            Then().Yield(_ => new Tired(often.Request));
        }
    }
}
