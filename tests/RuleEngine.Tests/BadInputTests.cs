using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests;

/// <summary>Whatever is wrong is told by a typed error that names it, and nothing has changed.</summary>
public sealed class BadInputTests
{
    public sealed class NoPattern : Rule
    {
        public override void Define() => Then().Do(c => c.Halt());
    }

    public sealed class NoAction : Rule
    {
        public override void Define() => When().Match<Item>();
    }

    public sealed class ReadBeforeBound : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            Item item = null!;
            When().Match(() => item, i => i.OwnerKey == owner.Key).Match(() => owner);
            Then().Do(_ => item.ToString());
        }
    }

    public sealed class BoundTwice : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item).Match(() => item);
            Then().Do(_ => item.ToString());
        }
    }

    public sealed class NotAVariable : Rule
    {
        public override void Define()
        {
            When().Match(() => new Item("x"));
            Then().Do(c => c.Halt());
        }
    }

    public sealed class BoundInOneAlternative : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Or(x => x.Match(() => item).Match<Owner>());
            Then().Do(_ => item.ToString());
        }
    }

    public sealed class HavingNothing : Rule
    {
        public override void Define()
        {
            When().Having(() => true);
            Then().Do(c => c.Halt());
        }
    }

    public sealed class HiddenConstructor : Rule
    {
        private HiddenConstructor() { }

        public override void Define() => throw new InvalidOperationException("not reached");
    }

    [Name("same")]
    public sealed class Same1 : Rule
    {
        public override void Define()
        {
            When().Match<Item>();
            Then().Do(c => c.Halt());
        }
    }

    [Name("same")]
    public sealed class Same2 : Rule
    {
        public override void Define()
        {
            When().Match<Item>();
            Then().Do(c => c.Halt());
        }
    }

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

    private readonly Item _zero = new("zero");
    private readonly Item _two = new("two") { Number = 2 };

    [Theory]
    [InlineData(typeof(NoPattern), "The rule has no pattern. Add at least one to When().")]
    [InlineData(typeof(NoAction), "The rule has no action. Add at least one to Then().")]
    [InlineData(typeof(BoundTwice), "Variable 'item' is bound by two patterns. Use one variable for each.")]
    [InlineData(typeof(HavingNothing), "Having() has no pattern before it to add its conditions to.")]
    public void A_rule_that_is_not_well_written_is_named_with_its_fault(Type rule, string fault)
    {
        var error = Assert.Throws<RuleDefinitionException>(() => Situation.Compile(rule));

        Assert.Equal(rule, error.RuleType);
        Assert.Equal(
            $"Failed to build rule definition. Rule class '{rule.FullName}': {fault}",
            error.Message.Replace(" (Parameter 'alias')", "", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(typeof(ReadBeforeBound), "Variable 'owner' is read in")]
    [InlineData(typeof(NotAVariable), "is not a variable; write () => variable.")]
    public void A_variable_that_is_not_one_yet_is_named(Type rule, string fault)
    {
        var error = Assert.Throws<RuleDefinitionException>(() => Situation.Compile(rule));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_only_one_alternative_binds_is_an_error_of_the_rule()
    {
        var error = Assert.Throws<RuleCompilationException>(() =>
            Situation.Compile(typeof(BoundInOneAlternative))
        );

        Assert.Equal(typeof(BoundInOneAlternative).FullName, error.RuleName);
        Assert.Contains(
            "reads 'item', which not every alternative of Or() binds",
            error.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_rule_class_that_cannot_be_created_is_named()
    {
        var error = Assert.Throws<RuleActivationException>(() =>
            Situation.Compile(typeof(HiddenConstructor))
        );
        Assert.Equal(typeof(HiddenConstructor), error.RuleType);
    }

    [Fact]
    public void Two_rules_with_one_name_are_an_error()
    {
        var error = Assert.Throws<RuleCompilationException>(() =>
            Situation.Compile(typeof(Same1), typeof(Same2))
        );
        Assert.Equal("Two rules are named 'same'. Give one of them another name.", error.Message);
    }

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
        var session = Situation.Of<Divides>().Session;

        Assert.Throws<ArgumentNullException>(() => session.Insert(null!));
        Assert.Throws<ArgumentNullException>(() => session.InsertAll([_two, null!]));
        Assert.Throws<ArgumentNullException>(() => session.InsertAll(null!));
        Assert.Empty(session.Query<object>());
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
        Assert.Throws<ArgumentException>(() => Situation.Of<Divides>().Insert(_two, _two));
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
