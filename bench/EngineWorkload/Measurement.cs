using System.Diagnostics;

namespace PlanningServices.EngineWorkload;

/// <summary>What one mode cost for one number of vouchers, per voucher unless its name says otherwise.</summary>
/// <param name="Mode">The mode's name.</param>
/// <param name="Vouchers">How many vouchers were decided.</param>
/// <param name="CpuNanoseconds">CPU time of the process, so garbage collection included.</param>
/// <param name="AllocatedBytes">All that was allocated.</param>
/// <param name="KeptBytes">What stays reachable when the work is done and its session is kept.</param>
/// <param name="PeakMegabytes">The largest resident memory of the process, facts included.</param>
/// <param name="Collections">Garbage collections of generation 0, 1 and 2 in one run of all vouchers.</param>
/// <param name="Found">The outcomes, as text.</param>
public sealed record Measurement(
    string Mode,
    int Vouchers,
    double CpuNanoseconds,
    double AllocatedBytes,
    double KeptBytes,
    double PeakMegabytes,
    string Collections,
    string Found
)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Batch = TimeSpan.FromSeconds(0.4);
    private const int Batches = 3;

    /// <summary>Runs the mode, after a warm-up on few vouchers that leaves its code compiled and optimized.</summary>
    /// <exception cref="InvalidOperationException">The outcomes are not those of the hand-written rules.</exception>
    public static Measurement Of(Mode mode, int vouchers)
    {
        Heat(mode);
        var facts = Workload.Of(vouchers);
        var expected = Expected(mode, facts);
        var work = mode.Prepare(facts);
        var found = Check(mode, work, expected);

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
        var collectionsBefore = Collected();
        var kept = work(new Outcomes());
        var collections = string.Join(
            '/',
            Collected().Zip(collectionsBefore, (after, start) => after - start)
        );
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
        var keptBytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(kept);
        kept = null;

        var cpu = Enumerable.Range(0, Batches).Min(_ => OneBatch(work));
        using var process = Process.GetCurrentProcess();
        return new(
            mode.Name,
            vouchers,
            cpu / vouchers,
            (double)allocated / vouchers,
            (double)keptBytes / vouchers,
            process.PeakWorkingSet64 / 1e6,
            collections,
            found
        );
    }

    /// <summary>Fails unless the mode finds what the hand-written rules find.</summary>
    public static string Check(Mode mode, Workload facts) =>
        Check(mode, mode.Prepare(facts), Expected(mode, facts));

    private static string Check(Mode mode, Func<Outcomes, object?> work, Outcomes expected)
    {
        var found = new Outcomes();
        work(found);
        return found.Equals(expected)
            ? found.ToString()
            : throw new InvalidOperationException(
                $"Mode '{mode.Name}' found {found}; the hand-written rules found {expected}."
            );
    }

    private static Outcomes Expected(Mode mode, Workload facts)
    {
        var expected = new Outcomes();
        HandWritten.Decide(facts, expected);
        return mode.DecidesSingleSubjectsOnly ? expected.OfSingleSubjects() : expected;
    }

    private static int[] Collected() => [.. Enumerable.Range(0, 3).Select(GC.CollectionCount)];

    private static void Heat(Mode mode)
    {
        var work = mode.Prepare(Workload.Of(2_000));
        var until = Environment.CpuUsage.TotalTime + WarmUp;
        while (Environment.CpuUsage.TotalTime < until)
        {
            work(new Outcomes());
        }
    }

    private static double OneBatch(Func<Outcomes, object?> work)
    {
        GC.Collect();
        var start = Environment.CpuUsage.TotalTime;
        var runs = 0;
        TimeSpan spent;
        do
        {
            work(new Outcomes());
            runs++;
            spent = Environment.CpuUsage.TotalTime - start;
        } while (spent < Batch);
        return spent.TotalNanoseconds / runs;
    }
}
