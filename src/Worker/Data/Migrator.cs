using System.Data;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using DbUp;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Engine.Transactions;
using DbUp.Sqlite;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data;

/// <summary>
/// Creates and upgrades the database. DbUp runs the scripts, each in a transaction; around it: a lock, so that of
/// several starters one migrates and the others wait; a journal with the SHA-256 of each script; and a refusal
/// where journal and scripts do not agree.
/// </summary>
internal sealed class Migrator(Database database, IReadOnlyList<SqlScript> scripts, TimeProvider time)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(2);

    public Migrator(Database database, TimeProvider time)
        : this(database, EmbeddedScripts(), time) { }

    /// <summary>The scripts that would run, in order; changes nothing.</summary>
    public IReadOnlyList<string> Pending()
    {
        if (!File.Exists(database.File))
        {
            return [.. scripts.Select(s => s.Name)];
        }

        using var connection = database.Open();
        return [.. Verify(connection).Select(s => s.Name)];
    }

    /// <summary>Runs the scripts that have not run yet and returns their names; none if the database is current.</summary>
    public IReadOnlyList<string> Apply()
    {
        using var alone = Lock();
        List<SqlScript> pending;
        using (var connection = database.OpenOrCreate())
        {
            pending = Verify(connection);
        }

        if (pending.Count == 0)
        {
            return [];
        }

        var result = Engine().PerformUpgrade();
        return result.Successful
            ? [.. result.Scripts.Select(s => s.Name)]
            : throw new PlanningException(
                $"Migration '{result.ErrorScript?.Name}' failed on database '{database.File}': "
                    + $"{result.Error.Message} It was rolled back; migrations before it stay."
            );
    }

    /// <summary>Refuses a database that is not of this program's version.</summary>
    public void EnsureCurrent()
    {
        using var connection = database.Open();
        var pending = Verify(connection);
        if (pending.Count > 0)
        {
            throw new PlanningException(
                $"Database '{database.File}' is of an older version: {pending.Count} of {scripts.Count} migrations "
                    + $"have not run, the first is '{pending[0].Name}'. Upgrade it with: planning migrate"
            );
        }
    }

    private UpgradeEngine Engine()
    {
        var builder = DeployChanges
            .To.SqliteDatabase(database.ConnectionString)
            .WithScripts(scripts)
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere();
        builder.Configure(c => c.Journal = new Journal(() => c.ConnectionManager, () => c.Log, time));
        return builder.Build();
    }

    /// <summary>The scripts that have not run, if those that ran are the first of ours, unchanged.</summary>
    private List<SqlScript> Verify(SqliteConnection connection)
    {
        const string exists =
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_journal'";
        const string applied = "SELECT script, sha256 FROM schema_journal ORDER BY script";
        try
        {
            if (connection.ExecuteScalar<long>(exists) == 0)
            {
                RefuseForeign(connection);
                return [.. scripts];
            }

            var pending = scripts.ToDictionary(s => s.Name, StringComparer.Ordinal);
            string? last = null;
            foreach (var (name, sha256) in connection.Query<(string, string)>(applied))
            {
                if (!pending.Remove(name, out var script))
                {
                    throw Missing(name);
                }

                if (!string.Equals(Sha256(script), sha256, StringComparison.Ordinal))
                {
                    throw new PlanningException(
                        $"Migration '{name}' was changed after it ran on database '{database.File}'. "
                            + "Put its text back and make the change in a new script. Nothing was done."
                    );
                }

                last = name;
            }

            foreach (var name in pending.Keys)
            {
                if (string.CompareOrdinal(name, last) < 0)
                {
                    throw new PlanningException(
                        $"Migration '{name}' comes before '{last}', which has already run on database "
                            + $"'{database.File}'. Give it a later number. Nothing was done."
                    );
                }
            }

            return [.. scripts.Where(s => pending.ContainsKey(s.Name))];
        }
        catch (SqliteException e)
        {
            throw SqliteFault.Explain(e, database.File);
        }
    }

    private PlanningException Missing(string name) =>
        string.CompareOrdinal(name, scripts[^1].Name) > 0
            ? new PlanningException(
                $"Database '{database.File}' is from a newer version of this program: its migration '{name}' is not "
                    + "known here. Use that version, or another database. Nothing was done."
            )
            : new PlanningException(
                $"Migration '{name}' has run on database '{database.File}' but is missing here. "
                    + "Use a complete program. Nothing was done."
            );

    private void RefuseForeign(SqliteConnection connection)
    {
        const string tables = "SELECT count(*) FROM sqlite_schema WHERE type = 'table'";
        if (connection.ExecuteScalar<long>(tables) > 0)
        {
            throw new PlanningException(
                $"Database '{database.File}' has tables that are not from this program. Name another file. "
                    + "Nothing was done."
            );
        }
    }

    // A lock file beside the database: the operating system frees it when its holder dies. It is never deleted,
    // because a starter might already hold the deleted file while the next creates a new one.
    private FileStream Lock()
    {
        var file = database.File + ".migrate.lock";
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeldElsewhere(e))
            {
                if (waited.Elapsed > LockPatience)
                {
                    throw new PlanningException(
                        $"Another process has been migrating database '{database.File}' for "
                            + $"{LockPatience.TotalMinutes:0} minutes (it holds '{file}'). Wait for it, or end it.",
                        inner: e
                    );
                }

                Thread.Sleep(20);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new PlanningException(
                    $"Database '{database.File}' cannot be created or upgraded: {e.Message} "
                        + "Check that its folder exists and may be written.",
                    inner: e
                );
            }
        }
    }

    // What the operating system answers: a sharing violation on Windows, EWOULDBLOCK on Linux and macOS. Anything
    // else, such as a read-only disk, does not pass by waiting.
    private static bool IsHeldElsewhere(IOException e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;

    private static List<SqlScript> EmbeddedScripts()
    {
        const string prefix = "migrations/sqlite/";
        var assembly = typeof(Migrator).Assembly;
        var scripts = new List<SqlScript>();
        foreach (
            var resource in assembly
                .GetManifestResourceNames()
                .Where(r => r.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            scripts.Add(new(resource[prefix.Length..], reader.ReadToEnd()));
        }

        return scripts;
    }

    private static string Sha256(SqlScript script) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(script.Contents.ReplaceLineEndings("\n")))
        );

    private sealed class Journal(
        Func<IConnectionManager> connections,
        Func<IUpgradeLog> log,
        TimeProvider time
    ) : SqliteTableJournal(connections, log, "schema_journal")
    {
        protected override string CreateSchemaTableSql(string quotedPrimaryKeyName) =>
            """
                CREATE TABLE schema_journal (
                    script TEXT NOT NULL PRIMARY KEY,
                    sha256 TEXT NOT NULL,
                    applied_at TEXT NOT NULL
                ) STRICT
                """;

        protected override string GetJournalEntriesSql() =>
            "SELECT script FROM schema_journal ORDER BY script";

        protected override IDbCommand GetInsertScriptCommand(
            Func<IDbCommand> dbCommandFactory,
            SqlScript script
        )
        {
            var command = dbCommandFactory();
            command.CommandText =
                "INSERT INTO schema_journal (script, sha256, applied_at) VALUES (@script, @sha256, @appliedAt)";
            Add(command, "@script", script.Name);
            Add(command, "@sha256", Sha256(script));
            Add(
                command,
                "@appliedAt",
                time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            );
            return command;
        }

        private static void Add(IDbCommand command, string name, string value)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
    }
}
