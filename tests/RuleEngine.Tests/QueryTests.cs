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
                    q => q.Match<Item>().Collect().OrderByDescending(i => i.Number).ThenBy(i => i.Name)
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
                    q => q.Match<Item>().Collect().OrderBy(i => i.OwnerKey).ThenByDescending(i => i.Number)
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
                .Query(() => group, q => q.Match<Item>().GroupBy(i => i.OwnerKey, i => i.Number))
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
            Then().Do(_ => GC.KeepAlive(number));
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
                        q.Match<Note>()
                            .SelectMany(n => n.Text.Split(' ', StringSplitOptions.None))
                            .Where(w => w.Length > 1)
                );
            Then().Do(_ => GC.KeepAlive(word));
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
            When().Query(() => byState, q => q.Match<Item>().Collect().ToLookup(i => i.IsOpen, i => i.Name));
            Then()
                .Yield(_ => new Note(
                    string.Join(
                        ';',
                        byState.Keys.Order().Select(key => $"{key}:{string.Join(',', byState[key])}")
                    )
                ));
        }
    }

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
    public void A_sorted_collection_follows_its_keys()
    {
        var (a, b, c) = (Item("a", "o", 1), Item("b", "o", 3), Item("c", "o", 3));
        var situation = Situation.Of<Sorted>().Insert(c, a, b).Fires("[b,c,a]");

        a.Number = 4;
        situation.Update(a).Fires("[a,b,c]~").Retract(b).Fires("[a,c]~");
    }

    [Fact]
    public void Sort_keys_may_be_null_and_go_both_ways()
    {
        Situation
            .Of<SortedUp>()
            .Insert(Item("a", "p", 1), new Item("b") { Number = 1 }, Item("c", "p", 2))
            .Fires("[b,c,a]");
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
    public void A_group_may_be_of_projected_values()
    {
        var (a, b) = (Item("a", "o", 1), Item("b", "o", 2));
        var situation = Situation.Of<GroupedNumbers>().Insert(a, b, Item("c", "p", 4));
        situation.Session.Fire();
        situation.Notes("o=3", "p=4");

        b.Number = 7;
        situation.Update(b).Session.Fire();
        situation.Notes("o=8", "p=4");
    }

    [Fact]
    public void Select_gives_a_result_for_each_fact()
    {
        var a = Item("a", "o", 1);
        var situation = Situation.Of<Projected>().Insert(a, Item("b", "o", 2)).Fires("20");

        a.Number = 3;
        situation.Update(a).Fires("30").Update(a).Fires("30~").Retract(a).Fires();
    }

    [Fact]
    public void SelectMany_gives_a_result_for_each_element()
    {
        var note = new Note("ab c de ab");
        Situation.Of<Flattened>().Insert(note).Fires("ab", "de", "ab").Retract(note).Fires();
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
