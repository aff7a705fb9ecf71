using System.Diagnostics;
using PlanningServices.Worker.Cli;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Sqlite;

namespace PlanningServices.Tests.Support;

/// <summary>The real program, in a folder of its own.</summary>
internal sealed class PlanningProcess : IDisposable
{
    private const string SettingPrefix = "PLANNING__";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // A process has one console, one current folder and one environment.
    private static readonly SemaphoreSlim Console = new(1);

    public static string Samples { get; } = Path.Combine(AppContext.BaseDirectory, "samples", "facts");

    // Made by the first tests that need them, and copied for the others.
    private static byte[]? withSamples;
    private static byte[]? withNight;

    public PlanningProcess()
    {
        Folder = Directory.CreateTempSubdirectory("planning-cli-").FullName;
        // So that tests do not meet at its address.
        Environment["PLANNING__Console__Url"] = "";
    }

    public string Folder { get; }

    /// <summary>Extra environment variables of the processes started from now on.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    private string Database => PathTo("planning.db");

    public string PathTo(string file) => Path.Combine(Folder, file);

    /// <summary>Makes its database, empty of facts.</summary>
    public void Migrate() =>
        new Migrator(new SqliteDatabase($"Data Source={Database}"), TimeProvider.System).Apply();

    /// <summary>Makes its database, with the sample facts.</summary>
    public async Task ImportSamplesAsync()
    {
        if (withSamples is { } made)
        {
            await CopyAsync(made);
            return;
        }

        Migrate();
        (await RunAsync("import", Samples)).Said();
        withSamples = await BytesAsync();
    }

    /// <summary>Makes its database, with the sample facts and the night of 2021-03-31.</summary>
    public async Task RunSampleNightAsync()
    {
        if (withNight is { } made)
        {
            await CopyAsync(made);
            return;
        }

        await ImportSamplesAsync();
        (await RunAsync("run", "nightly", "--as-of", "2021-03-31")).Said();
        withNight = await BytesAsync();
    }

    /// <summary>
    /// Runs it to its end. It runs in the process of the tests, since to start one costs more than most calls. Only
    /// settings are read from the environment: else it runs in a process of its own.
    /// </summary>
    public async Task<Ended> RunAsync(params string[] args)
    {
        // An export would write past the console of this process, so it writes to a file.
        if (
            args is ["export", "decisions" or "history" or "ledger" or "rejects", ..]
            && !args.Any(IsAboutOutput)
        )
        {
            var file = PathTo(Path.GetRandomFileName());
            var ended = await RunAsync([.. args, "--output", file]);
            return File.Exists(file)
                ? ended with
                {
                    Out =
                        ended.Out + await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
                }
                : ended;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        patience.CancelAfter(Patience);
        if (!Environment.Keys.All(IsSetting))
        {
            return await RunApartAsync(args, patience.Token);
        }

        await Console.WaitAsync(patience.Token);
        var before = (System.Console.Out, System.Console.Error, Folder: Directory.GetCurrentDirectory());
        using var output = new StringWriter();
        using var error = new StringWriter();
        try
        {
            System.Console.SetOut(output);
            System.Console.SetError(error);
            Directory.SetCurrentDirectory(Folder);
            SetSettings(name => Environment[name]);
            var code = await PlanningCommand.InvokeAsync(args).WaitAsync(patience.Token);
            return new((int)code, output.ToString(), error.ToString());
        }
        finally
        {
            SetSettings(_ => null);
            Directory.SetCurrentDirectory(before.Folder);
            System.Console.SetError(before.Error);
            System.Console.SetOut(before.Out);
            Console.Release();
        }
    }

    /// <summary>Runs it to its end in a process of its own.</summary>
    public async Task<Ended> RunApartAsync(string[] args, CancellationToken stop)
    {
        using var process = Start(args);
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var error = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
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
        foreach (var setting in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(setting);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private async Task<byte[]> BytesAsync()
    {
        await Sqlite.ExecuteAsync(Database, "PRAGMA wal_checkpoint(TRUNCATE)");
        return await File.ReadAllBytesAsync(Database, TestContext.Current.CancellationToken);
    }

    private Task CopyAsync(byte[] database) =>
        File.WriteAllBytesAsync(Database, database, TestContext.Current.CancellationToken);

    private static bool IsAboutOutput(string arg) => arg is "--output" or "--help";

    private static bool IsSetting(string variable) =>
        variable.StartsWith(SettingPrefix, StringComparison.OrdinalIgnoreCase);

    private void SetSettings(Func<string, string?> value)
    {
        foreach (var name in Environment.Keys)
        {
            System.Environment.SetEnvironmentVariable(name, value(name));
        }
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
