using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests;

/// <summary>Or, And, Let and Having.</summary>
public sealed class GroupingTests
{
    public sealed class Either : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            When()
                .Or(x =>
                    x.Match(() => owner, o => o.Limit > 5)
                        .And(y =>
                            y.Match(() => owner, o => o.Limit > 1).Exists<Item>(i => i.OwnerKey == owner.Key)
                        )
                );
            Then().Yield(c => new Note($"{owner.Name}{c.Match.Facts.Count()}"), (_, note) => note);
        }
    }

    public sealed class OneOfTwoTypes : Rule
    {
        public override void Define()
        {
            When().Match<Owner>(o => o.Limit == 1).Or(x => x.Exists<Item>(i => i.IsOpen).Exists<Note>());
            Then().Do(c => c.Match.ToString()).Undo(c => c.Match.ToString());
        }
    }

    public sealed class OwnerAndItem : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            Item item = null!;
            When()
                .And(x =>
                    x.Match(() => owner).Match(() => item, i => i.OwnerKey == owner.Key, i => i.IsOpen)
                );
            Then().Yield(_ => new Note(owner.Name + item.Name));
        }
    }

    public sealed class Doubled : Rule
    {
        public override void Define()
        {
            Item item = null!;
            var twice = 0;
            When().Match(() => item, i => i.IsOpen).Let(() => twice, () => item.Number * 2);
            Then().Yield(_ => new Note($"{item.Name}{twice}"));
        }
    }

    public sealed class Total : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            IEnumerable<Item> items = null!;
            var total = 0;
            When()
                .Match(() => owner)
                .Query(() => items, q => q.Match<Item>(i => i.OwnerKey == owner.Key).Collect())
                .Let(() => total, () => items.Sum(i => i.Number))
                .Having(() => total > owner.Limit);
            Then().Yield(_ => new Note($"{owner.Name}{total}"));
        }
    }

    private readonly Owner _owner = new("o");

    [Fact]
    public void Or_fires_once_for_each_alternative_that_matches()
    {
        _owner.Limit = 6;
        var item = new Item("a") { OwnerKey = "o" };
        Situation
            .Of<OneOfTwoTypes>()
            .Insert(new Owner("x") { Limit = 1 })
            .Fires()
            .Insert(item)
            .Fires("x")
            .Insert(new Note("n"))
            .Fires("x")
            .Retract(item)
            .Fires("x-");
    }

    [Fact]
    public void Each_alternative_comes_and_goes_with_updates_of_its_own_facts()
    {
        var item = new Item("a") { IsOpen = false };
        var owner = new Owner("x") { Limit = 1 };
        var situation = Situation.Of<OneOfTwoTypes>().Insert(owner, item, new Note("n")).Fires("x");

        item.IsOpen = true;
        situation.Update(item).Fires("x").Update(owner).Fires("x~", "x~");
        item.IsOpen = false;
        situation.Update(item).Fires("x-");
        owner.Limit = 2;
        situation.Update(owner).Fires("x-");
    }

    [Fact]
    public void An_alternative_follows_facts_that_another_rule_yields()
    {
        var item = new Item("a") { IsOpen = false };
        var draft = new Draft(item);
        var situation = Situation
            .Chained<OneOfTwoTypes>()
            .Insert(new Owner("x") { Limit = 1 }, draft)
            .Fires("draft");

        item.IsOpen = true;
        situation.Update(draft).Fires("draft~", "x");
        item.IsOpen = false;
        situation.Update(draft).Fires("draft~", "x-");
        item.IsOpen = true;
        situation.Update(draft).Fires("draft~", "x").Retract(draft).Fires("x-");
    }

    [Fact]
    public void An_alternative_may_be_a_group_of_patterns()
    {
        _owner.Limit = 2;
        var item = new Item("a") { OwnerKey = "o" };
        var situation = Situation.Of<Either>().Insert(_owner).Fires().Insert(item).Fires("o").Notes("o1");

        situation.Retract(item).Notes();
        _owner.Limit = 6;
        situation.Update(_owner).Fires("o").Notes("o1");
    }

    [Fact]
    public void A_group_of_patterns_in_an_alternative_follows_facts_that_another_rule_yields()
    {
        _owner.Limit = 2;
        var item = new Item("a") { OwnerKey = "p" };
        var draft = new Draft(item);
        var situation = Situation.Chained<Either>().Insert(_owner, draft).Fires("draft");

        item.OwnerKey = "o";
        situation.Update(draft).Fires("draft~", "o").Notes("o1");
        item.OwnerKey = "p";
        situation.Update(draft).Fires("draft~").Notes();
        item.OwnerKey = "o";
        situation.Update(draft).Fires("draft~", "o").Retract(draft).Notes().Fires();
    }

    [Fact]
    public void And_asks_for_all_patterns_of_a_group()
    {
        var item = new Item("a") { OwnerKey = "p" };
        var situation = Situation.Of<OwnerAndItem>().Insert(item).Fires().Insert(_owner).Fires();

        item.OwnerKey = "o";
        situation.Update(item).Fires("o a").Update(_owner).Fires("o a~").Notes("oa");
        item.IsOpen = false;
        situation.Update(item).Fires().Notes();
        item.IsOpen = true;
        situation.Update(item).Fires("o a").Retract(_owner).Fires().Notes();
    }

    [Fact]
    public void And_follows_facts_that_another_rule_yields()
    {
        var item = new Item("a") { OwnerKey = "o" };
        var draft = new Draft(item);
        var situation = Situation.Chained<OwnerAndItem>().Insert(_owner, draft).Fires("draft", "o a");

        item.IsOpen = false;
        situation.Update(draft).Fires("draft~").Notes();
        item.IsOpen = true;
        situation.Update(draft).Fires("draft~", "o a").Retract(draft).Notes().Fires();
    }

    [Fact]
    public void Let_follows_what_it_reads()
    {
        var item = new Item("a") { Number = 1, IsOpen = false };
        var situation = Situation.Of<Doubled>().Insert(item, new Item("b") { Number = 4 }).Fires("b 8");

        item.IsOpen = true;
        situation.Update(item).Fires("a 2");
        item.Number = 3;
        situation.Update(item).Fires("a 6~").Notes("a6", "b8");
        item.IsOpen = false;
        situation.Update(item).Fires().Notes("b8");
        item.IsOpen = true;
        situation.Update(item).Fires("a 6").Retract(item).Fires().Notes("b8");
    }

    [Fact]
    public void Let_follows_facts_that_another_rule_yields()
    {
        var item = new Item("a") { Number = 1 };
        var draft = new Draft(item);
        var situation = Situation.Chained<Doubled>().Insert(draft).Fires("draft", "a 2").Notes("a2");

        item.Number = 3;
        situation.Update(draft).Fires("draft~", "a 6~").Notes("a6");
        item.IsOpen = false;
        situation.Update(draft).Fires("draft~").Notes();
        item.IsOpen = true;
        situation.Update(draft).Fires("draft~", "a 6").Retract(draft).Notes().Fires();
    }

    [Fact]
    public void Having_comes_and_goes_with_what_it_judges()
    {
        var item = new Item("a") { OwnerKey = "o", Number = 0 };
        var situation = Situation.Of<Total>().Insert(_owner, item).Fires();

        item.Number = 2;
        situation.Update(item).Fires("o [a] 2").Notes("o2");
        item.Number = 0;
        situation.Update(item).Fires().Notes();
        item.Number = 2;
        situation.Update(item).Fires("o [a] 2").Retract(item).Fires().Notes();
    }

    [Fact]
    public void Having_follows_facts_that_another_rule_yields()
    {
        var item = new Item("a") { OwnerKey = "o", Number = 0 };
        var draft = new Draft(item);
        var situation = Situation.Chained<Total>().Insert(_owner, draft).Fires("draft");

        item.Number = 2;
        situation.Update(draft).Fires("draft~", "o [a] 2").Notes("o2");
        item.Number = 0;
        situation.Update(draft).Fires("draft~").Notes();
        item.Number = 2;
        situation.Update(draft).Fires("draft~", "o [a] 2").Retract(draft).Notes().Fires();
    }

    [Fact]
    public void Let_binds_a_value_and_Having_judges_it()
    {
        var item = new Item("a") { OwnerKey = "o", Number = 1 };
        var situation = Situation
            .Of<Total>()
            .Insert(_owner)
            .Fires()
            .Insert(item)
            .Fires("o [a] 1")
            .Notes("o1");

        item.Number = 3;
        situation.Update(item).Fires("o [a] 3~").Notes("o3");
        _owner.Limit = 3;
        situation.Update(_owner).Fires().Notes();
        situation.Insert(new Item("b") { OwnerKey = "o", Number = 1 }).Fires("o [a,b] 4").Notes("o4");
    }
}
