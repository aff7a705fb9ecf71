using System.Data;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Engine.Transactions;
using DbUp.SqlServer;

namespace PlanningServices.Worker.Data.SqlServer;

/// <summary>Which migrations have run on a SQL Server database, with the SHA-256 of each.</summary>
internal sealed class SqlServerJournal(
    Func<IConnectionManager> connections,
    Func<IUpgradeLog> log,
    TimeProvider time
) : SqlTableJournal(connections, log, schema: null, MigrationJournal.Table)
{
    protected override string CreateSchemaTableSql(string quotedPrimaryKeyName) =>
        """
            CREATE TABLE schema_journal (
                script varchar(100) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
                sha256 varchar(64) COLLATE Latin1_General_BIN2 NOT NULL,
                applied_at datetime2(3) NOT NULL
            )
            """;

    protected override string GetJournalEntriesSql() => MigrationJournal.Entries;

    protected override IDbCommand GetInsertScriptCommand(
        Func<IDbCommand> dbCommandFactory,
        SqlScript script
    ) => MigrationJournal.Insert(dbCommandFactory(), script, time.GetUtcNow().UtcDateTime);
}
