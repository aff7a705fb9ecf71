using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.RuleEngine.Tests.Surface;

/// <summary>Facts that neither say their identity nor are equal by it.</summary>
public class IdentityTests
{
    [Fact]
    public void A_comparer_for_a_type_says_which_facts_are_the_same()
    {
        var compiler = new RuleCompiler();
        compiler.FactIdentityComparerRegistry.RegisterComparer(new ByOffering());
        var session = Session(compiler);
        session.Insert(new Tariff("DDPS", 10));
        session.Update(new Tariff("DDPS", 20));

        Assert.Equal(20, Assert.Single(session.Query<Tariff>()).Amount);
    }

    [Fact]
    public void A_default_comparer_serves_all_other_types()
    {
        var compiler = new RuleCompiler();
        compiler.FactIdentityComparerRegistry.DefaultFactIdentityComparer = new ByKey();
        var session = Session(compiler);
        session.Insert(new Tariff("DDPS", 10));
        session.Update(new Tariff("DDPS", 20));
        session.Insert("a text");

        Assert.Equal(20, Assert.Single(session.Query<Tariff>()).Amount);
    }

    private static ISession Session(RuleCompiler compiler)
    {
        var repository = new RuleRepository();
        repository.Load(x => x.NestedTypes().From(typeof(TariffRule)));
        return compiler.Compile(repository.GetRules()).CreateSession();
    }

    public record Tariff(string Offering, int Amount);

    private sealed class ByOffering : IEqualityComparer<Tariff>
    {
        public bool Equals(Tariff? x, Tariff? y) => x!.Offering == y!.Offering;

        public int GetHashCode(Tariff obj) => obj.Offering.GetHashCode(StringComparison.Ordinal);
    }

    private sealed class ByKey : IEqualityComparer<object>
    {
        bool IEqualityComparer<object>.Equals(object? x, object? y) =>
            x is Tariff a && y is Tariff b ? a.Offering == b.Offering : Equals(x, y);

        int IEqualityComparer<object>.GetHashCode(object obj) =>
            obj is Tariff tariff ? tariff.Offering.GetHashCode(StringComparison.Ordinal) : obj.GetHashCode();
    }

    public class TariffRule : Rule
    {
        public override void Define()
        {
            Tariff tariff = null!;
            When().Match(() => tariff);
            Then().Do(_ => tariff.ToString());
        }
    }
}
