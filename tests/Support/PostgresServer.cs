using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;
using PlanningServices.Worker;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Postgres;

namespace PlanningServices.Tests.Support;

/// <summary>
/// The PostgreSQL that tests work on: the one that PLANNING_TEST_POSTGRES names, or else a private one, which
/// scripts/postgres.sh starts once and stops at the end. Each test has databases of its own on it.
/// </summary>
internal static class PostgresServer
{
    private const string Variable = "PLANNING_TEST_POSTGRES";
    private const string FolderPrefix = "planning-postgres-tests-";

    private static readonly string Folder = Path.Combine(
        Path.GetTempPath(),
        FolderPrefix + Environment.ProcessId
    );

    private static readonly bool IsRequired = Environment.GetEnvironmentVariable("CI") == "true";
    private static readonly Lazy<bool> Installed = new(() =>
    {
        try
        {
            return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 }
                || Script(Folder, "installed") == "yes";
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    });

    private static readonly Lazy<(string? Url, string WhyNone)> Found = new(Find);
    private static readonly Lazy<string> Template = new(MakeTemplate);
    private static readonly string Prefix = $"planning_test_{Path.GetRandomFileName()[..8]}";

    // Files are copied in a third of the time that the default takes since version 15; before it, there is no other way.
    private static readonly Lazy<string> Strategy = new(() =>
    {
        using var connection = new NpgsqlConnection(Url);
        connection.Open();
        return connection.PostgreSqlVersion.Major >= 15 ? " STRATEGY FILE_COPY" : "";
    });

    private static int databases;

    /// <summary>Whether one is named, or can be started. Where it is required, it has to be.</summary>
    public static bool IsAtHand => IsRequired || Installed.Value;

    /// <summary>What to do where it is not.</summary>
    public static string WhyNone =>
        $"No PostgreSQL: {Variable} names none, and its server programs are not installed.";

    /// <summary>The connection string of its administrator.</summary>
    public static string Url
    {
        get
        {
            var (url, whyNone) = Found.Value;
            Assert.SkipWhen(url is null, whyNone);
            return url;
        }
    }

    /// <summary>The connection string of a new database.</summary>
    /// <param name="migrated">Whether it has the tables of the program; else it is empty.</param>
    public static string CreateDatabase(bool migrated)
    {
        var name = $"{Prefix}_{Interlocked.Increment(ref databases)}";
        Execute(
            migrated
                ? $"CREATE DATABASE {name} TEMPLATE {Template.Value}{Strategy.Value}"
                : $"CREATE DATABASE {name}"
        );
        return UrlOf(name);
    }

    /// <summary>Drops a database, whoever is connected to it.</summary>
    public static void Drop(string url)
    {
        using var connection = new NpgsqlConnection(url);
        NpgsqlConnection.ClearPool(connection);
        Execute($"DROP DATABASE IF EXISTS {connection.Database} WITH (FORCE)");
    }

    /// <summary>Runs a statement as the administrator of the server.</summary>
    public static void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(Url);
        connection.Open();
        connection.Execute(sql);
    }

    /// <summary>The connection string of a database.</summary>
    public static string UrlOf(string database, string? user = null, string? password = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(Url) { Database = database };
        if (user is not null)
        {
            (settings.Username, settings.Password) = (user, password);
        }

        return settings.ConnectionString;
    }

    /// <summary>Stops it, if it was started here; else drops what was made for all tests.</summary>
    public static void Stop()
    {
        if (!Found.IsValueCreated)
        {
            return;
        }

        if (Directory.Exists(Folder))
        {
            Script(Folder, "stop");
        }
        else if (Template.IsValueCreated)
        {
            Execute($"DROP DATABASE IF EXISTS {Template.Value}");
        }
    }

    private static (string? Url, string WhyNone) Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            return (given, "");
        }

        try
        {
            StopThoseOfTheDead();
            Script(Folder, "start");
            return (Script(Folder, "url"), "");
        }
        catch (InvalidOperationException e) when (!IsRequired)
        {
            return (null, e.Message);
        }
    }

    private static string MakeTemplate()
    {
        var name = $"{Prefix}_template";
        Execute($"CREATE DATABASE {name}");
        // Nobody may be connected to a template while it is copied.
        using var database = new PostgresDatabase($"{UrlOf(name)};Pooling=false");
        new Migrator(database, TimeProvider.System).Apply();
        return name;
    }

    /// <summary>A test run that was killed left its server behind.</summary>
    private static void StopThoseOfTheDead()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            if (
                int.TryParse(
                    Path.GetFileName(folder)[FolderPrefix.Length..],
                    CultureInfo.InvariantCulture,
                    out var processId
                ) && WorkerId.IsDead($"{Environment.MachineName} process {processId}")
            )
            {
                Script(folder, "stop");
            }
        }
    }

    private static string Script(string folder, string verb)
    {
        var script = Path.Combine(Documentation.Root(), "scripts", "postgres.sh");
        var start = new ProcessStartInfo("bash", [script, verb])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PLANNING_POSTGRES_DIR"] = folder;
        start.Environment["PLANNING_POSTGRES_INSTALL"] = IsRequired ? "yes" : "no";
        try
        {
            using var process = Process.Start(start)!;
            var output = "";
            process.OutputDataReceived += (_, line) => output += line.Data;
            process.BeginOutputReadLine();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException(error);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new InvalidOperationException(
                $"No PostgreSQL: 'scripts/postgres.sh {verb}' did not work: {e.Message.Trim()} Name a server to make "
                    + $"databases on in {Variable}, as 'Host=...;Username=...;Password=...', or install PostgreSQL.",
                e
            );
        }
    }
}
