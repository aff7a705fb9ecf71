using System.Data;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Engine.Transactions;
using DbUp.Sqlite;

namespace PlanningServices.Worker.Data.Sqlite;

/// <summary>Which migrations have run on a SQLite database, with the SHA-256 of each.</summary>
internal sealed class SqliteJournal(
    Func<IConnectionManager> connections,
    Func<IUpgradeLog> log,
    TimeProvider time
) : SqliteTableJournal(connections, log, MigrationJournal.Table)
{
    protected override string CreateSchemaTableSql(string quotedPrimaryKeyName) =>
        """
            CREATE TABLE schema_journal (
                script TEXT NOT NULL PRIMARY KEY,
                sha256 TEXT NOT NULL,
                applied_at TEXT NOT NULL
            ) STRICT
            """;

    protected override string GetJournalEntriesSql() => MigrationJournal.Entries;

    protected override IDbCommand GetInsertScriptCommand(
        Func<IDbCommand> dbCommandFactory,
        SqlScript script
    ) =>
        MigrationJournal.Insert(
            dbCommandFactory(),
            script,
            time.GetUtcNow()
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)
        );
}
