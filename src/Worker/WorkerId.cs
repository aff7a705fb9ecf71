using System.Diagnostics;
using System.Globalization;

namespace PlanningServices.Worker;

/// <summary>Who runs or imports: a process on a machine.</summary>
internal static class WorkerId
{
    /// <summary>This process, as written in the row of an attempt or import.</summary>
    public static string Current { get; } =
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.MachineName} process {Environment.ProcessId}"
        );

    /// <summary>
    /// Whether the owner was a process of this machine that is no more. Its attempt need not be waited for: a lease
    /// is for owners one cannot ask about. Should the guess be wrong (another container of the same name, say), the
    /// number of the attempt still keeps the one given up from writing.
    /// </summary>
    public static bool IsDead(string owner)
    {
        var words = owner.Split(' ');
        if (
            words is not [var machine, "process", var number]
            || !string.Equals(machine, Environment.MachineName, StringComparison.Ordinal)
            || !int.TryParse(number, CultureInfo.InvariantCulture, out var processId)
        )
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(processId);
            return process.HasExited;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
