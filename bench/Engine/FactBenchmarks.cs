using BenchmarkDotNet.Attributes;
using PlanningServices.EngineWorkload;
using PlanningServices.RuleEngine;
using PlanningServices.RuleEngine.Fluent;

namespace PlanningServices.EngineBenchmarks;

/// <summary>The voucher rules on 500 vouchers: facts in, fired, changed and out again.</summary>
[MemoryDiagnoser]
public class FactBenchmarks
{
    private const int Vouchers = 500;
    private ISessionFactory factory = null!;
    private IReadOnlyList<object> facts = null!;
    private Voucher[] vouchers = null!;
    private ISession full = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var repository = new RuleRepository();
        repository.Load(x =>
            x.From(
                typeof(ExpiredRule),
                typeof(RetiredRule),
                typeof(EligibilityRule),
                typeof(PaymentWindowRule),
                typeof(DuplicateRequestRule)
            )
        );
        factory = repository.Compile();
        var workload = Workload.Of(Vouchers);
        facts = workload.Facts();
        vouchers = workload.Vouchers;
        full = InsertAll();
        full.Fire();
    }

    [Benchmark(Baseline = true)]
    public ISession InsertAll()
    {
        var session = factory.CreateSession();
        session.InsertAll(facts);
        return session;
    }

    [Benchmark]
    public ISession InsertOneByOne()
    {
        var session = factory.CreateSession();
        foreach (var fact in facts)
        {
            session.Insert(fact);
        }
        return session;
    }

    [Benchmark]
    public int InsertAllAndFire() => InsertAll().Fire();

    [Benchmark]
    public int UpdateAllAndFire()
    {
        full.UpdateAll(vouchers);
        return full.Fire();
    }

    [Benchmark]
    public int UpdateOneByOneAndFire()
    {
        foreach (var voucher in vouchers)
        {
            full.Update(voucher);
        }
        return full.Fire();
    }

    [Benchmark]
    public int RetractAndInsertAgain()
    {
        full.RetractAll(vouchers);
        full.InsertAll(vouchers);
        return full.Fire();
    }
}
