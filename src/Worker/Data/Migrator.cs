using System.Data.Common;
using Dapper;
using DbUp.Engine;

namespace PlanningServices.Worker.Data;

/// <summary>
/// Creates and upgrades the database. DbUp runs the scripts, each in a transaction; around it: a lock, so that of
/// several starters one migrates and the others wait; a journal with the SHA-256 of each script; and a refusal
/// where journal and scripts do not agree.
/// </summary>
internal sealed class Migrator(Database database, IReadOnlyList<SqlScript> scripts, TimeProvider time)
{
    public Migrator(Database database, TimeProvider time)
        : this(database, EmbeddedScripts(database), time) { }

    /// <summary>The scripts that would run, in order; changes nothing.</summary>
    public IReadOnlyList<string> Pending()
    {
        if (!database.Exists())
        {
            return [.. scripts.Select(s => s.Name)];
        }

        using var connection = database.Open();
        return [.. Verify(connection).Select(s => s.Name)];
    }

    /// <summary>Runs the scripts that have not run yet and returns their names; none if the database is current.</summary>
    public IReadOnlyList<string> Apply()
    {
        using var alone = database.LockForMigration();
        List<SqlScript> pending;
        using (var connection = database.OpenOrCreate())
        {
            pending = Verify(connection);
        }

        if (pending.Count == 0)
        {
            return [];
        }

        var result = database
            .Upgrade(time)
            .WithScripts(pending)
            .WithTransactionPerScript()
            .WithVariablesDisabled()
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        return result.Successful
            ? [.. result.Scripts.Select(s => s.Name)]
            : throw new PlanningException(
                $"Migration '{result.ErrorScript?.Name}' failed and was rolled back; migrations before it stay. "
                    + (database.Explain(result.Error) ?? result.Error).Message
            );
    }

    /// <summary>Brings a database up to date that was made on purpose; a mistyped name makes none.</summary>
    public void Upgrade()
    {
        using (var connection = database.Open())
        {
            if (!database.HasJournal(connection) && !database.HasTables(connection))
            {
                throw new PlanningException(
                    $"Database '{database.Name}' is empty. Create its tables with: planning migrate"
                );
            }
        }

        Apply();
    }

    /// <summary>Refuses a database that is not of this program's version.</summary>
    public void EnsureCurrent()
    {
        using var connection = database.Open();
        var pending = Verify(connection);
        if (pending.Count > 0)
        {
            throw new PlanningException(
                $"Database '{database.Name}' is of an older version: {pending.Count} of {scripts.Count} migrations "
                    + $"have not run, the first is '{pending[0].Name}'. Upgrade it with: planning migrate"
            );
        }
    }

    /// <summary>The scripts that have not run, if those that ran are the first of ours, unchanged.</summary>
    private List<SqlScript> Verify(DatabaseConnection connection)
    {
        const string applied = "SELECT script, sha256 FROM schema_journal ORDER BY script";
        try
        {
            if (!database.HasJournal(connection))
            {
                RefuseForeign(connection);
                return [.. scripts];
            }

            var pending = scripts.ToDictionary(s => s.Name, StringComparer.Ordinal);
            string? last = null;
            foreach (var (name, sha256) in connection.Driver.Query<(string, string)>(applied))
            {
                if (!pending.Remove(name, out var script))
                {
                    throw Missing(name);
                }

                if (!string.Equals(MigrationJournal.Sha256(script), sha256, StringComparison.Ordinal))
                {
                    throw new PlanningException(
                        $"Migration '{name}' was changed after it ran on database '{database.Name}'. "
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
                            + $"'{database.Name}'. Give it a later number. Nothing was done."
                    );
                }
            }

            return [.. scripts.Where(s => pending.ContainsKey(s.Name))];
        }
        catch (DbException e)
        {
            throw database.Explain(e);
        }
    }

    private PlanningException Missing(string name) =>
        string.CompareOrdinal(name, scripts[^1].Name) > 0
            ? new PlanningException(
                $"Database '{database.Name}' is from a newer version of this program: its migration '{name}' is not "
                    + "known here. Use that version, or another database. Nothing was done."
            )
            : new PlanningException(
                $"Migration '{name}' has run on database '{database.Name}' but is missing here. "
                    + "Use a complete program. Nothing was done."
            );

    private void RefuseForeign(DatabaseConnection connection)
    {
        if (database.HasTables(connection))
        {
            throw new PlanningException(
                $"Database '{database.Name}' has tables that are not from this program. Name another database. "
                    + "Nothing was done."
            );
        }
    }

    /// <summary>The scripts of the program for a kind of database, in order.</summary>
    public static IReadOnlyList<SqlScript> EmbeddedScripts(Database database)
    {
        var prefix = $"migrations/{database.Kind}/";
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
}
