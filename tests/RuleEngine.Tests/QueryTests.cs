using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests;

public sealed class QueryTests
{
    public sealed class Collected : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            IEnumerable<Item> items = null!;
            When()
                .Match(() => owner)
                .Query(
                    () => items,
                    q => q.Match<Item>(i => i.OwnerKey == owner.Key, i => i.IsOpen).Collect()
                );
            Then().Yield(_ => new Note(owner.Name + items.Count()));
        }
    }

    public sealed class CollectedAlone : Rule
    {
        public override void Define()
        {
            IEnumerable<Item> items = null!;
            When().Query(() => items, q => q.Match<Item>().Collect().Where(c => c.Count() != 1));
            Then().Do(_ => GC.KeepAlive(items));
        }
    }

    public sealed class Sorted : Rule
    {
        public override void Define()
        {
            IEnumerable<Item> items = null!;
            When()
                .Query(
                    () => items,
                    q =>
                        q.Match<Item>(i => i.IsOpen)
                            .Collect()
                            .OrderByDescending(i => i.Number)
                            .ThenBy(i => i.OwnerKey)
                );
            Then().Do(_ => GC.KeepAlive(items));
        }
    }

    public sealed class SortedUp : Rule
    {
        public override void Define()
        {
            IEnumerable<Item> items = null!;
            When()
                .Query(
                    () => items,
                    q =>
                        q.Match<Item>(i => i.IsOpen)
                            .Collect()
                            .OrderBy(i => i.OwnerKey)
                            .ThenByDescending(i => i.Number)
                );
            Then().Do(_ => GC.KeepAlive(items));
        }
    }

    public sealed class Grouped : Rule
    {
        public override void Define()
        {
            IGrouping<string?, Item> group = null!;
            When()
                .Query(
                    () => group,
                    q => q.Match<Item>(i => i.IsOpen).GroupBy(i => i.OwnerKey).Where(g => g.Count() > 1)
                );
            Then().Yield(_ => new Note($"{group.Key}:{string.Join(',', group)}"));
        }
    }

    public sealed class GroupedNumbers : Rule
    {
        public override void Define()
        {
            IGrouping<string?, int> group = null!;
            var sum = 0;
            When()
                .Query(() => group, q => q.Match<Item>(i => i.IsOpen).GroupBy(i => i.OwnerKey, i => i.Number))
                .Let(() => sum, () => group.Sum());
            Then().Yield(_ => new Note($"{group.Key}={sum}"));
        }
    }

    public sealed class Projected : Rule
    {
        public override void Define()
        {
            var number = 0;
            When()
                .Query(
                    () => number,
                    q => q.Match<Item>(i => i.IsOpen).Select(i => i.Number * 10).Where(n => n > 10)
                );
            Then().Do(_ => GC.KeepAlive(number)).Undo(_ => GC.KeepAlive(number));
        }
    }

    public sealed class Flattened : Rule
    {
        public override void Define()
        {
            var word = "";
            When()
                .Query(
                    () => word,
                    q =>
                        q.Match<Item>(i => i.IsOpen)
                            .SelectMany(i => i.OwnerKey!.Split(' ', StringSplitOptions.None))
                            .Where(w => w.Length > 1)
                );
            Then().Do(_ => GC.KeepAlive(word)).Undo(_ => GC.KeepAlive(word));
        }
    }

    public sealed class FromValue : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            IEnumerable<Item> items = null!;
            IGrouping<string?, Item> group = null!;
            When()
                .Match(() => owner)
                .Query(() => items, q => q.Match<Item>(i => i.Number >= owner.Limit).Collect())
                .Query(() => group, q => q.From(() => items).SelectMany(all => all).GroupBy(i => i.OwnerKey));
            Then().Yield(_ => new Note($"{owner.Name} {group.Key}:{string.Join(',', group)}"));
        }
    }

    public sealed class LookedUp : Rule
    {
        public override void Define()
        {
            IKeyedLookup<bool, string> byState = null!;
            When()
                .Query(
                    () => byState,
                    q => q.Match<Item>(i => i.Number >= 0).Collect().ToLookup(i => i.IsOpen, i => i.Name)
                );
            Then()
                .Yield(_ => new Note(
                    string.Join(
                        ';',
                        byState.Keys.Order().Select(key => $"{key}:{string.Join(',', byState[key])}")
                    )
                ));
        }
    }

    public sealed class LookedUpWhole : Rule
    {
        public override void Define()
        {
            IKeyedLookup<string?, Item> byOwner = null!;
            When().Query(() => byOwner, q => q.Match<Item>().Collect().ToLookup(i => i.OwnerKey));
            Then()
                .Yield(_ => new Note(
                    string.Join(
                        ';',
                        byOwner.Keys.Order().Select(key => $"{key}:{string.Join(',', byOwner[key])}")
                    )
                ));
        }
    }

    public sealed class Found : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            Item item = null!;
            When()
                .Match(() => owner)
                .Query(
                    () => item,
                    q =>
                        q.Match<Item>(i => i.IsOpen, i => i.OwnerKey == owner.Key)
                            .Where(i => i.Number > 1, i => i.Number > owner.Limit)
                );
            Then().Yield(_ => new Note(owner.Name + item.Name));
        }
    }

    public sealed class SortedByVersion : Rule
    {
        public override void Define()
        {
            IEnumerable<Item> items = null!;
            When()
                .Query(
                    () => items,
                    q => q.Match<Item>().Collect().OrderByDescending(i => new Release(i.Number))
                );
            Then().Do(_ => GC.KeepAlive(items));
        }
    }

    public sealed class SortedByAnything : Rule
    {
        public override void Define()
        {
            IEnumerable<Item> items = null!;
            When().Query(() => items, q => q.Match<Item>().Collect().OrderBy(i => Key(i)));
            Then().Do(_ => GC.KeepAlive(items));
        }

        private static object Key(Item item) => item.IsOpen ? item.Number : item;
    }

    /// <summary>Has an order, but not one for objects of any type.</summary>
#pragma warning disable CA1036, MA0097 // What is compared here are keys, never by an operator.
    public readonly record struct Release(int Number) : IComparable<Release>
    {
        public int CompareTo(Release other) => Number.CompareTo(other.Number);
    }
#pragma warning restore CA1036, MA0097

    public sealed class CountedNotes : Rule
    {
        public override void Define()
        {
            IEnumerable<Note> notes = null!;
            When()
                .Query(() => notes, q => q.Match<Note>(n => n.Text != "all").Collect())
                .Having(() => notes.Count() == 2);
            Then().Yield(_ => new Note("all"));
        }
    }

    private static Item Item(string name, string owner, int number = 0) =>
        new(name) { OwnerKey = owner, Number = number };

    [Fact]
    public void Collect_gives_one_collection_for_each_combination_also_an_empty_one()
    {
        var (a, b) = (Item("a", "o"), Item("b", "o"));
        var situation = Situation.Of<Collected>().Insert(new Owner("o"), new Owner("p"), a, b);

        situation.Fires("o [a,b]", "p []");
        a.IsOpen = false;
        situation.Update(a).Fires("o [b]~");
        a.IsOpen = true;
        a.OwnerKey = "p";
        situation.Update(a).Fires("p [a]~").Retract(a).Fires("p []~").Notes("o1", "p0");
    }

    [Fact]
    public void A_collection_follows_facts_that_another_rule_yields()
    {
        var a = Item("a", "o");
        var draft = new Draft(a);
        var situation = Situation
            .Chained<Collected>()
            .Insert(new Owner("o"), draft)
            .Fires("draft", "o [a]")
            .Notes("o1");

        a.IsOpen = false;
        situation.Update(draft).Fires("draft~", "o []~").Notes("o0");
        a.IsOpen = true;
        situation.Update(draft).Fires("draft~", "o [a]~").Retract(draft).Fires("o []~").Notes("o0");
    }

    [Fact]
    public void Match_and_Where_give_each_fact_that_meets_all_conditions()
    {
        var (owner, a) = (new Owner("o"), Item("a", "o", 1));
        var situation = Situation.Of<Found>().Insert(owner, a, Item("b", "o", 2), Item("c", "p", 2));
        situation.Fires("o b");

        a.Number = 2;
        situation.Update(a).Fires("o a").Update(a).Fires("o a~").Notes("oa", "ob");
        a.IsOpen = false;
        situation.Update(a).Fires().Notes("ob");
        a.IsOpen = true;
        situation.Update(a).Fires("o a");
        owner.Limit = 2;
        situation.Update(owner).Fires().Notes();
        a.Number = 3;
        situation.Update(a).Fires("o a").Retract(a).Fires().Notes();
    }

    [Fact]
    public void Match_and_Where_follow_facts_that_another_rule_yields()
    {
        var a = Item("a", "o", 1);
        var draft = new Draft(a);
        var situation = Situation.Chained<Found>().Insert(new Owner("o"), draft).Fires("draft");

        a.Number = 2;
        situation.Update(draft).Fires("draft~", "o a").Update(draft).Fires("draft~", "o a~");
        a.IsOpen = false;
        situation.Update(draft).Fires("draft~").Notes();
        a.IsOpen = true;
        situation.Update(draft).Fires("draft~", "o a").Retract(draft).Notes().Fires();
    }

    [Fact]
    public void A_collection_is_handed_on_once_for_a_batch() =>
        Situation
            .Of<Collected>()
            .Insert(new Owner("o"))
            .Fires("o []")
            .Insert(Item("a", "o"), Item("b", "o"))
            .Fires("o [a,b]~");

    [Fact]
    public void A_condition_on_the_collection_lets_it_come_and_go()
    {
        var a = Item("a", "o");
        Situation
            .Of<CollectedAlone>()
            .Fires("[]")
            .Insert(a)
            .Fires()
            .Insert(Item("b", "o"))
            .Fires("[a,b]")
            .Retract(a)
            .Fires();
    }

    [Fact]
    public void OrderByDescending_and_ThenBy_follow_their_keys()
    {
        var (a, b, c) = (Item("a", "o", 1), Item("b", "o", 3), Item("c", "p", 3));
        var situation = Situation.Of<Sorted>().Insert(c, a, b).Fires("[b,c,a]");

        a.Number = 4;
        situation.Update(a).Fires("[a,b,c]~");
        b.OwnerKey = "q";
        situation.Update(b).Fires("[a,c,b]~");
        c.IsOpen = false;
        situation.Update(c).Fires("[a,b]~");
        (c.IsOpen, c.Number) = (true, 5);
        situation.Update(c).Fires("[c,a,b]~").Retract(a).Fires("[c,b]~");
    }

    [Fact]
    public void OrderBy_and_ThenByDescending_follow_their_keys_which_may_be_null()
    {
        var (a, b, c) = (Item("a", "p", 1), new Item("b") { Number = 1 }, Item("c", "p", 2));
        var situation = Situation.Of<SortedUp>().Insert(a, b, c).Fires("[b,c,a]");

        b.OwnerKey = "q";
        situation.Update(b).Fires("[c,a,b]~");
        a.Number = 3;
        situation.Update(a).Fires("[a,c,b]~");
        c.IsOpen = false;
        situation.Update(c).Fires("[a,b]~");
        (c.IsOpen, c.OwnerKey) = (true, null);
        situation.Update(c).Fires("[c,a,b]~").Retract(a).Fires("[c,b]~");
    }

    [Theory]
    [InlineData(typeof(Sorted))]
    [InlineData(typeof(SortedUp))]
    public void A_sorted_collection_follows_facts_that_another_rule_yields(Type rule)
    {
        var a = Item("a", "p", 1);
        var draft = new Draft(a);
        var situation = Situation
            .Of(typeof(ChainStart), rule)
            .Insert(Item("b", "q", 0), draft)
            .Fires("draft", "[a,b]");

        (a.OwnerKey, a.Number) = ("r", -1);
        situation.Update(draft).Fires("draft~", "[b,a]~");
        a.IsOpen = false;
        situation.Update(draft).Fires("draft~", "[b]~");
        (a.IsOpen, a.OwnerKey, a.Number) = (true, "q", 1);
        situation.Update(draft).Fires("draft~", "[a,b]~").Retract(draft).Fires("[b]~");
    }

    [Fact]
    public void Sort_keys_are_compared_by_the_order_of_their_type() =>
        Situation
            .Of<SortedByVersion>()
            .Insert(Item("a", "o", 1), Item("b", "o", 3), Item("c", "o", 2))
            .Fires("[b,c,a]");

    [Fact]
    public void Sort_keys_that_turn_out_to_have_no_order_leave_the_session_as_it_was()
    {
        var (a, b) = (Item("a", "o", 2), Item("b", "o", 1));
        b.IsOpen = false;
        var situation = Situation.Of<SortedByAnything>().Insert(a).Fires("[a]");

        Assert.Throws<ArgumentException>(() => situation.Insert(b));
        Assert.Same(a, Assert.Single(situation.Session.Query<Item>()));
        situation.Fires();
        b.IsOpen = true;
        situation.Insert(b).Fires("[b,a]~").Retract(a).Fires("[b]~");
    }

    [Fact]
    public void GroupBy_gives_a_result_for_each_key_while_it_has_facts()
    {
        var (a, b, c) = (Item("a", "o"), Item("b", "o"), Item("c", "p"));
        var situation = Situation.Of<Grouped>().Insert(a, b, c).Fires("o[a,b]");

        c.OwnerKey = "o";
        situation.Update(c).Fires("o[a,b,c]~");
        a.OwnerKey = null;
        b.OwnerKey = null;
        situation.Update(a, b).Fires("[a,b]").Notes(":a,b");
        situation.Retract(a).Fires().Notes();
    }

    [Fact]
    public void GroupBy_follows_facts_that_another_rule_yields()
    {
        var a = Item("a", "p");
        var draft = new Draft(a);
        var situation = Situation.Chained<Grouped>().Insert(Item("b", "o"), draft).Fires("draft");

        a.OwnerKey = "o";
        situation.Update(draft).Fires("draft~", "o[b,a]").Update(draft).Fires("draft~", "o[b,a]~");
        a.IsOpen = false;
        situation.Update(draft).Fires("draft~").Notes();
        a.IsOpen = true;
        situation.Update(draft).Fires("draft~", "o[b,a]").Retract(draft).Notes().Fires();
    }

    [Fact]
    public void A_group_may_be_of_projected_values()
    {
        var (a, b) = (Item("a", "o", 1), Item("b", "o", 2));
        var situation = Situation.Of<GroupedNumbers>().Insert(a, b, Item("c", "p", 4));
        situation.Session.Fire();
        situation.Notes("o=3", "p=4");

        b.Number = 7;
        situation.Update(b).Session.Fire();
        situation.Notes("o=8", "p=4");
        b.OwnerKey = "p";
        situation.Update(b).Session.Fire();
        situation.Notes("o=1", "p=11");
        a.IsOpen = false;
        situation.Update(a).Session.Fire();
        situation.Notes("p=11");
        a.IsOpen = true;
        situation.Update(a).Retract(b).Session.Fire();
        situation.Notes("o=1", "p=4");
    }

    [Fact]
    public void A_group_of_projected_values_follows_facts_that_another_rule_yields()
    {
        var a = Item("a", "o", 1);
        var draft = new Draft(a);
        var situation = Situation.Chained<GroupedNumbers>().Insert(draft, Item("b", "o", 2));
        situation.Session.Fire();
        situation.Notes("o=3");

        a.Number = 4;
        situation.Update(draft).Session.Fire();
        situation.Notes("o=6");
        a.OwnerKey = "p";
        situation.Update(draft).Session.Fire();
        situation.Notes("o=2", "p=4");
        a.IsOpen = false;
        situation.Update(draft).Session.Fire();
        situation.Notes("o=2");
        a.IsOpen = true;
        situation.Update(draft).Session.Fire();
        situation.Notes("o=2", "p=4").Retract(draft).Notes("o=2");
    }

    [Fact]
    public void Select_gives_a_result_for_each_fact()
    {
        var a = Item("a", "o", 1);
        var situation = Situation.Of<Projected>().Insert(a, Item("b", "o", 2)).Fires("20");

        a.Number = 3;
        situation.Update(a).Fires("30").Update(a).Fires("30~");
        a.IsOpen = false;
        situation.Update(a).Fires("30-");
        a.IsOpen = true;
        situation.Update(a).Fires("30").Retract(a).Fires("30-");
    }

    [Fact]
    public void Select_follows_facts_that_another_rule_yields()
    {
        var a = Item("a", "o", 1);
        var draft = new Draft(a);
        var situation = Situation.Chained<Projected>().Insert(draft).Fires("draft");

        a.Number = 3;
        situation.Update(draft).Fires("draft~", "30").Update(draft).Fires("draft~", "30~");
        a.IsOpen = false;
        situation.Update(draft).Fires("draft~", "30-");
        a.IsOpen = true;
        situation.Update(draft).Fires("draft~", "30").Retract(draft).Fires("30-");
    }

    [Fact]
    public void SelectMany_gives_a_result_for_each_element()
    {
        var a = Item("a", "ab c de ab");
        var situation = Situation.Of<Flattened>().Insert(a).Fires("ab", "de", "ab");

        a.OwnerKey = "fg ab";
        situation.Update(a).Fires("de-", "ab-", "fg", "ab~");
        a.IsOpen = false;
        situation.Update(a).Fires("fg-", "ab-");
        a.IsOpen = true;
        situation.Update(a).Fires("fg", "ab").Retract(a).Fires("fg-", "ab-");
    }

    [Fact]
    public void SelectMany_follows_facts_that_another_rule_yields()
    {
        var a = Item("a", "c");
        var draft = new Draft(a);
        var situation = Situation.Chained<Flattened>().Insert(draft).Fires("draft");

        a.OwnerKey = "ab c de";
        situation.Update(draft).Fires("draft~", "ab", "de");
        a.OwnerKey = "ab";
        situation.Update(draft).Fires("draft~", "de-", "ab~").Retract(draft).Fires("ab-");
    }

    [Fact]
    public void From_goes_on_with_a_value_bound_before()
    {
        var (owner, a) = (new Owner("x") { Limit = 2 }, Item("a", "o", 2));
        var situation = Situation.Of<FromValue>().Insert(owner, a, Item("b", "p", 3), Item("c", "o", 1));
        situation.Session.Fire();
        situation.Notes("x o:a", "x p:b");

        owner.Limit = 1;
        situation.Update(owner).Session.Fire();
        situation.Notes("x o:a,c", "x p:b");
        situation.Retract(a).Session.Fire();
        situation.Notes("x o:c", "x p:b");
        owner.Limit = 3;
        situation.Update(owner).Session.Fire();
        situation.Notes("x p:b");
    }

    [Fact]
    public void From_follows_facts_that_another_rule_yields()
    {
        var (owner, a) = (new Owner("x") { Limit = 2 }, Item("a", "o", 1));
        var draft = new Draft(a);
        var situation = Situation.Chained<FromValue>().Insert(owner, draft).Fires("draft");

        a.Number = 2;
        situation.Update(draft).Session.Fire();
        situation.Notes("x o:a");
        a.OwnerKey = "p";
        situation.Update(draft).Session.Fire();
        situation.Notes("x p:a");
        a.Number = 1;
        situation.Update(draft).Session.Fire();
        situation.Notes();
        a.Number = 2;
        situation.Update(draft).Session.Fire();
        situation.Notes("x p:a").Retract(draft).Notes();
    }

    [Fact]
    public void ToLookup_gives_the_collection_by_key()
    {
        var a = Item("a", "o");
        var situation = Situation.Of<LookedUp>().Insert(a, Item("b", "o"));
        situation.Session.Fire();
        situation.Notes("True:a,b");

        a.IsOpen = false;
        situation.Update(a).Session.Fire();
        situation.Notes("False:a;True:b");
        a.Number = -1;
        situation.Update(a).Session.Fire();
        situation.Notes("True:b");
        a.Number = 0;
        situation.Update(a).Session.Fire();
        situation.Notes("False:a;True:b").Retract(a).Session.Fire();
        situation.Notes("True:b");
    }

    [Theory]
    [InlineData(typeof(LookedUp), "True:b", "True:b,a", "False:a;True:b")]
    [InlineData(typeof(LookedUpWhole), "p:b", "o:a;p:b", "p:b,a")]
    public void A_lookup_follows_facts_that_another_rule_yields(
        Type rule,
        string without,
        string with,
        string changed
    )
    {
        var a = Item("a", "o");
        var draft = new Draft(a);
        var situation = Situation.Of(typeof(ChainStart), rule).Insert(Item("b", "p"));
        situation.Session.Fire();
        situation.Notes(without).Insert(draft).Session.Fire();
        situation.Notes(with);

        (a.IsOpen, a.OwnerKey) = (false, "p");
        situation.Update(draft).Session.Fire();
        situation.Notes(changed).Retract(draft).Session.Fire();
        situation.Notes(without);
    }

    [Fact]
    public void A_query_sees_what_other_rules_yield()
    {
        var a = Item("a", "o");
        var situation = Situation
            .Of(typeof(MatchTests.OpenItem), typeof(CountedNotes))
            .Insert(Item("b", "o", 2));
        situation.Session.Fire();
        situation.Notes("b");

        a.Number = 2;
        situation.Insert(a).Session.Fire();
        situation.Notes("a", "all", "b");
        situation.Retract(a).Notes("b");
    }

    [Fact]
    public void The_facts_behind_a_result_can_be_asked_for()
    {
        var session = Situation.Of<Collected>().Insert(new Owner("o"), Item("a", "o")).Session;

        var collection = session.Agenda.Peek().Facts.Last();
        Assert.Equal(FactSourceType.Aggregate, collection.Source!.SourceType);
        Assert.Equal("a", collection.Source.Facts.Single().Value!.ToString());
    }
}
