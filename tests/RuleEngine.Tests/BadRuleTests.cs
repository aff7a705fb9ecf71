using System.Linq.Expressions;
using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests;

/// <summary>A rule that cannot work is refused when it is loaded or compiled, by an error that names it.</summary>
public sealed class BadRuleTests
{
    public sealed class NoPattern : Rule
    {
        public override void Define() => Then().Do(c => c.Halt());
    }

    public sealed class NoPatternInAnd : Rule
    {
        public override void Define()
        {
            When().And(_ => { });
            Then().Do(c => c.Halt());
        }
    }

    public sealed class NoAlternative : Rule
    {
        public override void Define()
        {
            When().Match<Item>().Or(_ => { });
            Then().Do(c => c.Halt());
        }
    }

    public sealed class NoAction : Rule
    {
        public override void Define() => When().Match<Item>();
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

    public sealed class HavingNothing : Rule
    {
        public override void Define()
        {
            When().Having(() => true);
            Then().Do(c => c.Halt());
        }
    }

    public sealed class HavingInOr : Rule
    {
        public override void Define()
        {
            When().Or(x => x.Match<Item>().Having(() => true));
            Then().Do(c => c.Halt());
        }
    }

    public sealed class ReadByAPatternBefore : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            Item item = null!;
            When().Match(() => item, i => i.OwnerKey == owner.Key).Match(() => owner);
            Then().Do(_ => item.ToString());
        }
    }

    public sealed class ReadByItself : Rule
    {
        public override void Define()
        {
            var number = 0;
            When().Match<Item>().Let(() => number, () => number + 1);
            Then().Do(_ => GC.KeepAlive(number));
        }
    }

    public sealed class ReadByItsQuery : Rule
    {
        public override void Define()
        {
            IEnumerable<Item> items = null!;
            When().Query(() => items, q => q.Match<Item>(i => items.Contains(i)).Collect());
            Then().Do(_ => GC.KeepAlive(items));
        }
    }

    public sealed class ReadByAFilterBefore : Rule
    {
        public override void Define()
        {
            Item item = null!;
            Filter().Where(() => item.IsOpen);
            When().Match(() => item);
            Then().Do(_ => item.ToString());
        }
    }

    public sealed class ReadByAnotherAlternative : Rule
    {
        public override void Define()
        {
            Owner owner = null!;
            When().Or(x => x.Match(() => owner).Match<Item>(i => i.OwnerKey == owner.Key));
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

    public sealed class ServiceInCondition : Rule
    {
        public override void Define()
        {
            Owner service = null!;
            Dependency().Resolve(() => service);
            When().Match<Item>(i => i.OwnerKey == service.Key);
            Then().Do(_ => service.ToString());
        }
    }

    public sealed class ServiceInQuery : Rule
    {
        public override void Define()
        {
            Owner service = null!;
            IGrouping<int, Item> group = null!;
            Dependency().Resolve(() => service);
            When().Query(() => group, q => q.Match<Item>().GroupBy(i => i.Number + service.Limit));
            Then().Do(_ => service.ToString());
        }
    }

    public sealed class ServiceInFilter : Rule
    {
        public override void Define()
        {
            Owner service = null!;
            Dependency().Resolve(() => service);
            When().Match<Item>();
            Filter().OnChange(() => service.Key);
            Then().Do(_ => service.ToString());
        }
    }

    public sealed class BindsNoVariable : Rule
    {
        public override void Define()
        {
            When().Match(() => new Item("x"));
            Then().Do(c => c.Halt());
        }
    }

    public sealed class BindsAMember : Rule
    {
        public override void Define()
        {
            var pair = (First: new Item("x"), Second: 0);
            When().Match(() => pair.First);
            Then().Do(c => c.Halt());
        }
    }

    public sealed class ByReference : Rule
    {
        public override void Define()
        {
            Item item = null!;
            var number = 0;
            When()
                .Match(() => item)
                .Let(() => number, () => item.Number)
                .Having(() => Read(item, out number));
            Then().Do(_ => item.ToString());
        }

        private static bool Read(Item item, out int number)
        {
            number = item.Number;
            return true;
        }
    }

    public sealed class ByReferenceInAction : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item);
            Then().Do(_ => Interlocked.Exchange(ref item, null!));
        }
    }

    public sealed class PutTogetherWrongly : Rule
    {
        public override void Define()
        {
            Expression<Func<Item, bool>> isOpen = i => i.IsOpen;
            Expression<Func<Item, bool>> isLarge = j => j.Number > 5;
            When()
                .Match(
                    Expression.Lambda<Func<Item, bool>>(
                        Expression.AndAlso(isOpen.Body, isLarge.Body),
                        isOpen.Parameters
                    )
                );
            Then().Do(c => c.Halt());
        }
    }

    public sealed class AssignsToItsFact : Rule
    {
        public override void Define()
        {
            var item = Expression.Parameter(typeof(Item), "item");
            var assign = Expression.Assign(item, Expression.Constant(new Item("other")));
            When()
                .Match(
                    Expression.Lambda<Func<Item, bool>>(
                        Expression.NotEqual(assign, Expression.Constant(null)),
                        item
                    )
                );
            Then().Do(c => c.Halt());
        }
    }

    public sealed class JumpsNowhere : Rule
    {
        public override void Define()
        {
            var item = Expression.Parameter(typeof(Item), "item");
            var nowhere = Expression.Goto(Expression.Label("nowhere"), typeof(bool));
            When().Match(Expression.Lambda<Func<Item, bool>>(nowhere, item));
            Then().Do(c => c.Halt());
        }
    }

    public sealed class HoldsAnUnknownNode : Rule
    {
        private sealed class Strange : Expression
        {
            public override ExpressionType NodeType => ExpressionType.Extension;
            public override Type Type => typeof(bool);

            public override string ToString() => "strange";
        }

        public override void Define()
        {
            When()
                .Match(
                    Expression.Lambda<Func<Item, bool>>(
                        new Strange(),
                        Expression.Parameter(typeof(Item), "item")
                    )
                );
            Then().Do(c => c.Halt());
        }
    }

    public sealed class SortsWhatHasNoOrder : Rule
    {
        public override void Define()
        {
            IEnumerable<Owner> owners = null!;
            When()
                .Query(
                    () => owners,
                    q => q.Match<Owner>().Collect().OrderBy(o => o.Name).ThenBy(o => new Item(o.Name))
                );
            Then().Do(_ => GC.KeepAlive(owners));
        }
    }

    public sealed class PutTogetherWell : Rule
    {
        public override void Define()
        {
            var item = Expression.Parameter(typeof(Item), "item");
            var number = Expression.Variable(typeof(int), "number");
            When()
                .Match(
                    Expression.Lambda<Func<Item, bool>>(
                        Expression.Block(
                            [number],
                            Expression.Assign(number, Expression.Property(item, nameof(Tests.Item.Number))),
                            Expression.GreaterThan(number, Expression.Constant(1))
                        ),
                        item
                    )
                );
            Then().Do(c => c.Halt());
        }
    }

    public sealed class ThrowsOnCreation : Rule
    {
        public ThrowsOnCreation() => throw new InvalidOperationException("no settings");

        public override void Define() => throw new InvalidOperationException("not reached");
    }

    public sealed class HiddenConstructor : Rule
    {
        private HiddenConstructor() { }

        public override void Define() => throw new InvalidOperationException("not reached");
    }

    public sealed class ConstructorWithArgument(string text) : Rule
    {
        public override void Define() => throw new InvalidOperationException(text);
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

    [Theory]
    [InlineData(typeof(NoPattern), "The rule has no pattern. Add at least one to When().")]
    [InlineData(typeof(NoPatternInAnd), "And() has no pattern. Add at least one to it.")]
    [InlineData(typeof(NoAlternative), "Or() has no alternative. Add at least one to it.")]
    [InlineData(typeof(NoAction), "The rule has no action. Add at least one to Then().")]
    [InlineData(typeof(BoundTwice), "Variable 'item' is bound by two patterns. Use one variable for each.")]
    [InlineData(typeof(HavingNothing), "Having() has no pattern before it to add its conditions to.")]
    [InlineData(
        typeof(HavingInOr),
        "Having() directly inside Or() has no pattern to add its conditions to. Put both inside And()."
    )]
    public void A_rule_that_is_not_well_written_is_named_with_its_fault(Type rule, string fault) =>
        Assert.Equal(fault, Fault(rule));

    [Theory]
    [InlineData(
        typeof(ReadByAPatternBefore),
        "Variable 'owner' is read in 'i => (i.OwnerKey == owner.Key)' before a pattern binds it. Move the pattern that binds it up."
    )]
    [InlineData(
        typeof(ReadByItself),
        "Variable 'number' is read in '() => (number + 1)' before a pattern binds it. Move the pattern that binds it up."
    )]
    [InlineData(
        typeof(ReadByItsQuery),
        "Variable 'items' is read in 'i => items.Contains(i)', where it is not bound yet. Bind it first; each alternative of Or() binds its own."
    )]
    [InlineData(
        typeof(ReadByAFilterBefore),
        "Variable 'item' is read in '() => item.IsOpen' before a pattern binds it. Move the pattern that binds it up."
    )]
    [InlineData(
        typeof(ReadByAnotherAlternative),
        "Variable 'owner' is read in 'i => (i.OwnerKey == owner.Key)', where it is not bound yet. Bind it first; each alternative of Or() binds its own."
    )]
    [InlineData(
        typeof(ServiceInCondition),
        "'i => (i.OwnerKey == service.Key)' reads 'service', which is a dependency. Only actions can read dependencies."
    )]
    [InlineData(
        typeof(ServiceInQuery),
        "'i => (i.Number + service.Limit)' reads 'service', which is a dependency. Only actions can read dependencies."
    )]
    [InlineData(
        typeof(ServiceInFilter),
        "'() => service.Key' reads 'service', which is a dependency. Only actions can read dependencies."
    )]
    [InlineData(typeof(BindsNoVariable), "'() => new Item(\"x\")' is not a variable; write () => variable.")]
    [InlineData(typeof(BindsAMember), "'() => pair.Item1' is not a variable; write () => variable.")]
    public void A_variable_read_where_it_is_not_bound_is_named_with_what_reads_it(Type rule, string fault) =>
        Assert.Equal(fault, Fault(rule));

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

    [Theory]
    [InlineData(
        typeof(ByReference),
        "'() => Read(item, number)' is not supported. It passes 'number' by reference, and what is written to it would be lost: the variables of a rule can only be read."
    )]
    [InlineData(
        typeof(ByReferenceInAction),
        "'_ => Exchange(item, null)' is not supported. It passes 'item' by reference, and what is written to it would be lost: the variables of a rule can only be read."
    )]
    [InlineData(
        typeof(PutTogetherWrongly),
        "'i => (i.IsOpen AndAlso (j.Number > 5))' is not supported. It reads parameter 'j', which belongs to another expression."
    )]
    [InlineData(
        typeof(AssignsToItsFact),
        "'item => ((item = other) != null)' is not supported. Expression must be writeable"
    )]
    [InlineData(
        typeof(JumpsNowhere),
        "'item => goto nowhere' is not supported. Cannot jump to undefined label 'nowhere'."
    )]
    [InlineData(
        typeof(HoldsAnUnknownNode),
        "'item => strange' is not supported. It holds a Strange, which is not known here."
    )]
    [InlineData(
        typeof(SortsWhatHasNoOrder),
        "'o => new Item(o.Name)' cannot be sorted by: Item has no order. Sort by something it has, or let it implement IComparable."
    )]
    public void An_expression_that_cannot_be_run_is_named_with_the_reason(Type rule, string fault)
    {
        Assert.Equal(fault, Fault(rule));
        var error = Assert.Throws<RuleDefinitionException>(() => Situation.Compile(rule));
        Assert.IsType<NotSupportedException>(error.InnerException);
    }

    [Fact]
    public void An_expression_put_together_by_hand_is_as_good_as_any() =>
        Situation
            .Of<PutTogetherWell>()
            .Insert(new Item("a") { Number = 1 }, new Item("b") { Number = 2 })
            .Fires("b");

    [Theory]
    [InlineData(typeof(HiddenConstructor), "It has no public constructor without parameters.")]
    [InlineData(typeof(ConstructorWithArgument), "It has no public constructor without parameters.")]
    [InlineData(typeof(ThrowsOnCreation), "no settings")]
    public void A_rule_class_that_cannot_be_created_is_named_with_the_cause(Type rule, string cause)
    {
        var repository = new RuleRepository();

        var error = Assert.Throws<RuleActivationException>(() =>
            repository.Load(x => x.From(typeof(Same1), rule))
        );

        Assert.Equal(rule, error.RuleType);
        Assert.StartsWith(
            $"Failed to activate rule type. Rule class '{rule.FullName}': ",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(cause, error.Message, StringComparison.Ordinal);
        Assert.Empty(repository.GetRules());
    }

    [Fact]
    public void Two_rules_with_one_name_are_an_error_also_in_two_sets()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(typeof(Same1)).To("first"));
        repository.Load(x => x.From(typeof(Same2)).To("second"));

        var error = Assert.Throws<RuleCompilationException>(() => repository.Compile());

        Assert.Equal("same", error.RuleName);
        Assert.Equal("Two rules are named 'same'. Give one of them another name.", error.Message);
        Assert.Equal(
            error.Message,
            Assert
                .Throws<RuleCompilationException>(() => Situation.Compile(typeof(Same1), typeof(Same2)))
                .Message
        );
    }

    /// <summary>What is wrong, after the rule it is wrong with; nothing of the set is loaded.</summary>
    private static string Fault(Type rule)
    {
        var repository = new RuleRepository();
        var error = Assert.Throws<RuleDefinitionException>(() =>
            repository.Load(x => x.From(typeof(Same1), rule))
        );
        Assert.Empty(repository.GetRules());
        Assert.Equal(rule, error.RuleType);
        var named = $"Failed to build rule definition. Rule class '{rule.FullName}': ";
        Assert.StartsWith(named, error.Message, StringComparison.Ordinal);
        return error.Message[named.Length..].Split(" (Parameter ")[0];
    }
}
