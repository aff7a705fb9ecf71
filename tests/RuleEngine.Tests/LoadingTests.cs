using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests;

/// <summary>Rule classes, their attributes and repositories.</summary>
public sealed class LoadingTests
{
    [Tag("base")]
    public abstract class Base : Rule
    {
        public override void Define()
        {
            Item item = null!;
            When().Match(() => item);
            Then().Do(_ => item.ToString());
        }
    }

    [Name("named"), Description("Says something."), Tag("one"), Tag("two"), Priority(3)]
    [Repeatability(RuleRepeatability.NonRepeatable)]
    public sealed class Named : Base;

    public sealed class Unnamed : Base;

    public sealed class NamedInCode : Rule
    {
        public override void Define()
        {
            Name("in code");
            Priority(7);
            When().Match<Item>();
            Then().Do(c => c.Halt());
        }
    }

    private static readonly Type[] Types =
    [
        typeof(Named),
        typeof(Unnamed),
        typeof(NamedInCode),
        typeof(Base),
        typeof(string),
    ];

    [Fact]
    public void A_rule_has_what_its_attributes_say()
    {
        var rule = Load(x => x.From(Types)).GetRules().Single(rule => rule.Name == "named");

        Assert.Equal("Says something.", rule.Description);
        Assert.Equal(3, rule.Priority);
        Assert.Equal(RuleRepeatability.NonRepeatable, rule.Repeatability);
        Assert.Equal(["base", "one", "two"], rule.Tags.Order());
        Assert.Equal(typeof(Named), rule.Properties[RuleProperties.ClrType]);
        Assert.IsType<PatternElement>(Assert.Single(rule.LeftHandSide.ChildElements));
        Assert.Equal(
            ActionTrigger.Activated | ActionTrigger.Reactivated,
            Assert.Single(rule.RightHandSide.Actions).ActionTrigger
        );
    }

    [Fact]
    public void Without_attributes_a_rule_is_named_by_its_class()
    {
        var rules = Load(x => x.From(Types)).GetRules().ToArray();

        var rule = rules.Single(rule => rule.Name == typeof(Unnamed).FullName);
        Assert.Equal("", rule.Description);
        Assert.Equal(0, rule.Priority);
        Assert.Equal(RuleRepeatability.Repeatable, rule.Repeatability);
        Assert.Equal(7, rules.Single(rule => rule.Name == "in code").Priority);
    }

    [Fact]
    public void Rules_are_chosen_by_their_metadata_and_loaded_into_sets()
    {
        var repository = Load(x => x.From(Types).Where(rule => rule.IsTagged("one")).To("first"));
        repository.Load(x => x.From(Types).Where(rule => !rule.IsTagged("one")));

        Assert.Equal(["default", "first"], repository.GetRuleSets().Select(set => set.Name).Order());
        Assert.Equal("named", repository.GetRuleSets().First().Rules.Single().Name);
        Assert.Equal(3, repository.GetRules().Count());
    }

    [Fact]
    public void An_assembly_gives_its_nested_rules_when_asked()
    {
        var assembly = typeof(LoadingTests).Assembly;

        var named = Load(x => x.NestedTypes().From(assembly).Where(rule => rule.Name == "named"));
        var none = Load(x => x.From(assembly).Where(rule => rule.Name == "named"));

        Assert.Single(named.GetRules());
        Assert.Empty(none.GetRules());
    }

    [Fact]
    public void Nothing_is_loaded_when_one_rule_is_not_well_written()
    {
        var repository = new RuleRepository();
        Assert.Throws<RuleDefinitionException>(() =>
            repository.Load(x => x.From(typeof(Named), typeof(BadRuleTests.NoAction)))
        );
        Assert.Empty(repository.GetRules());
    }

    private static RuleRepository Load(Action<IRuleLoadSpec> spec)
    {
        var repository = new RuleRepository();
        repository.Load(spec);
        return repository;
    }
}
