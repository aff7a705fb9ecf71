using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests.Surface;

public class SessionTests
{
    private readonly Request one = new(1);
    private readonly Request two = new(2);

    [Fact]
    public void A_fact_is_inserted_once()
    {
        var session = Engine.With(typeof(BonusRule));
        session.Insert(one);

        Assert.Throws<ArgumentException>(() => session.Insert(one));
        Assert.False(session.TryInsert(one));
        Assert.True(session.TryInsert(two));
        Assert.Equal(2, session.Query<Request>().Count());
    }

    [Fact]
    public void A_batch_with_a_known_fact_is_refused_as_a_whole()
    {
        var session = Engine.With(typeof(BonusRule));
        session.Insert(one);

        Assert.Throws<ArgumentException>(() => session.InsertAll(new[] { two, one }));
        IResult result = session.TryInsertAll(new[] { two, one });

        Assert.Equal(1, result.FailedCount);
        Assert.Equal([one], result.Failed);
        Assert.Equal([one], session.Query<Request>());
    }

    [Fact]
    public void A_batch_may_skip_what_fails()
    {
        var session = Engine.With(typeof(BonusRule));
        session.Insert(one);

        var result = session.TryInsertAll(new[] { one, two }, BatchOptions.SkipFailed);
        Assert.Equal([one], result.Failed);
        Assert.Equal([one, two], session.Query<Request>());

        var unknown = new Request(3);
        Assert.Equal([unknown], session.TryUpdateAll(new[] { unknown, two }, BatchOptions.SkipFailed).Failed);
        Assert.Equal(
            [unknown],
            session.TryRetractAll(new[] { unknown, two }, BatchOptions.SkipFailed).Failed
        );
        Assert.Equal([one], session.Query<Request>());
    }

    [Fact]
    public void An_unknown_fact_is_neither_updated_nor_retracted()
    {
        var session = Engine.With(typeof(BonusRule));

        Assert.Throws<ArgumentException>(() => session.Update(one));
        Assert.Throws<ArgumentException>(() => session.Retract(one));
        Assert.Throws<ArgumentException>(() => session.UpdateAll(new[] { one }));
        Assert.Throws<ArgumentException>(() => session.RetractAll(new[] { one }));
        Assert.False(session.TryUpdate(one));
        Assert.False(session.TryRetract(one));
    }

    [Fact]
    public void A_null_fact_is_refused()
    {
        var session = Engine.With(typeof(BonusRule));

        Assert.Throws<ArgumentNullException>(() => session.Insert(null!));
    }

    [Fact]
    public void Firing_may_be_bounded()
    {
        var session = Engine.With(typeof(BonusRule));
        session.InsertAll(new[] { one, two, new Request(3) });

        Assert.Equal(2, session.Fire(2));
        Assert.Equal(1, session.Fire());
        Assert.Equal(0, session.Fire());
    }

    [Fact]
    public void Firing_may_be_cancelled()
    {
        var session = Engine.With(typeof(BonusRule));
        session.Insert(one);

        Assert.Equal(0, session.Fire(new CancellationToken(canceled: true)));
        Assert.Equal(1, session.Fire(CancellationToken.None));
    }

    [Fact]
    public void Facts_are_queried_by_type()
    {
        var session = Engine.With(typeof(BonusRule));
        session.InsertAll(new object[] { one, new UrgentRequest(2), new Partner("Ines") });

        IQueryable<Request> requests = session.Query<Request>();

        Assert.Equal([1, 2], requests.Select(request => request.Id).OrderBy(id => id));
        Assert.Equal(1, session.Query<Request>().Where(request => request.Id == 1).Count());
        Assert.Single(session.Query<UrgentRequest>());
        Assert.Equal(3, session.Query<object>().Count());
    }

    [Fact]
    public void Linked_facts_may_be_held_back_and_propagated_together()
    {
        var session = Engine.With(typeof(BonusRule));
        session.AutoPropagateLinkedFacts = false;
        session.InsertAll(new[] { one, two });
        session.Fire();
        Assert.Empty(session.Query<Bonus>());

        IEnumerable<ILinkedFactSet> propagated = session.PropagateLinked().ToList();

        Assert.Equal(2, propagated.Sum(set => set.FactCount));
        Assert.All(propagated, set => Assert.Equal(LinkedFactAction.Insert, set.Action));
        Assert.Equal(2, session.Query<Bonus>().Count());
    }

    [Fact]
    public void A_record_is_found_by_its_value()
    {
        var session = Engine.With(typeof(RateRule));
        session.Insert(new Rate("DDPS", 10));

        Assert.False(session.TryInsert(new Rate("DDPS", 10)));
        Assert.False(session.TryUpdate(new Rate("DDPS", 20)));
        Assert.True(session.TryRetract(new Rate("DDPS", 10)));
    }

    [Fact]
    public void A_fact_with_an_identity_is_replaced_by_an_update()
    {
        var session = Engine.With(typeof(KeyedRateRule));
        var fired = session.Fired();
        session.Insert(new KeyedRate("DDPS", 10));
        session.Fire();
        session.Update(new KeyedRate("DDPS", 20));
        session.Fire();
        session.Update(new KeyedRate("DDPS", 0));
        session.Fire();

        Assert.Equal(2, fired.Count);
        Assert.Equal(new KeyedRate("DDPS", 0), Assert.Single(session.Query<KeyedRate>()));
    }

    public record Rate(string Offering, decimal Amount);

    public record KeyedRate(string Offering, decimal Amount) : IIdentityProvider
    {
        public object GetIdentity() => Offering;
    }

    public class BonusRule : Rule
    {
        public override void Define()
        {
            Request request = null!;
            When().Match(() => request);
            Then().Yield(_ => new Bonus(new Partner("Ines"), request.Amount));
        }
    }

    public class RateRule : Rule
    {
        public override void Define()
        {
            Rate rate = null!;
            When().Match(() => rate);
            Then().Do(_ => rate.ToString());
        }
    }

    public class KeyedRateRule : Rule
    {
        public override void Define()
        {
            KeyedRate rate = null!;
            When().Match(() => rate, r => r.Amount > 0);
            Then().Do(_ => rate.ToString());
        }
    }
}
