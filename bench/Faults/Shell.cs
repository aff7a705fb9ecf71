using System.Diagnostics;

namespace PlanningServices.Faults;

/// <summary>Runs programs to their end.</summary>
internal static class Shell
{
    /// <summary>The planning program, beside this one.</summary>
    public static string Planning { get; } = Path.Combine(AppContext.BaseDirectory, "planning");

    /// <summary>Runs a program; what it says on stdout.</summary>
    /// <exception cref="InvalidOperationException">It ended with another code than 0.</exception>
    public static async Task<string> RunAsync(
        string program,
        IEnumerable<string> args,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException(
                $"'{program} {string.Join(' ', start.ArgumentList)}' ended with exit code {process.ExitCode}: {await error}"
            );
    }
}
