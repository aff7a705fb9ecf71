using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests;

public sealed class QuantifierTests
{
    public sealed class WithoutItem : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            When().Match(() => owner).Not<Item>(i => i.OwnerKey == owner.Key, i => i.IsOpen);
            Then().Yield(_ => new Note(owner.Name));
        }
    }

    public sealed class WithoutSmallItem : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            When().Match(() => owner).Not<Item>(i => i.OwnerKey == owner.Key, i => i.Number < owner.Limit);
            Then().Yield(_ => new Note(owner.Name));
        }
    }

    public sealed class NoItemAtAll : Rule
    {
        public override void Define()
        {
            When().Not<Item>();
            Then().Yield(_ => new Note("none"));
        }
    }

    public sealed class WithItem : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            When().Match(() => owner).Exists<Item>(i => i.OwnerKey == owner.Key, i => i.IsOpen);
            Then().Yield(_ => new Note(owner.Name));
        }
    }

    public sealed class AnyOpenItem : Rule
    {
        public override void Define()
        {
            When().Exists<Item>(i => i.IsOpen);
            Then().Yield(_ => new Note("some"));
        }
    }

    public sealed class AllOpen : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            When()
                .Match(() => owner)
                .All<Item>(i => i.OwnerKey == owner.Key, i => i.IsOpen, i => i.Number >= owner.Limit);
            Then().Yield(_ => new Note(owner.Name));
        }
    }

    public sealed class AllItemsOpen : Rule
    {
        public override void Define()
        {
            When().All<Item>(i => i.IsOpen);
            Then().Yield(_ => new Note("all open"));
        }
    }

    public sealed class NotedItem : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => i.IsOpen).Not<Note>(n => n.Text == "no " + item.Name);
            Then().Yield(_ => new Note(item.Name));
        }
    }

    public sealed class Forbidden : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => i.Number > 5);
            Then().Yield(_ => new Note("no " + item.Name));
        }
    }

    private readonly Owner _owner = new("o");
    private readonly Item _item = new("a") { OwnerKey = "o" };

    [Fact]
    public void Not_holds_while_no_fact_matches_and_is_judged_for_each_combination()
    {
        var other = new Owner("p");
        var situation = Situation.Of<WithoutItem>().Insert(_owner, other, _item).Fires("p");

        situation.Retract(_item).Fires("o").Notes("o", "p");
        situation.Insert(_item).Fires().Notes("p");
    }

    [Fact]
    public void Not_follows_updates_of_the_facts_it_looks_at()
    {
        var situation = Situation.Of<WithoutItem>().Insert(_owner, _item).Fires();

        _item.IsOpen = false;
        situation.Update(_item).Fires("o");
        _item.IsOpen = true;
        situation.Update(_item).Fires().Notes();
        _item.OwnerKey = "p";
        situation.Update(_item).Fires("o");
    }

    [Fact]
    public void Not_counts_the_facts_in_the_way()
    {
        var second = new Item("b") { OwnerKey = "o" };
        Situation
            .Of<WithoutItem>()
            .Insert(_owner, _item, second)
            .Fires()
            .Retract(_item)
            .Fires()
            .Retract(second)
            .Fires("o");
    }

    [Fact]
    public void Not_with_a_condition_that_is_no_equality_follows_both_sides()
    {
        _item.Number = 3;
        var situation = Situation.Of<WithoutSmallItem>().Insert(_owner, _item).Fires("o");

        _owner.Limit = 5;
        situation.Update(_owner).Fires().Notes();
        _item.Number = 7;
        situation.Update(_item).Fires("o").Notes("o");
    }

    [Fact]
    public void Not_alone_holds_before_any_fact_comes()
    {
        Situation.Of<NoItemAtAll>().Fires("").Notes("none").Insert(_item).Notes().Retract(_item).Fires("");
    }

    [Fact]
    public void Not_through_a_chain_takes_back_what_was_yielded()
    {
        var situation = Situation
            .Of(typeof(NotedItem), typeof(Forbidden))
            .Insert(_item)
            .Fires("a")
            .Notes("a");

        _item.Number = 6;
        situation.Update(_item);
        situation.Session.Fire();
        situation.Notes("no a");
        _item.Number = 1;
        situation.Update(_item);
        situation.Session.Fire();
        situation.Notes("a");
    }

    [Fact]
    public void Not_follows_facts_that_another_rule_yields()
    {
        var draft = new Draft(_item);
        var situation = Situation.Chained<WithoutItem>().Insert(draft).Fires("draft").Insert(_owner).Fires();

        _item.IsOpen = false;
        situation.Update(draft).Fires("draft~", "o").Notes("o");
        _item.IsOpen = true;
        situation.Update(draft).Fires("draft~").Notes();
        situation.Retract(draft).Fires("o").Notes("o").Insert(draft).Fires("draft").Notes();
    }

    [Fact]
    public void Exists_fires_once_however_many_facts_match()
    {
        Situation
            .Of<WithItem>()
            .Insert(_owner)
            .Fires()
            .Insert(_item)
            .Fires("o")
            .Insert(new Item("b") { OwnerKey = "o" })
            .Fires()
            .Retract(_item)
            .Fires()
            .Notes("o");
    }

    [Fact]
    public void Exists_ends_with_the_last_fact_that_matches()
    {
        var situation = Situation.Of<WithItem>().Insert(_item, _owner).Fires("o");

        _item.IsOpen = false;
        situation.Update(_item).Fires().Notes();
        _item.IsOpen = true;
        situation.Update(_item).Fires("o").Retract(_item).Fires().Notes();
    }

    [Fact]
    public void Exists_alone_needs_no_other_pattern()
    {
        _item.IsOpen = false;
        var situation = Situation.Of<AnyOpenItem>().Fires().Insert(_item).Fires();

        _item.IsOpen = true;
        situation.Update(_item).Fires("").Insert(new Item("b")).Fires().Notes("some");
        _item.IsOpen = false;
        situation.Update(_item).Fires().Notes("some");
        situation = Situation.Of<AnyOpenItem>().Insert(new Item("c"), _item).Fires("");
        situation.Retract(situation.Session.Query<Item>().First()).Fires().Notes();
    }

    [Fact]
    public void Exists_follows_the_key_on_either_side()
    {
        var situation = Situation.Of<WithItem>().Insert(_item, _owner).Fires("o");

        _item.OwnerKey = "p";
        situation.Update(_item).Fires().Notes();
        _owner.Key = "p";
        situation.Update(_owner).Fires("o").Notes("o");
    }

    [Fact]
    public void Exists_follows_facts_that_another_rule_yields()
    {
        var draft = new Draft(_item);
        var situation = Situation.Chained<WithItem>().Insert(_owner, draft).Fires("draft", "o").Notes("o");

        _item.IsOpen = false;
        situation.Update(draft).Fires("draft~").Notes();
        _item.IsOpen = true;
        situation.Update(draft).Fires("draft~", "o").Update(draft).Fires("draft~").Notes("o");
        situation.Retract(draft).Notes().Fires();
    }

    [Fact]
    public void Exists_that_passes_from_one_fact_to_another_in_one_call_does_not_fire_again()
    {
        var second = new Item("b") { OwnerKey = "o", IsOpen = false };
        var situation = Situation.Of<WithItem>().Insert(_owner, _item, second).Fires("o");

        (_item.IsOpen, second.IsOpen) = (false, true);
        situation.Update(_item, second).Fires().Notes("o");
        (_item.IsOpen, second.IsOpen) = (true, false);
        situation.Update(_item, second, _owner).Fires("o~");
    }

    [Fact]
    public void An_update_of_a_fact_that_only_exists_does_not_fire_again() =>
        Situation.Of<WithItem>().Insert(_item, _owner).Fires("o").Update(_item).Fires();

    [Fact]
    public void An_update_of_the_matched_fact_does() =>
        Situation.Of<WithItem>().Insert(_item, _owner).Fires("o").Update(_owner).Fires("o~");

    [Fact]
    public void All_holds_while_no_fact_fails_also_when_there_is_none()
    {
        var situation = Situation.Of<AllOpen>().Insert(_owner).Fires("o").Insert(_item).Fires().Notes("o");

        _item.IsOpen = false;
        situation.Update(_item).Fires().Notes();
        situation.Retract(_item).Fires("o").Notes("o");
        situation.Insert(_item).Fires().Notes();
        _item.IsOpen = true;
        situation.Update(_item).Fires("o");
    }

    [Fact]
    public void All_follows_facts_that_another_rule_yields()
    {
        _item.IsOpen = false;
        var draft = new Draft(_item);
        var situation = Situation.Chained<AllOpen>().Insert(draft).Fires("draft").Insert(_owner).Fires();

        _item.IsOpen = true;
        situation.Update(draft).Fires("draft~", "o").Update(draft).Fires("draft~").Notes("o");
        _item.IsOpen = false;
        situation.Update(draft).Fires("draft~").Notes();
        situation.Retract(draft).Fires("o").Notes("o");
    }

    [Fact]
    public void All_judges_with_the_variables_of_the_rule()
    {
        _item.Number = 1;
        var situation = Situation.Of<AllOpen>().Insert(_owner, _item).Fires("o");

        _owner.Limit = 2;
        situation.Update(_owner).Fires().Notes();
    }

    [Fact]
    public void All_of_a_type_needs_no_other_pattern()
    {
        var situation = Situation.Of<AllItemsOpen>().Fires("").Insert(_item).Fires().Notes("all open");

        _item.IsOpen = false;
        situation.Update(_item).Fires().Notes();
        situation.Retract(_item).Fires("").Notes("all open").Insert(_item).Fires().Notes();
        _item.IsOpen = true;
        situation.Update(_item).Fires("").Notes("all open");
    }
}
