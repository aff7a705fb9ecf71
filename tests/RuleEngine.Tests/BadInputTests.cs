using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests;

/// <summary>Whatever is wrong is told by a typed error that names it, and nothing has changed.</summary>
public sealed class BadInputTests
{
    [Name("divides")]
    public sealed class Divides : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item, i => 10 / i.Number > 1);
            Then().Yield(_ => new Note(item.Name));
        }
    }

    [Name("acts badly")]
    public sealed class ActsBadly : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item);
            Then().Do(c => c.Insert(new Note("before"))).Do(_ => Act(item));
        }

        private static void Act(Item item)
        {
            if (item.Number == 0)
                throw new InvalidOperationException("cannot act");
        }
    }

    [Name("filters badly")]
    public sealed class FiltersBadly : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item);
            Filter().Where(() => 10 / item.Number > 1);
            Then().Do(_ => item.ToString());
        }
    }

    [Name("yields badly")]
    public sealed class YieldsBadly : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item);
            Then()
                .Yield(_ => new Note($"{10 / item.Number}"), (_, note) => new Note($"{20 / item.Number}"))
                .Undo(_ => Undo(item));
        }

        private static void Undo(Item item)
        {
            if (item.IsOpen)
                throw new InvalidOperationException("still open");
        }
    }

    [Name("yields nothing")]
    public sealed class YieldsNothing : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item);
            Then().Yield(_ => Nothing());
        }

        private static Note Nothing() => null!;
    }

    [Name("yields one note")]
    public sealed class YieldsOneNote : Rule
    {
        public override void Define()
        {
            When().Match<Item>();
            Then().Yield(_ => new Note("one"));
        }
    }

    [Name("gives")]
    public sealed class Gives : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item);
            Then().Do(c => c.Insert(new Note("before"))).Do(c => Give(c, item));
        }

        private static void Give(IContext context, Item item)
        {
            switch (item.Name)
            {
                case "null":
                    context.Insert(null!);
                    break;
                case "twice":
                    context.Insert(item);
                    break;
                case "unknown":
                    context.Update(new Item("new"));
                    break;
                case "gone":
                    context.Retract(new Item("new"));
                    break;
            }
        }
    }

    private sealed class Mark;

    /// <summary>A rule whose left-hand side is one of <see cref="Throwing"/>.</summary>
    private sealed class Written(Action<ILeftHandSideExpression> write) : Rule
    {
        public override void Define()
        {
            Name("written");
            write(When());
            Then().Yield(_ => new Mark());
        }
    }

    /// <summary>Each throws for an item of the owner with the number 0, wherever a rule may say something.</summary>
    private static readonly Dictionary<string, Action<ILeftHandSideExpression>> Throwing = new(
        StringComparer.Ordinal
    )
    {
        ["Match"] = when =>
        {
            Item item = null!;
            when.Match(() => item, i => 10 / i.Number > 1);
        },
        ["Match, joined"] = when =>
        {
            Owner owner = null!;
            when.Match(() => owner)
                .Match<Item>(i => i.OwnerKey == owner.Key, i => 10 / i.Number > owner.Limit);
        },
        ["Match, joined by a key"] = when =>
        {
            Owner owner = null!;
            when.Match(() => owner)
                .Match<Item>(i => i.OwnerKey == owner.Key, i => 10 / i.Number == owner.Limit + 5);
        },
        ["Exists"] = when =>
        {
            Owner owner = null!;
            when.Match(() => owner).Exists<Item>(i => 10 / i.Number > owner.Limit);
        },
        ["Not"] = when =>
        {
            Owner owner = null!;
            when.Match(() => owner).Not<Item>(i => 10 / i.Number < owner.Limit);
        },
        ["All"] = when =>
        {
            Owner owner = null!;
            when.Match(() => owner).All<Item>(i => i.OwnerKey == owner.Key, i => 10 / i.Number > owner.Limit);
        },
        ["Let"] = when =>
        {
            Item item = null!;
            var number = 0;
            when.Match(() => item).Let(() => number, () => 10 / item.Number);
        },
        ["Having"] = when =>
        {
            Item item = null!;
            when.Match(() => item).Having(() => 10 / item.Number > 1);
        },
        ["Or"] = when =>
        {
            Owner owner = null!;
            when.Match(() => owner).Or(x => x.Match<Note>().Match<Item>(i => 10 / i.Number > owner.Limit));
        },
        ["Query.Match"] = when =>
        {
            Owner owner = null!;
            IEnumerable<Item> items = null!;
            when.Match(() => owner)
                .Query(() => items, q => q.Match<Item>(i => 10 / i.Number > owner.Limit).Collect());
        },
        ["Query.From"] = when =>
        {
            Item item = null!;
            var number = 0;
            when.Match(() => item)
                .Query(() => number, q => q.From(() => 10 / item.Number).Select(n => n + 1));
        },
        ["Query.Where"] = when =>
        {
            Item item = null!;
            when.Query(() => item, q => q.Match<Item>().Where(i => 10 / i.Number > 1));
        },
        ["Query.Where of a collection"] = when =>
        {
            IEnumerable<Item> items = null!;
            when.Query(
                () => items,
                q => q.Match<Item>().Collect().Where(all => all.Sum(i => 10 / i.Number) > 1)
            );
        },
        ["Query.Select"] = when =>
        {
            var number = 0;
            when.Query(() => number, q => q.Match<Item>().Select(i => 10 / i.Number));
        },
        ["Query.SelectMany"] = when =>
        {
            var number = 0;
            when.Query(
                () => number,
                q => q.Match<Item>().SelectMany(i => Enumerable.Range(1, 2).Select(n => 10 / i.Number))
            );
        },
        ["Query.GroupBy"] = when =>
        {
            IGrouping<int, Item> group = null!;
            when.Query(() => group, q => q.Match<Item>().GroupBy(i => 10 / i.Number));
        },
        ["Query.GroupBy, element"] = when =>
        {
            IGrouping<string, int> group = null!;
            when.Query(() => group, q => q.Match<Item>().GroupBy(i => i.Name, i => 10 / i.Number));
        },
        ["Query.OrderBy"] = when =>
        {
            IEnumerable<Item> items = null!;
            when.Query(() => items, q => q.Match<Item>().Collect().OrderBy(i => 10 / i.Number));
        },
        ["Query.ThenByDescending"] = when =>
        {
            IEnumerable<Item> items = null!;
            when.Query(
                () => items,
                q => q.Match<Item>().Collect().OrderBy(i => i.IsOpen).ThenByDescending(i => 10 / i.Number)
            );
        },
        ["Query.ToLookup"] = when =>
        {
            IKeyedLookup<int, Item> lookup = null!;
            when.Query(() => lookup, q => q.Match<Item>().Collect().ToLookup(i => 10 / i.Number));
        },
        ["Query.ToLookup, element"] = when =>
        {
            IKeyedLookup<string, int> lookup = null!;
            when.Query(
                () => lookup,
                q => q.Match<Item>().Collect().ToLookup(i => i.Name, i => 10 / i.Number)
            );
        },
    };

    public static TheoryData<string> Places => [.. Throwing.Keys];

    private readonly Item _zero = new("zero") { OwnerKey = "o" };
    private readonly Item _two = new("two") { OwnerKey = "o", Number = 2 };

    [Fact]
    public void A_condition_that_throws_names_rule_expression_and_fact_and_nothing_is_inserted()
    {
        var situation = Situation.Of<Divides>().Insert(_two);

        var error = Assert.Throws<RuleLhsExpressionEvaluationException>(() =>
            situation.Insert(new Item("one") { Number = 1 }, _zero)
        );

        Assert.Equal(["divides"], error.RuleNames);
        Assert.Same(_zero, Assert.Single(error.Facts));
        Assert.Equal(
            "Rule 'divides': '((10 / item.Number) > 1)' failed for 'zero': Attempted to divide by zero. "
                + "The session is as it was before the call.",
            error.Message
        );
        Assert.Same(_two, Assert.Single(situation.Session.Query<Item>()));
        situation.Fires("two").Notes("two");
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Wherever_a_condition_throws_it_is_named_and_the_session_is_as_it_was(string place)
    {
        var rule = new RuleDefinitionFactory().Create(new Written(Throwing[place]));
        var factory = new RuleCompiler().Compile([rule]);
        var (tried, spared) = (factory.CreateSession(), factory.CreateSession());

        Both(session => session.InsertAll([new Owner("o"), new Note("n"), _two]));
        Refused(() => tried.InsertAll([new Item("one") { OwnerKey = "o", Number = 1 }, _zero]));
        Refused(() =>
        {
            _two.Number = 0;
            tried.Update(_two);
        });
        Both(session => session.Fire());
        Refused(() => tried.Insert(_zero));
        _zero.Number = 1;
        Both(session => session.Insert(_zero));
        Both(session => session.Fire());
        Both(session => session.RetractAll([_two, _zero]));
        Both(session => session.Fire());

        void Both(Action<ISession> call)
        {
            call(tried);
            call(spared);
            Assert.Equal(State(spared), State(tried));
        }

        void Refused(Action call)
        {
            var error = Assert.Throws<RuleLhsExpressionEvaluationException>(call);
            _two.Number = 2;
            Assert.Equal(State(spared), State(tried));
            Assert.Equal(["written"], error.RuleNames);
            Assert.Contains("10 / ", error.Expression, StringComparison.Ordinal);
            Assert.NotEmpty(error.Facts);
            Assert.IsType<DivideByZeroException>(error.InnerException);
            Assert.Matches("^Rule 'written': '.*' failed for '.*(zero|two).*': Attempted", error.Message);
        }
    }

    /// <summary>What can be seen of a session: its facts, and what would fire next on what.</summary>
    private static string State(ISession session) =>
        string.Join(' ', session.Query<object>())
        + (
            session.Agenda.IsEmpty
                ? ""
                : $" {session.Agenda.Peek().Trigger} {string.Join(' ', session.Agenda.Peek().Facts.Select(fact => fact.Value))}"
        );

    [Fact]
    public void An_update_whose_condition_throws_leaves_the_match()
    {
        var situation = Situation.Of<Divides>().Insert(_two).Fires("two");

        _two.Number = 0;
        Assert.Throws<RuleLhsExpressionEvaluationException>(() => situation.Update(_two));
        situation.Notes("two").Fires();

        _two.Number = 3;
        situation.Update(_two).Fires("two~");
    }

    [Fact]
    public void One_bad_fact_can_be_set_aside_and_the_rest_go_on()
    {
        var situation = Situation.Of<Divides>();

        var result = situation.Session.TryInsertAll([_zero, _two, _two], BatchOptions.SkipFailed);

        Assert.Equal(2, result.FailedCount);
        Assert.Equal([_two, _zero], result.Failed.OrderBy(fact => fact.ToString()));
        situation.Fires("two");
    }

    [Fact]
    public void An_action_that_throws_names_rule_and_facts_and_what_the_rule_did_is_taken_back()
    {
        var situation = Situation.Of<ActsBadly>().Insert(_zero);

        var error = Assert.Throws<RuleRhsExpressionEvaluationException>(() => situation.Session.Fire());

        Assert.Equal("acts badly", error.RuleName);
        Assert.Same(_zero, Assert.Single(error.Facts));
        Assert.Contains("failed for 'zero': cannot act", error.Message, StringComparison.Ordinal);
        situation.Notes();
        Assert.False(situation.Session.Agenda.IsEmpty);

        situation.Session.Retract(_zero);
        Assert.Equal(1, situation.Insert(_two).Session.Fire());
        situation.Notes("before");
    }

    [Fact]
    public void A_yield_that_throws_leaves_what_was_yielded()
    {
        var situation = Situation.Of<YieldsBadly>().Insert(_two).Fires("two").Notes("5");

        _two.Number = 0;
        situation.Update(_two).Insert(_zero);
        for (var round = 0; round < 2; round++)
        {
            var error = Assert.Throws<RuleRhsExpressionEvaluationException>(() => situation.Session.Fire());
            Assert.Equal("yields badly", error.RuleName);
            Assert.Matches(
                @"^Rule 'yields badly': action 'Yield\(_ => .*10 / item\.Number.*, \(_, note\) => .*20 / item\.Number.*\)' failed for 'two': Attempted to divide",
                error.Message
            );
            situation.Notes("5");
            Assert.Equal(MatchTrigger.Updated, situation.Session.Agenda.Peek().Trigger);
        }

        (_two.Number, _zero.Number) = (4, 1);
        Assert.Equal(2, situation.Session.Fire());
        situation.Notes("5", "10");
    }

    [Fact]
    public void An_undo_that_throws_waits_until_it_can_be_done()
    {
        var situation = Situation.Of<YieldsBadly>().Insert(_two).Fires("two").Retract(_two).Notes();

        var error = Assert.Throws<RuleRhsExpressionEvaluationException>(() => situation.Session.Fire());
        Assert.Contains("failed for 'two': still open", error.Message, StringComparison.Ordinal);
        Assert.Equal(MatchTrigger.Removed, situation.Session.Agenda.Peek().Trigger);

        _two.IsOpen = false;
        Assert.Equal(1, situation.Session.Fire());
        Assert.Equal(0, situation.Session.Fire());
    }

    [Theory]
    [InlineData("null", "A fact is null. Nothing was done.")]
    [InlineData("twice", "Fact 'twice' is already in the session.")]
    [InlineData("unknown", "Fact 'new' is not in the session.")]
    [InlineData("gone", "Fact 'new' is not in the session.")]
    public void A_fact_that_an_action_may_not_give_fails_the_action(string item, string fault)
    {
        var situation = Situation.Of<Gives>().Insert(new Item(item));

        var error = Assert.Throws<RuleRhsExpressionEvaluationException>(() => situation.Session.Fire());

        Assert.Equal("gives", error.RuleName);
        Assert.IsAssignableFrom<ArgumentException>(error.InnerException);
        Assert.Contains($"failed for '{item}': {fault}", error.Message, StringComparison.Ordinal);
        situation.Notes();
        Assert.Equal(item, situation.Session.Agenda.Peek().Facts.Single().Value!.ToString());
    }

    [Fact]
    public void A_rule_does_not_yield_null()
    {
        var situation = Situation.Of<YieldsNothing>().Insert(_two);

        var error = Assert.Throws<RuleRhsExpressionEvaluationException>(() => situation.Session.Fire());

        Assert.Equal("yields nothing", error.RuleName);
        Assert.Contains(
            "failed for 'two': Rule 'yields nothing' yields null.",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.False(situation.Session.Agenda.IsEmpty);
    }

    [Fact]
    public void A_fact_that_is_there_already_is_not_yielded()
    {
        var situation = Situation.Of<YieldsOneNote>().Insert(_zero, _two);

        var error = Assert.Throws<ArgumentException>(() => situation.Session.Fire());

        Assert.StartsWith(
            "Rule 'yields one note' yields a fact for 'two'. Fact 'one' is already in the session.",
            error.Message,
            StringComparison.Ordinal
        );
        situation.Notes("one").Retract(_zero).Notes();
        Assert.Equal(1, situation.Session.Fire());
        situation.Notes("one");
    }

    [Fact]
    public void A_filter_that_throws_names_rule_and_facts_and_nothing_is_inserted()
    {
        var situation = Situation.Of<FiltersBadly>();

        var error = Assert.Throws<AgendaExpressionEvaluationException>(() => situation.Insert(_two, _zero));

        Assert.Equal("filters badly", error.RuleName);
        Assert.Empty(situation.Session.Query<Item>());
        situation.Insert(_two).Fires("two");
    }

    [Fact]
    public void Null_is_no_fact()
    {
        var situation = Situation.Of<Divides>().Insert(_two);
        var session = situation.Session;

        foreach (
            var call in new Action<object>[]
            {
                session.Insert,
                session.Update,
                session.Retract,
                fact => session.TryInsert(fact),
                fact => session.TryUpdate(fact),
                fact => session.TryRetract(fact),
                fact => session.InsertAll([new Item("a") { Number = 1 }, fact]),
                fact => session.UpdateAll([_two, fact]),
                fact => session.RetractAll([_two, fact]),
                fact => session.TryInsertAll([new Item("a") { Number = 1 }, fact], BatchOptions.SkipFailed),
                fact => session.TryUpdateAll([_two, fact], BatchOptions.SkipFailed),
                fact => session.TryRetractAll([_two, fact], BatchOptions.SkipFailed),
            }
        )
        {
            var error = Assert.Throws<ArgumentNullException>(() => call(null!));
            Assert.StartsWith("A fact is null. Nothing was done.", error.Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentNullException>(() => session.InsertAll(null!));
        Assert.Throws<ArgumentNullException>(() => session.UpdateAll(null!));
        Assert.Throws<ArgumentNullException>(() => session.RetractAll(null!));

        Assert.Same(_two, Assert.Single(session.Query<object>()));
        situation.Fires("two");
    }

    [Fact]
    public void A_fact_is_inserted_once()
    {
        var situation = Situation.Of<Divides>().Insert(_two);

        var error = Assert.Throws<ArgumentException>(() =>
            situation.Insert(new Item("b") { Number = 1 }, _two)
        );

        Assert.StartsWith(
            "Fact 'two' is already in the session. Insert a fact once, and Update() it when it changes. Nothing was inserted.",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Single(situation.Session.Query<Item>());
        var one = new Item("one") { Number = 1 };
        Assert.Throws<ArgumentException>(() => situation.Insert(one, one));
        situation.Fires("two").Insert(one).Fires("one");
    }

    [Fact]
    public void Only_a_fact_of_the_session_is_updated_or_retracted()
    {
        var situation = Situation.Of<Divides>().Insert(_two).Fires("two");

        var update = Assert.Throws<ArgumentException>(() => situation.Update(_two, _zero));
        var retract = Assert.Throws<ArgumentException>(() => situation.Retract(_two, _zero));

        Assert.StartsWith("Fact 'zero' is not in the session.", update.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was retracted.", retract.Message, StringComparison.Ordinal);
        situation.Fires().Notes("two");
    }

    [Fact]
    public void Firing_from_an_action_is_refused()
    {
        var situation = Situation.Of<ActsBadly>().Insert(_two);
        situation.Session.Events.RuleFiringEvent += (_, _) => situation.Session.Fire();

        Assert.Throws<InvalidOperationException>(() => situation.Session.Fire());
    }
}
