using BenchmarkDotNet.Attributes;
using PlanningServices.EngineWorkload;
using PlanningServices.RuleEngine;

namespace PlanningServices.EngineBenchmarks;

/// <summary>Loading and compiling rules, no two alike: the time should grow as their number does.</summary>
[MemoryDiagnoser]
public class CompileBenchmarks
{
    [Params(10, 100, 1_000)]
    public int Rules { get; set; }

    [Benchmark]
    public ISessionFactory Compile() => CompileTime.Load(Rules).Compile();
}

/// <summary>Making an empty session.</summary>
[MemoryDiagnoser]
public class SessionBenchmarks
{
    private ISessionFactory factory = null!;

    [Params(5, 100)]
    public int Rules { get; set; }

    [GlobalSetup]
    public void Compile() => factory = CompileTime.Load(Rules).Compile();

    [Benchmark]
    public ISession Create() => factory.CreateSession();
}
