using System.Diagnostics;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Sqlite;

namespace PlanningServices.Tests.Support;

/// <summary>The real program as a child process, in a folder of its own.</summary>
internal sealed class PlanningProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public PlanningProcess() => Folder = Directory.CreateTempSubdirectory("planning-cli-").FullName;

    public string Folder { get; }

    public static string Samples { get; } = Path.Combine(AppContext.BaseDirectory, "samples", "facts");

    /// <summary>Extra environment variables of the processes started from now on.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string PathTo(string file) => Path.Combine(Folder, file);

    /// <summary>Makes its database, empty of facts.</summary>
    public void Migrate() =>
        new Migrator(new SqliteDatabase($"Data Source={PathTo("planning.db")}"), TimeProvider.System).Apply();

    /// <summary>Runs it to its end.</summary>
    public async Task<Ended> RunAsync(params string[] args)
    {
        using var process = Start(args);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        patience.CancelAfter(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Starts it, for tests that stop it.</summary>
    public Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "planning"), args)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>How a process ended.</summary>
internal sealed record Ended(int ExitCode, string Out, string Error)
{
    /// <summary>It ended with the code and said exactly this on stderr, and nothing on stdout.</summary>
    public void Refused(int exitCode, string message)
    {
        Assert.Equal(message, Error.TrimEnd());
        Assert.Equal("", Out);
        Assert.Equal(exitCode, ExitCode);
    }

    /// <summary>It ended with the code; what it said on stdout.</summary>
    public string Said(int exitCode = 0)
    {
        Assert.True(exitCode == ExitCode, $"exit code {ExitCode}\n{Error}\n{Out}");
        return Out;
    }
}
