using System.Data;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Engine.Transactions;
using DbUp.Postgresql;

namespace PlanningServices.Worker.Data.Postgres;

/// <summary>Which migrations have run on a PostgreSQL database, with the SHA-256 of each.</summary>
internal sealed class PostgresJournal(
    Func<IConnectionManager> connections,
    Func<IUpgradeLog> log,
    TimeProvider time
) : PostgresqlTableJournal(connections, log, schema: null, MigrationJournal.Table)
{
    protected override string CreateSchemaTableSql(string quotedPrimaryKeyName) =>
        """
            CREATE TABLE schema_journal (
                script text COLLATE "C" NOT NULL PRIMARY KEY,
                sha256 text NOT NULL,
                applied_at timestamptz NOT NULL
            )
            """;

    protected override string GetJournalEntriesSql() => MigrationJournal.Entries;

    protected override IDbCommand GetInsertScriptCommand(
        Func<IDbCommand> dbCommandFactory,
        SqlScript script
    ) => MigrationJournal.Insert(dbCommandFactory(), script, time.GetUtcNow().UtcDateTime);
}
