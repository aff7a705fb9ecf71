using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests;

public sealed class MatchTests
{
    public sealed class OpenItem : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => i.IsOpen, i => i.Number > 1);
            Then().Yield(_ => new Note(item.Name));
        }
    }

    public sealed class AnyItem : Rule
    {
        public override void Define()
        {
            When().Match<Item>(i => i.IsOpen);
            Then().Do(_ => Nothing());
        }

        private static void Nothing() { }
    }

    public sealed class Everything : Rule
    {
        public override void Define()
        {
            object fact = null!;
            When().Match(() => fact);
            Then().Do(c => c.Halt());
        }
    }

    public sealed class OnNote : Rule
    {
        public override void Define()
        {
            Note note = null!;
            When().Match(() => note);
            Then().Do(_ => note.ToString());
        }
    }

    [Fact]
    public void A_rule_fires_once_for_each_fact_that_meets_all_conditions()
    {
        Situation
            .Of<OpenItem>()
            .Insert(
                new Item("small") { Number = 1 },
                new Item("a") { Number = 2 },
                new Item("shut") { Number = 2, IsOpen = false },
                new Item("b") { Number = 3 }
            )
            .Fires("a", "b")
            .Fires();
    }

    [Fact]
    public void An_update_into_matching_fires_and_one_out_of_it_takes_the_match_away()
    {
        var item = new Item("a") { Number = 1 };
        var situation = Situation.Of<OpenItem>().Insert(item).Fires();

        item.Number = 2;
        situation.Update(item).Fires("a").Notes("a");

        item.IsOpen = false;
        situation.Update(item).Fires().Notes();
    }

    [Fact]
    public void An_update_that_keeps_matching_fires_again()
    {
        var item = new Item("a") { Number = 2 };
        Situation.Of<OpenItem>().Insert(item).Fires("a").Update(item).Fires("a~").Notes("a");
    }

    [Fact]
    public void A_retract_before_firing_leaves_nothing_to_fire()
    {
        var item = new Item("a") { Number = 2 };
        Situation.Of<OpenItem>().Insert(item).Retract(item).Fires();
    }

    [Fact]
    public void A_retract_after_firing_takes_back_what_the_rule_yielded()
    {
        var item = new Item("a") { Number = 2 };
        Situation.Of<OpenItem>().Insert(item).Fires("a").Retract(item).Notes().Fires();
    }

    [Fact]
    public void A_fact_that_a_rule_yields_matches_other_rules()
    {
        var item = new Item("a") { Number = 2 };
        var situation = Situation.Of(typeof(OpenItem), typeof(OnNote)).Insert(item).Fires("a", "a");
        situation.Update(item).Fires("a~", "a~");
    }

    [Fact]
    public void A_fact_that_a_rule_yields_meets_conditions_like_any_other()
    {
        var item = new Item("a") { Number = 1 };
        var draft = new Draft(item);
        var situation = Situation.Chained<OpenItem>().Insert(draft).Fires("draft");

        item.Number = 2;
        situation.Update(draft).Fires("draft~", "a").Update(draft).Fires("draft~", "a~").Notes("a");
        item.IsOpen = false;
        situation.Update(draft).Fires("draft~").Notes();
        item.IsOpen = true;
        situation.Update(draft).Fires("draft~", "a").Retract(draft).Notes().Fires();
    }

    [Fact]
    public void A_pattern_needs_no_variable() => Situation.Of<AnyItem>().Insert(new Item("a")).Fires("a");

    [Fact]
    public void A_pattern_matches_derived_types_too()
    {
        var situation = Situation.Of<Everything>().Insert(new Item("a"), new Owner("o"));
        Assert.Equal(1, situation.Session.Fire());
        Assert.Equal(1, situation.Session.Fire());
        Assert.Equal(0, situation.Session.Fire());
    }
}
