using PlanningServices.RuleEngine.Extensibility;
using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests;

/// <summary>Do, Undo, Yield, linked facts, dependencies and interception.</summary>
public sealed class ActionTests
{
    public sealed class Logged(ICollection<string> log)
    {
        public bool Add(string text)
        {
            log.Add(text);
            return true;
        }
    }

    public sealed class DoAndUndo : Rule
    {
        public override void Define()
        {
            Logged log = null!;
            Item item = null!;
            Dependency().Resolve(() => log);
            When().Match(() => item, i => i.IsOpen);
            Then()
                .Do(_ => log.Add("do " + item.Name))
                .Undo(_ => log.Add("undo " + item.Name))
                .Action(_ => log.Add("again " + item.Name), ActionTrigger.Reactivated);
        }
    }

    public sealed class EachTrigger : Rule
    {
        public override void Define()
        {
            Logged log = null!;
            Item item = null!;
            Dependency().Resolve(() => log);
            When().Match(() => item, i => i.IsOpen);
            Then()
                .Action(_ => log.Add("new"), ActionTrigger.Activated)
                .Action(_ => log.Add("changed"), ActionTrigger.Reactivated)
                .Action(_ => log.Add("gone"), ActionTrigger.Deactivated)
                .Action(_ => log.Add("new or gone"), ActionTrigger.Activated | ActionTrigger.Deactivated)
                .Action(_ => log.Add("never"), ActionTrigger.None);
        }
    }

    public sealed class Handed(ICollection<Func<int, bool>> tests)
    {
        public void Add(Func<int, bool> test) => tests.Add(test);
    }

    public sealed class HandingOver : Rule
    {
        public override void Define()
        {
            Handed handed = null!;
            Item item = null!;
            Dependency().Resolve(() => handed);
            When().Match(() => item);
            Then().Do(_ => handed.Add(number => number > 0)).Do(_ => handed.Add(n => n == item.Number));
        }
    }

    [Fact]
    public void A_lambda_in_an_action_is_made_once_unless_it_captures_a_variable()
    {
        var tests = new List<Func<int, bool>>();
        var repository = new RuleRepository();
        repository.Load(x => x.From(typeof(HandingOver)));
        var session = repository.Compile().CreateSession();
        session.DependencyResolver = new Handing(new Handed(tests));
        session.InsertAll([new Item("a") { Number = 1 }, new Item("b") { Number = 2 }]);
        session.Fire();

        Assert.Same(tests[0], tests[2]);
        Assert.Equal([true, false], [tests[1](1), tests[1](2)]);
        Assert.Equal([false, true], [tests[3](1), tests[3](2)]);
    }

    private sealed class Handing(Handed handed) : IDependencyResolver
    {
        public object Resolve(IResolutionContext context, Type serviceType) => handed;
    }

    public sealed class YieldTwice : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => i.IsOpen);
            Then()
                .Yield(_ => new Note("n" + item.Number))
                .Yield(_ => new Owner(item.Name), (_, owner) => Raise(owner));
        }

        private static Owner Raise(Owner owner)
        {
            owner.Limit++;
            return owner;
        }
    }

    public sealed class LinkByHand : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item);
            Then().Do(c => Link(c, item));
        }

        private static void Link(IContext context, Item item)
        {
            var known = context.GetLinkedKeys().Cast<int>().ToList();
            for (var i = 0; i < item.Number; i++)
            {
                if (!known.Contains(i))
                    context.InsertLinked(i, new Note(item.Name + i));
            }
            foreach (var key in known.Where(key => key >= item.Number))
                context.RetractLinked(key, context.GetLinked(key)!);
        }
    }

    public sealed class InsertsStandalone : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item);
            Then().Do(c => c.TryInsert(new Note(item.Name)));
        }
    }

    private sealed class Services(List<string> log) : IDependencyResolver
    {
        public object Resolve(IResolutionContext context, Type serviceType)
        {
            Assert.Equal(typeof(Logged), serviceType);
            Assert.NotNull(context.Session);
            return new Logged(log);
        }
    }

    private sealed class Intercepting(List<string> log) : IActionInterceptor
    {
        public void Intercept(IContext context, IEnumerable<IActionInvocation> actions)
        {
            foreach (var action in actions)
            {
                log.Add($"before {action.Arguments.Length}");
                action.Invoke();
            }
        }
    }

    private readonly List<string> _log = [];
    private readonly Item _item = new("a") { Number = 1 };

    [Fact]
    public void Do_runs_on_match_and_update_and_Undo_when_the_match_goes()
    {
        var situation = Situation.Of<DoAndUndo>();
        situation.Session.DependencyResolver = new Services(_log);

        situation.Insert(_item).Fires("a").Update(_item).Fires("a~").Retract(_item).Fires("a-");

        Assert.Equal(["do a", "do a", "again a", "undo a"], _log);
    }

    [Theory]
    [InlineData(typeof(DoAndUndo), "do a", "do a, again a", "undo a")]
    [InlineData(typeof(EachTrigger), "new, new or gone", "changed", "gone, new or gone")]
    public void Each_action_runs_on_its_trigger(Type rule, string onMatch, string onUpdate, string onEnd)
    {
        var situation = Situation.Of(rule);
        situation.Session.DependencyResolver = new Services(_log);
        _item.IsOpen = false;
        situation.Insert(_item).Fires();
        Logs("");

        _item.IsOpen = true;
        situation.Update(_item).Fires("a");
        Logs(onMatch);
        situation.Update(_item).Fires("a~");
        Logs(onUpdate);
        _item.IsOpen = false;
        situation.Update(_item).Fires("a-");
        Logs(onEnd);
        _item.IsOpen = true;
        situation.Update(_item).Fires("a");
        Logs(onMatch);
        situation.Retract(_item).Fires("a-");
        Logs(onEnd);
        situation.Insert(_item).Fires("a");
        Logs(onMatch);
    }

    [Theory]
    [InlineData(typeof(DoAndUndo), "do a", "do a, again a", "undo a")]
    [InlineData(typeof(EachTrigger), "new, new or gone", "changed", "gone, new or gone")]
    public void Each_action_follows_facts_that_another_rule_yields(
        Type rule,
        string onMatch,
        string onUpdate,
        string onEnd
    )
    {
        var draft = new Draft(_item);
        var situation = Situation.Of(typeof(ChainStart), rule);
        situation.Session.DependencyResolver = new Services(_log);
        situation.Insert(draft).Fires("draft", "a");
        Logs(onMatch);

        situation.Update(draft).Fires("draft~", "a~");
        Logs(onUpdate);
        _item.IsOpen = false;
        situation.Update(draft).Fires("draft~", "a-");
        Logs(onEnd);
        _item.IsOpen = true;
        situation.Update(draft).Fires("draft~", "a");
        Logs(onMatch);
        situation.Retract(draft).Fires("a-");
        Logs(onEnd);
    }

    private void Logs(string expected)
    {
        Assert.Equal(expected, string.Join(", ", _log));
        _log.Clear();
    }

    [Fact]
    public void What_an_action_inserts_fires_other_rules()
    {
        var situation = Situation
            .Of(typeof(InsertsStandalone), typeof(MatchTests.OnNote))
            .Insert(_item)
            .Fires("a", "a")
            .Notes("a");

        situation.Update(_item).Fires("a~").Retract(_item).Fires().Notes("a");
    }

    [Fact]
    public void Undo_does_not_run_for_a_match_that_never_fired()
    {
        Situation.Of<DoAndUndo>().Insert(_item).Retract(_item).Fires();
    }

    [Fact]
    public void An_interceptor_runs_the_actions()
    {
        var situation = Situation.Of<DoAndUndo>();
        situation.Session.DependencyResolver = new Services(_log);
        situation.Session.ActionInterceptor = new Intercepting(_log);

        situation.Insert(_item).Fires("a");

        Assert.Equal(["before 2", "do a"], _log);
    }

    [Fact]
    public void A_service_without_a_resolver_is_an_error_that_names_the_rule()
    {
        var situation = Situation.Of<DoAndUndo>().Insert(_item);

        var error = Assert.Throws<InvalidOperationException>(() => situation.Session.Fire());
        Assert.Contains(typeof(DoAndUndo).FullName!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Yield_follows_the_match()
    {
        var situation = Situation.Of<YieldTwice>().Insert(_item).Fires("a").Notes("n1");
        Assert.Equal(0, Assert.Single(situation.Session.Query<Owner>()).Limit);

        _item.Number = 2;
        situation.Update(_item).Fires("a~").Notes("n2");
        Assert.Equal(1, Assert.Single(situation.Session.Query<Owner>()).Limit);

        _item.IsOpen = false;
        situation.Update(_item).Notes();
        Assert.Empty(situation.Session.Query<Owner>());

        _item.IsOpen = true;
        situation.Update(_item).Fires("a").Notes("n2");
        Assert.Equal(0, Assert.Single(situation.Session.Query<Owner>()).Limit);
        situation.Retract(_item).Notes();
        Assert.Empty(situation.Session.Query<Owner>());
    }

    [Fact]
    public void Yield_follows_facts_that_another_rule_yields()
    {
        var draft = new Draft(_item);
        var situation = Situation.Chained<YieldTwice>().Insert(draft).Fires("draft", "a").Notes("n1");
        Assert.Equal(0, Assert.Single(situation.Session.Query<Owner>()).Limit);

        _item.Number = 2;
        situation.Update(draft).Fires("draft~", "a~").Notes("n2");
        Assert.Equal(1, Assert.Single(situation.Session.Query<Owner>()).Limit);

        _item.IsOpen = false;
        situation.Update(draft).Fires("draft~").Notes();
        Assert.Empty(situation.Session.Query<Owner>());

        _item.IsOpen = true;
        situation.Update(draft).Fires("draft~", "a").Notes("n2");
        Assert.Equal(0, Assert.Single(situation.Session.Query<Owner>()).Limit);
        situation.Retract(draft).Notes().Fires();
        Assert.Empty(situation.Session.Query<Owner>());
    }

    [Fact]
    public void A_yielded_fact_tells_where_it_came_from()
    {
        var session = Situation.Of(typeof(YieldTwice), typeof(MatchTests.OnNote)).Insert(_item).Session;
        session.Fire(1);

        var source = Assert.IsAssignableFrom<ILinkedFactSource>(session.Agenda.Peek().Facts.Single().Source);
        Assert.Equal(FactSourceType.Linked, source.SourceType);
        Assert.Equal(typeof(YieldTwice).FullName, source.Rule.Name);
        Assert.Same(_item, source.Facts.Single().Value);
    }

    [Fact]
    public void Linked_facts_may_be_kept_by_hand()
    {
        _item.Number = 3;
        var situation = Situation.Of<LinkByHand>().Insert(_item).Fires("a").Notes("a0", "a1", "a2");

        _item.Number = 1;
        situation.Update(_item).Fires("a~").Notes("a0").Retract(_item).Notes();
    }

    [Fact]
    public void Linked_facts_wait_when_the_session_is_told_so()
    {
        var situation = Situation.Of<YieldTwice>();
        situation.Session.AutoPropagateLinkedFacts = false;
        situation.Insert(_item).Fires("a").Notes();

        var sets = situation.Session.PropagateLinked().ToArray();

        Assert.Equal(2, Assert.Single(sets).FactCount);
        situation.Notes("n1").Retract(_item).Notes("n1");
        Assert.Equal(LinkedFactAction.Retract, Assert.Single(situation.Session.PropagateLinked()).Action);
        situation.Notes();
    }

    [Fact]
    public void A_fact_inserted_by_an_action_stays_when_the_match_goes() =>
        Situation.Of<InsertsStandalone>().Insert(_item).Fires("a").Retract(_item).Notes("a");
}
