using BenchmarkDotNet.Attributes;
using PlanningServices.RuleEngine;
using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.EngineBenchmarks;

/// <summary>Chains: each of ten rules yields a fact from the one before, for 100 facts.</summary>
[MemoryDiagnoser]
public class YieldBenchmarks
{
    private const int Facts = 100;
    private const int Links = 10;
    private readonly Link[] starts = [.. Enumerable.Range(0, Facts).Select(id => new Link(id, 0))];
    private ISessionFactory factory = null!;
    private ISession full = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var repository = new RuleRepository { Activator = new Chain() };
        repository.Load(x => x.From(typeof(LinkRule)));
        factory = repository.Compile();
        full = factory.CreateSession();
        full.InsertAll(starts);
        full.Fire();
    }

    [Benchmark(Baseline = true)]
    public int Yield()
    {
        var session = factory.CreateSession();
        session.InsertAll(starts);
        return session.Fire();
    }

    [Benchmark]
    public int Update()
    {
        full.UpdateAll(starts);
        return full.Fire();
    }

    [Benchmark]
    public int TakeBack()
    {
        var session = factory.CreateSession();
        session.InsertAll(starts);
        session.Fire();
        session.RetractAll(starts);
        return session.Query<Link>().Count();
    }

    private sealed class Chain : IRuleActivator
    {
        public IEnumerable<Rule> Activate(Type type) =>
            Enumerable.Range(0, Links).Select(level => new LinkRule(level));
    }
}

public sealed class Link(int id, int level)
{
    public int Id { get; } = id;
    public int Level { get; } = level;
}

public sealed class LinkRule(int level) : Rule
{
    public override void Define()
    {
        Link link = null!;

        Name($"Link {level}");

        When().Match(() => link, l => l.Level == level);

        Then().Yield(_ => new Link(link.Id, level + 1));
    }
}
