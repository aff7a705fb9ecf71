using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace PlanningServices.Floor;

/// <summary>A private PostgreSQL for the comparison, started and stopped by <c>scripts/postgres.sh</c>, with its disk writes on.</summary>
internal sealed class Postgres : IDisposable
{
    // USER_HZ, which is 100 on every Linux.
    private const int TicksPerSecond = 100;

    private readonly string folder = Path.Combine(
        Path.GetTempPath(),
        $"planning-floor-postgres-{Environment.ProcessId}"
    );

    public Postgres()
    {
        Script("start");
        Server = Script("url").Trim();
    }

    private string Server { get; }

    /// <summary>The connection string of a database.</summary>
    public string Database(string name) =>
        new NpgsqlConnectionStringBuilder(Server) { Database = name }.ConnectionString;

    /// <summary>Makes a database anew, empty or as a copy.</summary>
    public void Create(string name, string? copyOf = null)
    {
        NpgsqlConnection.ClearAllPools();
        using var connection = new NpgsqlConnection(Server);
        connection.Open();
        foreach (
            var sql in (string[])
                [
                    $"DROP DATABASE IF EXISTS {name}",
                    $"CREATE DATABASE {name}{(copyOf is null ? "" : $" TEMPLATE {copyOf}")}",
                    "CHECKPOINT",
                ]
        )
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.CommandTimeout = 0;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>
    /// The processor time of the server so far: of its first process with all that have ended, and of those that it has now. Read from
    /// <c>/proc</c>, so only on Linux.
    /// </summary>
    public TimeSpan Cpu()
    {
        var first = File.ReadLines(Path.Combine(folder, "data", "postmaster.pid")).First().Trim();
        var ticks = 0L;
        foreach (
            var process in Directory.GetDirectories("/proc").Where(p => char.IsDigit(Path.GetFileName(p)[0]))
        )
        {
            // After the name in brackets: state, the parent, ..., then user and system time, and those of ended children.
            string[] fields;
            try
            {
                fields = File.ReadAllText(Path.Combine(process, "stat")).Split(") ")[^1].Split(' ');
            }
            catch (IOException)
            {
                // It ended just now.
                continue;
            }

            var times = fields[11..15].Select(t => long.Parse(t, CultureInfo.InvariantCulture)).ToArray();
            ticks +=
                Path.GetFileName(process) == first ? times.Sum()
                : fields[1] == first ? times[0] + times[1]
                : 0;
        }

        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Script("stop");
    }

    private string Script(string verb)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "PlanningServices.sln")))
        {
            root = root.Parent!;
        }

        var start = new ProcessStartInfo(Path.Combine(root.FullName, "scripts", "postgres.sh"), verb)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["PLANNING_POSTGRES_DIR"] = folder;
        start.Environment["PLANNING_POSTGRES_FSYNC"] = "on";
        using var script = Process.Start(start)!;
        // The server goes on with the script's output: only its own lines are waited for.
        var line = verb == "url" ? script.StandardOutput.ReadLine() : "";
        script.WaitForExit();
        return script.ExitCode == 0
            ? line!
            : throw new InvalidOperationException($"scripts/postgres.sh {verb} failed.");
    }
}
