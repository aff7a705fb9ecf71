namespace PlanningServices.RuleEngine.Tests.Surface;

/// <summary>The little world that the tests of the surface share: partners and what they ask to be paid.</summary>
public class Partner(string name)
{
    public string Name { get; } = name;
    public bool IsPreferred { get; set; }
    public bool WasTold { get; set; }
}

public class Request(int id, Partner? partner = null, decimal amount = 0)
{
    public int Id { get; } = id;
    public Partner? Partner { get; } = partner;
    public decimal Amount { get; set; } = amount;
    public bool IsOpen { get; set; } = true;
    public bool IsLate { get; set; }
    public int Days { get; set; }
    public decimal Rate { get; set; }
    public string? Note { get; set; }
}

public class UrgentRequest(int id, Partner? partner = null, decimal amount = 0)
    : Request(id, partner, amount);

public class Bonus(Partner partner, decimal amount)
{
    public Partner Partner { get; } = partner;
    public decimal Amount { get; } = amount;
}

/// <summary>Loads the rules under test, and notes what fires.</summary>
internal static class Engine
{
    public static ISession With(params Type[] rules) => Compile(rules).CreateSession();

    public static ISessionFactory Compile(params Type[] rules)
    {
        var repository = new Fluent.RuleRepository();
        repository.Load(x => x.NestedTypes().From(rules));
        return repository.Compile();
    }

    public static List<string> Fired(this ISession session)
    {
        var fired = new List<string>();
        session.Events.RuleFiredEvent += (_, e) => fired.Add(e.Rule.Name);
        return fired;
    }
}
