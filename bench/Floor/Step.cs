using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace PlanningServices.Floor;

/// <summary>What one step took.</summary>
/// <param name="Rows">Rows it read and wrote.</param>
/// <param name="Wall">Time on the clock.</param>
/// <param name="Cpu">Time of all processors.</param>
/// <param name="PeakMegabytes">The most memory it held.</param>
internal sealed record Step(long Rows, TimeSpan Wall, TimeSpan Cpu, long PeakMegabytes)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs a program to its end and measures it; what it prints goes to <paramref name="output"/>.</summary>
    public static Step Measure(out string output, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var printed = new StringBuilder();
        process.OutputDataReceived += (_, line) => printed.AppendLine(line.Data);
        process.BeginOutputReadLine();
        var cpu = TimeSpan.Zero;
        var peak = 0L;
        while (!process.WaitForExit(Poll))
        {
            process.Refresh();
            try
            {
                (cpu, peak) = (process.TotalProcessorTime, Math.Max(peak, process.PeakWorkingSet64));
            }
            catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                // It ended just now: the last look counts.
            }
        }

        // Once more without a time, which waits for the rest of what it printed.
        process.WaitForExit();
        output = printed.ToString();
        return process.ExitCode == 0
            ? new(0, clock.Elapsed, cpu, peak >> 20)
            : throw new InvalidOperationException(
                $"'{program} {string.Join(' ', arguments)}' ended with exit code {process.ExitCode}: {output}"
            );
    }

    /// <summary>Runs one of the floors, which measures itself: what it prepares is not counted.</summary>
    public static Step MeasureFloor(params string[] arguments)
    {
        var process = Measure(out var output, typeof(Step).Assembly.Location, arguments);
        var parts = output
            .Trim()
            .Split(' ')
            .Select(p => long.Parse(p, CultureInfo.InvariantCulture))
            .ToArray();
        return new(
            parts[0],
            TimeSpan.FromTicks(parts[1]),
            TimeSpan.FromTicks(parts[2]),
            process.PeakMegabytes
        );
    }

    public static int Print(Step step)
    {
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{step.Rows} {step.Wall.Ticks} {step.Cpu.Ticks}")
        );
        return 0;
    }
}
