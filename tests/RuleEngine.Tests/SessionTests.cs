using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests;

/// <summary>Batches, identity, clearing and queries of a session.</summary>
public sealed class SessionTests
{
    /// <summary>A fact whose identity is its number alone.</summary>
    public sealed record Version(int Number, string Text) : IIdentityProvider
    {
        public object GetIdentity() => Number;

        public override string ToString() => Number + Text;
    }

    public sealed record Plain(int Number)
    {
        public override string ToString() => $"{Number}";
    }

    public sealed class OnVersion : Rule
    {
        public override void Define()
        {
            Version version = null!;
            When().Match(() => version, v => v.Text != "hidden");
            Then().Yield(_ => new Note(version.ToString()));
        }
    }

    public sealed class ClearsOutAndFails : Rule
    {
        public override void Define()
        {
            Version version = null!;
            When().Match(() => version);
            Then().Do(context => ClearOut(context));
        }

        private static void ClearOut(IContext context)
        {
            context.RetractAll(Numbers(1, 90));
            context.Insert(new Plain(200));
            throw new InvalidOperationException("changed my mind");
        }
    }

    private sealed class ByLastDigit : IEqualityComparer<Plain>
    {
        public bool Equals(Plain? x, Plain? y) => x!.Number % 10 == y!.Number % 10;

        public int GetHashCode(Plain obj) => obj.Number % 10;
    }

    [Fact]
    public void An_update_finds_its_fact_by_identity_and_takes_its_place()
    {
        Situation
            .Of<OnVersion>()
            .Insert(new Version(1, "a"), new Version(2, "a"))
            .Fires("1a", "2a")
            .Update(new Version(1, "b"))
            .Fires("1b~")
            .Notes("1b", "2a")
            .Update(new Version(2, "hidden"))
            .Notes("1b")
            .Retract(new Version(1, "whatever"))
            .Notes();
    }

    [Fact]
    public void Facts_without_an_identity_are_the_same_when_they_are_equal()
    {
        var session = Situation.Of<OnVersion>().Session;

        Assert.True(session.TryInsert(new Plain(1)));
        Assert.False(session.TryInsert(new Plain(1)));
        Assert.True(session.TryInsert(new Plain(2)));
        Assert.True(session.TryUpdate(new Plain(2)));
        Assert.False(session.TryUpdate(new Plain(3)));
        Assert.True(session.TryRetract(new Plain(2)));
        Assert.False(session.TryRetract(new Plain(2)));
        Assert.Equal([new Plain(1)], session.Query<Plain>());
    }

    [Fact]
    public void A_type_of_facts_may_have_a_comparer_of_its_own()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(typeof(OnVersion)));
        var compiler = new RuleCompiler();
        compiler.FactIdentityComparerRegistry.RegisterComparer(new ByLastDigit());
        var session = compiler.Compile(repository.GetRuleSets()).CreateSession();

        session.Insert(new Plain(1));
        session.Update(new Plain(21));

        Assert.Equal(21, Assert.Single(session.Query<Plain>()).Number);
    }

    [Fact]
    public void A_batch_is_all_or_nothing_unless_it_is_told_to_skip()
    {
        var session = Situation.Of<OnVersion>().Insert(new Version(1, "a")).Session;
        object[] facts = [new Version(2, "a"), new Version(1, "a")];

        Assert.Equal(1, session.TryInsertAll(facts).FailedCount);
        Assert.Single(session.Query<Version>());
        Assert.Equal(1, session.TryInsertAll(facts, BatchOptions.SkipFailed).FailedCount);
        Assert.Equal(2, session.Query<Version>().Count());

        object[] updates = [new Version(3, "b"), new Version(2, "b")];
        Assert.Equal(1, session.TryUpdateAll(updates).FailedCount);
        Assert.DoesNotContain(session.Query<Version>(), version => version.Text == "b");
        Assert.Equal(
            updates[0],
            Assert.Single(session.TryUpdateAll(updates, BatchOptions.SkipFailed).Failed)
        );
        Assert.Contains(updates[1], session.Query<Version>());

        Assert.Equal(1, session.TryRetractAll(updates).FailedCount);
        Assert.Equal(2, session.Query<Version>().Count());
        Assert.Equal(1, session.TryRetractAll(updates, BatchOptions.SkipFailed).FailedCount);
        Assert.Equal(new Version(1, "a"), Assert.Single(session.Query<Version>()));
    }

    [Fact]
    public void A_query_gives_the_facts_of_a_type_in_the_order_in_which_they_came()
    {
        var session = Situation.Of<OnVersion>().Session;
        session.InsertAll([new Plain(1), new Version(2, "a"), new Plain(3)]);
        session.Retract(new Plain(1));
        session.Insert(new Plain(0));

        Assert.Equal([new Plain(3), new Plain(0)], session.Query<Plain>());
        Assert.Equal(3, session.Query<object>().Count());
        Assert.Equal(new Version(2, "a"), session.Query<object>().First());
    }

    [Fact]
    public void A_cleared_session_is_as_new()
    {
        var situation = Situation.Of(
            typeof(OnVersion),
            typeof(QuantifierTests.NoItemAtAll),
            typeof(QueryTests.Collected)
        );
        object[] facts = [new Version(1, "a"), new Owner("o"), new Item("i") { OwnerKey = "o" }];
        for (var round = 0; round < 3; round++)
        {
            situation.Insert(facts);
            situation.Session.Fire();
            situation.Notes("1a", "o1");

            situation.Session.Clear();

            Assert.Empty(situation.Session.Query<object>());
            situation.Session.Fire();
            situation.Notes("none");
            situation.Session.Clear();
        }
    }

    [Fact]
    public void A_cleared_session_is_filled_again_without_new_memories()
    {
        var session = Situation
            .Compile(typeof(JoinTests.OwnedItem), typeof(QuantifierTests.WithoutItem))
            .CreateSession();
        var facts = Enumerable
            .Range(0, 500)
            .SelectMany(i =>
                new object[]
                {
                    new Owner("o" + i),
                    new Item("i" + i) { OwnerKey = "o" + i },
                }
            )
            .ToArray();
        long Fill()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            session.InsertAll(facts);
            session.Clear();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var first = Fill();
        Fill();
        var third = Fill();

        // What is left is an object for each fact.
        Assert.True(third < first / 2, $"{first} bytes at first, {third} later");
        Assert.True(third < facts.Length * 100, $"{third} bytes for {facts.Length} facts");
    }

    [Fact]
    public void Sessions_of_one_factory_know_nothing_of_each_other()
    {
        var factory = Situation.Compile(typeof(OnVersion));
        var (first, second) = (factory.CreateSession(), factory.CreateSession());

        first.Insert(new Version(1, "a"));

        Assert.Equal(0, second.Fire());
        Assert.Equal(1, first.Fire());
    }

    [Fact]
    public void Facts_keep_their_order_when_most_of_them_are_retracted()
    {
        var session = Situation.Of<OnVersion>().Session;
        session.InsertAll(Numbers(1, 100));

        session.RetractAll(Numbers(1, 90));
        session.Insert(new Plain(5));

        Assert.Equal([.. Numbers(91, 10), new Plain(5)], session.Query<Plain>());
        Assert.False(session.TryInsert(new Plain(100)));
        Assert.True(session.TryRetract(new Plain(95)));
        Assert.False(session.TryRetract(new Plain(1)));
        Assert.Equal([.. Numbers(91, 4), .. Numbers(96, 5), new Plain(5)], session.Query<Plain>());
    }

    [Fact]
    public void Facts_that_a_failed_firing_retracted_are_back_in_their_places()
    {
        var session = Situation.Of<ClearsOutAndFails>().Session;
        session.InsertAll(Numbers(1, 100));
        session.Insert(new Version(1, "a"));

        Assert.Throws<RuleRhsExpressionEvaluationException>(() => session.Fire());

        Assert.Equal(Numbers(1, 100), session.Query<Plain>());
        Assert.False(session.TryInsert(new Plain(3)));
        Assert.True(session.TryInsert(new Plain(200)));
        Assert.False(session.Agenda.IsEmpty);
    }

    private static IEnumerable<Plain> Numbers(int first, int count) =>
        Enumerable.Range(first, count).Select(number => new Plain(number));
}
