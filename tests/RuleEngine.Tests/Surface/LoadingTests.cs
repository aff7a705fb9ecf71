using System.Linq.Expressions;
using PlanningServices.RuleEngine.Extensibility;
using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests.Surface;

public class LoadingTests
{
    [Fact]
    public void Rules_are_found_in_an_assembly_by_name_or_tag_and_put_in_a_set()
    {
        var repository = new RuleRepository();
        repository.Load(x =>
            x.From(typeof(LoadingTests).Assembly)
                .Where(rule =>
                    rule.Name.StartsWith("Loading: ", StringComparison.Ordinal) || rule.IsTagged("loading")
                )
                .To("Mine")
        );

        var set = Assert.Single(repository.GetRuleSets());
        Assert.Equal("Mine", set.Name);
        Assert.Equal(
            ["Loading: by name", typeof(LoadedByTag).FullName!],
            set.Rules.Select(rule => rule.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_set_grows_when_it_is_loaded_again_and_may_be_compiled_alone()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(typeof(LoadedByName)).To("Mine"));
        repository.Load(x => x.From(typeof(LoadedByTag)).To("Mine"));
        repository.Load(x => x.From(typeof(Unrelated)));
        var compiler = new RuleCompiler();
        ISessionFactory factory = compiler.Compile(repository.GetRuleSets().Where(x => x.Name == "Mine"));

        var session = factory.CreateSession();
        var fired = session.Fired();
        session.Insert(new Partner("Ines"));
        session.Fire();

        Assert.Equal(2, fired.Count);
        Assert.Equal(3, repository.GetRules().Count());
    }

    [Fact]
    public void Attributes_become_the_definition()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(typeof(LoadedByName)));

        IRuleDefinition rule = Assert.Single(repository.GetRules());

        Assert.Equal("Loading: by name", rule.Name);
        Assert.Equal("What it is for", rule.Description);
        Assert.Equal(["first", "inherited", "second"], rule.Tags.Order(StringComparer.Ordinal));
        Assert.Equal(7, rule.Priority);
        Assert.Equal(RuleRepeatability.NonRepeatable, rule.Repeatability);
        Assert.Equal(typeof(LoadedByName), rule.Properties[RuleProperties.ClrType]);
    }

    [Fact]
    public void A_rule_without_attributes_has_its_class_as_name_and_repeats()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(typeof(Unrelated)));

        var rule = Assert.Single(repository.GetRules());

        Assert.Equal(typeof(Unrelated).FullName, rule.Name);
        Assert.Equal("", rule.Description);
        Assert.Empty(rule.Tags);
        Assert.Equal(0, rule.Priority);
        Assert.Equal(RuleRepeatability.Repeatable, rule.Repeatability);
    }

    [Fact]
    public void Calls_in_the_definition_win_over_attributes()
    {
        var repository = new RuleRepository();
        repository.Load(x => x.From(typeof(NamedInCode)));

        var rule = Assert.Single(repository.GetRules());

        Assert.Equal("Named in code", rule.Name);
        Assert.Equal(3, rule.Priority);
    }

    [Fact]
    public void Nested_rule_classes_are_found_when_asked_for()
    {
        var repository = new RuleRepository();
        repository.Load(x =>
            x.NestedTypes().From(typeof(LoadingTests).Assembly).Where(r => r.IsTagged("nested"))
        );

        Assert.Equal(typeof(Nested).FullName, Assert.Single(repository.GetRules()).Name);
    }

    [Fact]
    public void A_scanner_looks_through_assemblies_and_types()
    {
        var repository = new RuleRepository();
        repository.Load(x =>
            x.From(scan => scan.AssemblyOf<LoadingTests>().NestedTypes()).Where(r => r.IsTagged("nested"))
        );
        repository.Load(x => x.From(scan => scan.Type(typeof(LoadedByName), typeof(Request))));

        Assert.Equal(
            [typeof(Nested).FullName!, "Loading: by name"],
            repository.GetRules().Select(rule => rule.Name)
        );
    }

    [Fact]
    public void A_scanner_serves_without_a_repository()
    {
        var scanner = new RuleTypeScanner();
        var any = typeof(LoadingTests);
        scanner
            .AssemblyOf(any)
            .Type(typeof(Nested), typeof(Tagged), typeof(string))
            .Where(type => type.IsAssignableTo(typeof(Unrelated)) || type == typeof(Tagged));

        Assert.Equal([typeof(Unrelated), typeof(Nested)], scanner.GetRuleTypes());
    }

    [Fact]
    public void Rules_that_are_not_public_are_found_when_asked_for()
    {
        Assert.DoesNotContain(typeof(Hidden), Found(private_: false));
        Assert.Contains(typeof(Hidden), Found(private_: true));

        static Type[] Found(bool private_)
        {
            var scanner = new RuleTypeScanner();
            scanner.Assembly(typeof(LoadingTests).Assembly).NestedTypes().PrivateTypes(private_);
            return scanner.GetRuleTypes();
        }
    }

    [Fact]
    public void A_property_of_a_rule_is_looked_up_by_its_name()
    {
        var definition = new RuleDefinitionFactory().Create(new Unrelated());

        Assert.True(definition.Properties.TryGetProperty(RuleProperties.ClrType, out var property));
        Assert.Equal(typeof(Unrelated), property.Value);
        Assert.Equal(RuleProperties.ClrType, Assert.Single(definition.Properties).Name);
        Assert.False(definition.Properties.TryGetProperty("other", out _));
        Assert.Throws<ArgumentException>(() => definition.Properties["other"]);
    }

    [Fact]
    public void A_set_may_be_put_together_in_code_and_be_loaded_into()
    {
        var repository = new RuleRepository();
        repository.Add(new RuleSet("Mine"));
        IRuleSet set = repository.GetRuleSets().Single();
        set.Add(new RuleDefinitionFactory().Create(new Greeter("hi")));
        set.Add(new RuleDefinitionFactory().Create([new LoadedByTag()]));
        repository.Load(x => x.From(typeof(Unrelated)).To("Mine"));

        Assert.Equal(3, Assert.Single(repository.GetRuleSets()).Rules.Count());
        Assert.Throws<ArgumentException>(() => repository.Add(new RuleSet("Mine")));
    }

    [Fact]
    public void Rules_may_come_from_a_repository_of_ones_own()
    {
        var session = new MyRepository().Compile().CreateSession();
        var request = new Request(1);
        session.Insert(request);
        session.Fire();

        Assert.Equal("mine", request.Note);
    }

    [Fact]
    public void A_compiler_takes_options()
    {
        var options = new RuleCompilerOptions
        {
            UnsupportedExpressionHandling = RuleCompilerUnsupportedExpressionsHandling.TreatAsNotEqual,
        };
        var session = new RuleCompiler(options).Compile(new MyRepository().GetRuleSets()).CreateSession();
        session.Insert(new Request(1));

        Assert.Equal(1, session.Fire());
    }

    [Fact]
    public void A_compiler_of_expressions_may_be_given()
    {
        var expressions = new Counting();
        var compiler = new RuleCompiler { ExpressionCompiler = expressions };
        var session = compiler.Compile(new MyRepository().GetRules()).CreateSession();
        var request = new Request(1);
        session.Insert(request);
        session.Fire();

        Assert.Equal("mine", request.Note);
        Assert.Equal(1, expressions.Count);
        Assert.Throws<ArgumentNullException>(() => compiler.ExpressionCompiler = null!);
    }

    [Fact]
    public void An_activator_makes_the_rules()
    {
        var repository = new RuleRepository { Activator = new Greeting("hello") };
        repository.Load(x => x.From(typeof(Greeter)));
        var session = repository.Compile().CreateSession();
        var request = new Request(1);
        session.Insert(request);
        session.Fire();

        Assert.Equal("hello", request.Note);
    }

    [Fact]
    public void A_rule_that_cannot_be_made_names_its_class()
    {
        var repository = new RuleRepository();

        var failed = Assert.Throws<RuleActivationException>(() =>
            repository.Load(x => x.From(typeof(Greeter)))
        );

        Assert.Equal(typeof(Greeter), failed.RuleType);
        Assert.Contains(nameof(Greeter), failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_cannot_be_defined_names_its_class()
    {
        var repository = new RuleRepository();

        var failed = Assert.Throws<RuleDefinitionException>(() =>
            repository.Load(x => x.From(typeof(Throwing)))
        );

        Assert.Equal(typeof(Throwing), failed.RuleType);
        Assert.IsType<NotSupportedException>(failed.InnerException);
    }

    [Fact]
    public void A_rule_may_be_defined_without_a_repository()
    {
        var factory = new RuleDefinitionFactory();
        IRuleDefinition definition = factory.Create(new Greeter("hi"));

        var session = new RuleCompiler().Compile([definition]).CreateSession();
        var request = new Request(1);
        session.Insert(request);
        session.Fire();

        Assert.Equal("hi", request.Note);
    }

    [Tag("nested")]
    public class Nested : Unrelated;

    private sealed class Counting : IExpressionCompiler
    {
        public int Count { get; private set; }

        public TDelegate Compile<TDelegate>(Expression<TDelegate> expression)
            where TDelegate : Delegate
        {
            Count++;
            return expression.Compile();
        }
    }

    private sealed class Hidden : Unrelated;

    private sealed class MyRepository : IRuleRepository
    {
        public IEnumerable<IRuleSet> GetRuleSets()
        {
            var set = new RuleSet("Mine");
            set.Add(new RuleDefinitionFactory().Create(new Greeter("mine")));
            return [set];
        }
    }

    private sealed class Greeting(string text) : IRuleActivator
    {
        public IEnumerable<Rule> Activate(Type type)
        {
            yield return new Greeter(text);
        }
    }
}

[Tag("inherited")]
public abstract class Tagged : Rule
{
    public override void Define()
    {
        Partner partner = null!;
        When().Match(() => partner);
        Then().Do(_ => partner.ToString());
    }
}

[Name("Loading: by name"), Description("What it is for")]
[Tag("first"), Tag("second")]
[Priority(7)]
[Repeatability(RuleRepeatability.NonRepeatable)]
public class LoadedByName : Tagged;

[Tag("loading")]
public class LoadedByTag : Tagged;

public class Unrelated : Rule
{
    public override void Define()
    {
        Partner partner = null!;
        When().Match(() => partner);
        Then().Do(_ => partner.ToString());
    }
}

[Name("Named by attribute"), Priority(1)]
public class NamedInCode : Rule
{
    public override void Define()
    {
        Partner partner = null!;
        Name("Named in code");
        Priority(3);
        When().Match(() => partner);
        Then().Do(_ => partner.ToString());
    }
}

public class Greeter(string text) : Rule
{
    public override void Define()
    {
        Request request = null!;
        When().Match(() => request);
        Then().Do(_ => Greet(request));
    }

    private void Greet(Request request) => request.Note = text;
}

public class Throwing : Rule
{
    public override void Define() => throw new NotSupportedException("no such rule");
}
