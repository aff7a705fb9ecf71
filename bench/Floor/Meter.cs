using System.Diagnostics;

namespace PlanningServices.Floor;

/// <summary>Counts rows, time and processor time of the parts of a step that belong to it.</summary>
internal sealed class Meter
{
    private readonly Stopwatch clock = new();
    private TimeSpan cpu;

    public long Rows { get; set; }

    public Step Total => new(Rows, clock.Elapsed, cpu, 0);

    public void Measure(Action part)
    {
        var before = Environment.CpuUsage.TotalTime;
        clock.Start();
        part();
        clock.Stop();
        cpu += Environment.CpuUsage.TotalTime - before;
    }
}
