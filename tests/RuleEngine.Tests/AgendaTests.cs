using PlanningServices.RuleEngine.AgendaFilters;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests;

/// <summary>Order, priority, repeatability, filters and loops.</summary>
public sealed class AgendaTests
{
    private static void Raise(Item item) => item.Number++;

    [Name("low"), Priority(-1)]
    public sealed class Low : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item);
            Then().Do(_ => item.ToString());
        }
    }

    [Name("high"), Priority(5)]
    public sealed class High : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            When().Match(() => owner);
            Then().Do(_ => owner.ToString());
        }
    }

    [Repeatability(RuleRepeatability.NonRepeatable)]
    public sealed class Once : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => i.IsOpen);
            Then().Do(c => c.Update(item, Raise));
        }
    }

    public sealed class Filtered : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => i.IsOpen);
            Filter().OnChange(() => item.Number, () => item.OwnerKey).Where(() => item.Number >= 0);
            Then().Yield(_ => new Note(item.Name + item.Number));
        }
    }

    public sealed class NotNegative : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => i.IsOpen);
            Filter().Where(() => item.Number >= 0);
            Then().Yield(_ => new Note(item.Name + item.Number));
        }
    }

    public sealed class ChangedNumber : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => i.IsOpen);
            Filter().OnChange(() => item.Number);
            Then().Yield(_ => new Note(item.Name + item.Number));
        }
    }

    public sealed class Escalated : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => i.Number > 5);
            Then().Yield(_ => new Owner("!" + item.Name));
        }
    }

    [Repeatability(RuleRepeatability.NonRepeatable)]
    public sealed class NotedOnce : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => i.IsOpen);
            Then().Yield(_ => new Note(item.Name + item.Number));
        }
    }

    [Name("up")]
    public sealed class Up : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => i.Number < int.MaxValue);
            Then().Do(c => c.Update(item, Raise));
        }
    }

    [Name("ping")]
    public sealed class Ping : Rule
    {
        public override void Define()
        {
            Note note = null!;
            When().Match(() => note, n => n.Text == "ping");
            Then().Do(c => Swap(c, note, "pong"));
        }

        internal static void Swap(IContext context, Note note, string text)
        {
            context.Retract(note);
            context.Insert(new Note(text));
        }
    }

    [Name("pong")]
    public sealed class Pong : Rule
    {
        public override void Define()
        {
            Note note = null!;
            When().Match(() => note, n => n.Text == "pong");
            Then().Do(c => Ping.Swap(c, note, "ping"));
        }
    }

    public sealed class Halting : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item);
            Then().Do(c => c.Halt());
        }
    }

    private sealed class Refusing(string name) : IAgendaFilter
    {
        public bool Accept(AgendaContext context, Activation activation) =>
            activation.Facts.All(fact => fact.Value!.ToString() != name);
    }

    private sealed class ByName : IComparer<object>
    {
        public int Compare(object? x, object? y) => string.CompareOrdinal(x!.ToString(), y!.ToString());
    }

    [Fact]
    public void A_higher_priority_fires_first_then_what_matched_first() =>
        Situation
            .Of(typeof(Low), typeof(High))
            .Insert(new Item("a"))
            .Insert(new Owner("o"))
            .Insert(new Item("b"))
            .Insert(new Owner("p"))
            .Fires("o", "p", "a", "b");

    [Fact]
    public void What_an_update_lets_in_fires_by_priority_and_what_goes_does_not_fire()
    {
        var (a, b, o, p) = (new Item("a"), new Item("b"), new Owner("o"), new Owner("p"));
        var situation = Situation.Of(typeof(Low), typeof(Escalated), typeof(High)).Insert(a, b, o, p);

        b.Number = 6;
        situation.Update(b).Retract(o).Fires("p", "b", "!b", "a", "b");
        situation.Update(a, p).Fires("p~", "a~");
        a.Number = 6;
        b.Number = 5;
        situation.Update(a, b).Fires("a", "!a", "a~", "b~");
    }

    [Fact]
    public void What_a_rule_yields_fires_before_what_waits_with_a_lower_priority()
    {
        var (a, b) = (new Item("a") { Number = 6 }, new Item("b") { Number = 6 });
        var situation = Situation.Of(typeof(Low), typeof(Escalated), typeof(High)).Insert(a, b);

        situation.Fires("a", "!a", "b", "!b", "a", "b");
        situation.Update(b).Fires("b~", "!b~", "b~");
        situation.Update(a, b).Retract(a).Fires("b~", "!b~", "b~");
    }

    [Fact]
    public void A_non_repeatable_rule_fires_once_for_a_match_until_the_match_goes()
    {
        var item = new Item("a");
        var situation = Situation.Of<Once>().Insert(item).Fires("a").Update(item).Fires();

        item.IsOpen = false;
        situation.Update(item).Fires();
        item.IsOpen = true;
        situation.Update(item).Fires("a");
    }

    [Fact]
    public void A_non_repeatable_rule_keeps_what_it_yielded_until_the_match_goes()
    {
        var item = new Item("a");
        var situation = Situation.Of<NotedOnce>().Insert(item).Fires("a").Notes("a0");

        item.Number = 1;
        situation.Update(item).Fires().Notes("a0");
        item.IsOpen = false;
        situation.Update(item).Fires().Notes();
        item.IsOpen = true;
        situation.Update(item).Fires("a").Notes("a1");
        situation.Retract(item).Fires().Notes().Insert(item).Fires("a").Notes("a1");
    }

    [Fact]
    public void A_non_repeatable_rule_fires_once_for_a_fact_that_another_rule_yields()
    {
        var item = new Item("a");
        var draft = new Draft(item);
        var situation = Situation.Chained<NotedOnce>().Insert(draft).Fires("draft", "a").Notes("a0");

        item.Number = 1;
        situation.Update(draft).Fires("draft~").Notes("a0");
        item.IsOpen = false;
        situation.Update(draft).Fires("draft~").Notes();
        item.IsOpen = true;
        situation.Update(draft).Fires("draft~", "a").Notes("a1");
        situation.Retract(draft).Notes().Insert(draft).Fires("draft", "a").Notes("a1");
    }

    [Fact]
    public void Where_refuses_a_match_until_an_update_makes_it_true()
    {
        var item = new Item("a") { Number = -1 };
        var situation = Situation.Of<NotNegative>().Insert(item).Fires();

        item.Number = 0;
        situation.Update(item).Fires("a").Notes("a0");
        item.Number = -1;
        situation.Update(item).Fires().Notes("a0");
        item.Number = 1;
        situation.Update(item).Fires("a~").Notes("a1");
        item.Number = -1;
        situation.Update(item).Retract(item).Fires().Notes();
    }

    [Fact]
    public void Where_follows_facts_that_another_rule_yields()
    {
        var item = new Item("a") { Number = -1 };
        var draft = new Draft(item);
        var situation = Situation.Chained<NotNegative>().Insert(draft).Fires("draft");

        item.Number = 0;
        situation.Update(draft).Fires("draft~", "a").Notes("a0");
        item.Number = -1;
        situation.Update(draft).Fires("draft~").Notes("a0");
        item.IsOpen = false;
        situation.Update(draft).Fires("draft~").Notes();
        (item.IsOpen, item.Number) = (true, 1);
        situation.Update(draft).Fires("draft~", "a").Notes("a1").Retract(draft).Notes().Fires();
    }

    [Fact]
    public void OnChange_begins_anew_with_a_match_that_was_gone()
    {
        var item = new Item("a") { IsOpen = false };
        var situation = Situation.Of<ChangedNumber>().Insert(item).Fires();

        item.IsOpen = true;
        situation.Update(item).Fires("a").Update(item).Fires();
        item.IsOpen = false;
        situation.Update(item).Fires().Notes();
        item.IsOpen = true;
        situation.Update(item).Fires("a").Update(item).Fires().Notes("a0");
        situation.Retract(item).Fires().Notes().Insert(item).Fires("a");
    }

    [Fact]
    public void OnChange_follows_facts_that_another_rule_yields()
    {
        var item = new Item("a");
        var draft = new Draft(item);
        var situation = Situation.Chained<ChangedNumber>().Insert(draft).Fires("draft", "a");

        situation.Update(draft).Fires("draft~").Notes("a0");
        item.Number = 1;
        situation.Update(draft).Fires("draft~", "a~").Notes("a1");
        item.IsOpen = false;
        situation.Update(draft).Fires("draft~").Notes();
        item.IsOpen = true;
        situation.Update(draft).Fires("draft~", "a").Notes("a1").Retract(draft).Notes().Fires();
    }

    [Fact]
    public void OnChange_lets_an_update_through_only_when_a_key_changed()
    {
        var item = new Item("a");
        var situation = Situation.Of<Filtered>().Insert(item).Fires("a").Update(item).Fires();

        item.Number = 1;
        situation.Update(item).Fires("a~").Notes("a1");
        item.OwnerKey = "o";
        situation.Update(item).Fires("a~");
    }

    [Fact]
    public void A_match_that_a_filter_refuses_still_holds()
    {
        var item = new Item("a");
        var situation = Situation.Of<Filtered>().Insert(item).Fires("a").Notes("a0");

        item.Number = -1;
        situation.Update(item).Fires().Notes("a0");
        item.IsOpen = false;
        situation.Update(item).Notes();
    }

    [Fact]
    public void A_filter_added_to_the_agenda_judges_all_rules_or_one()
    {
        var situation = Situation.Of(typeof(Low), typeof(High));
        situation.Session.Agenda.AddFilter(new Refusing("a"));
        situation.Insert(new Item("a"), new Item("b"), new Owner("a")).Fires("b");

        situation = Situation.Of(typeof(Low), typeof(High));
        situation.Insert(new Item("x"));
        situation.Session.Agenda.AddFilter(situation.Session.Agenda.Peek().Rule, new Refusing("a"));
        situation.Insert(new Item("a"), new Owner("a")).Fires("a", "x");
    }

    [Fact]
    public void Firing_can_be_limited_halted_and_cancelled()
    {
        var session = Situation.Of<Low>().Insert(new Item("a"), new Item("b"), new Item("c")).Session;
        Assert.Equal(1, session.Fire(1));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Equal(0, session.Fire(cancelled.Token));
        Assert.Equal(2, session.Fire());

        session = Situation.Of<Halting>().Insert(new Item("a"), new Item("b")).Session;
        Assert.Equal(1, session.Fire());
        Assert.Equal(1, session.Fire());
    }

    [Fact]
    public void The_agenda_can_be_looked_at_and_cleared()
    {
        var situation = Situation.Of<Low>().Insert(new Item("a"));
        Assert.Equal("a", situation.Session.Agenda.Peek().Facts.Single().Value!.ToString());
        Assert.False(situation.Session.Agenda.IsEmpty);

        situation.Session.Agenda.Clear();

        Assert.True(situation.Session.Agenda.IsEmpty);
        Assert.Throws<InvalidOperationException>(() => situation.Session.Agenda.Peek());
        situation.Fires();
    }

    [Fact]
    public void A_rule_that_keeps_triggering_itself_is_stopped_and_named()
    {
        var session = Situation
            .Of(new SessionOptions { MaximumChain = 100 }, typeof(Up))
            .Insert(new Item("a"))
            .Session;

        var error = Assert.Throws<RuleLoopException>(() => session.Fire());
        Assert.Equal(["up"], error.RuleNames);
        Assert.Contains(
            "'up' kept causing one another to fire, 100 times",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Rules_that_keep_triggering_each_other_are_stopped_and_named()
    {
        var session = Situation.Of(typeof(Ping), typeof(Pong)).Insert(new Note("ping")).Session;

        var error = Assert.Throws<RuleLoopException>(() => session.Fire());
        Assert.Equal(["ping", "pong"], error.RuleNames.Order());
    }

    [Fact]
    public void In_canonical_order_batches_do_not_matter()
    {
        var canonical = new SessionOptions { FiringOrder = FiringOrder.Canonical };
        var facts = new object[] { new Item("b"), new Owner("q"), new Item("a"), new Owner("p") };
        var atOnce = Situation.Of(canonical, typeof(Pairing)).Insert(facts);
        var oneByOne = Situation.Of(canonical, typeof(Pairing));
        foreach (var fact in facts)
            oneByOne.Insert(fact);

        atOnce.Fires(["b q", "b p", "a q", "a p"]);
        oneByOne.Fires(["b q", "b p", "a q", "a p"]);
    }

    public sealed class Pairing : Rule
    {
        public override void Define()
        {
            Item item = null!;
            Owner owner = null!;
            When().Match(() => item).Match(() => owner);
            Then().Do(_ => item.ToString());
        }
    }

    [Fact]
    public void In_canonical_order_by_a_comparer_not_even_the_order_of_insertion_matters()
    {
        var byName = new SessionOptions { FiringOrder = FiringOrder.Canonical, FactOrder = new ByName() };
        var facts = new object[] { new Item("b"), new Owner("q"), new Item("a"), new Owner("p") };

        Situation.Of(byName, typeof(Pairing)).Insert(facts).Fires("a p", "a q", "b p", "b q");
        Array.Reverse(facts);
        Situation.Of(byName, typeof(Pairing)).Insert(facts).Fires("a p", "a q", "b p", "b q");
    }
}
