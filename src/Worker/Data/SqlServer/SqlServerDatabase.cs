using System.Data;
using System.Data.Common;
using Dapper;
using DbUp;
using DbUp.Builder;
using Microsoft.Data.SqlClient;
using PlanningServices.Worker.Data.Staging;

namespace PlanningServices.Worker.Data.SqlServer;

/// <summary>
/// A SQL Server database, which several nodes may share. Its statements keep to what SQL Server 2019 and Babelfish for
/// PostgreSQL have in common.
/// </summary>
internal sealed class SqlServerDatabase : Database
{
    // What sp_getapplock returns when it has waited long enough.
    private const int NotInTime = -1;

    private const string NotShown =
        "The server does not show this user who holds it; an administrator sees it with: SELECT request_session_id FROM "
        + "sys.dm_tran_locks WHERE resource_type = 'APPLICATION', and ends a frozen node's session with: KILL and that number.";

    private readonly SqlConnectionStringBuilder settings;

    public SqlServerDatabase(string connectionString)
        : base("sqlserver") =>
        // A lost connection is not made again unseen: the locks and temporary tables it had would be missing.
        settings = new(connectionString) { ApplicationName = "planning", ConnectRetryCount = 0 };

    /// <summary>How the scheduler connects to it.</summary>
    public static string ForScheduler(string connectionString) =>
        new SqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "planning-scheduler",
        }.ConnectionString;

    public override string Name => $"{settings.InitialCatalog} on {settings.DataSource}";

    public override bool IsServer => true;

    public override bool Exists() => true;

    public override DatabaseConnection Open() => new(this, Connect(settings.ConnectionString));

    public override bool IsTransient(Exception error) => SqlServerFault.IsTransient(error);

    public override PlanningException Explain(DbException error) =>
        SqlServerFault.Explain(error, Name, () => HoldersOf(null, unknown: ""));

    internal override bool HasJournal(DatabaseConnection connection) =>
        connection.Scalar<int>("has_journal") == 1;

    internal override bool HasTables(DatabaseConnection connection) =>
        connection.Scalar<int>("has_tables") == 1;

    // On a connection of its own, which no pool keeps: it is unlocked when that is closed, however this ends.
    internal override IDisposable LockForMigration()
    {
        var connection = Connect(
            new SqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString
        );
        try
        {
            Lock(connection, null, MigrationLock);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override UpgradeEngineBuilder Deploy() =>
        DeployChanges.To.SqlDatabase(settings.ConnectionString);

    internal override DbTransaction BeginExclusive(DatabaseConnection connection)
    {
        var transaction = connection.Driver.BeginTransaction(IsolationLevel.ReadCommitted);
        try
        {
            Lock(connection.Driver, transaction, RunLock);
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    internal override void AcquireRunLock(DatabaseConnection connection) =>
        Lock(connection.Driver, null, RunLock);

    internal override void LetOthersIn(DatabaseConnection connection) => connection.Execute("unlock_runs");

    // Nobody else writes what a partition reads; with READ_COMMITTED_SNAPSHOT, which docs/operations.md asks for, nobody
    // waits for it, either.
    internal override DbTransaction BeginSnapshot(DatabaseConnection connection) =>
        connection.Driver.BeginTransaction(IsolationLevel.ReadCommitted);

    internal override Statement Prepare(DatabaseConnection connection, string sql) =>
        new CommandStatement(connection, sql);

    internal override ChunkWriter Writer(
        DatabaseConnection connection,
        RunPartition partition,
        TimeSpan lease
    ) => new SqlServerChunkWriter(connection, partition, lease);

    internal override FactTable OpenFactTable(
        DatabaseConnection connection,
        FactColumns columns,
        long importId
    ) => new StagedFactTable(connection, columns, importId, new SqlServerStage(connection));

    // The server counts the time, and says in a number whether the name is locked: it raises no error.
    private void Lock(DbConnection connection, DbTransaction? transaction, string name)
    {
        var result = connection.ExecuteScalar<int>(
            Query("lock"),
            new
            {
                @lock = name,
                lockOwner = transaction is null ? "Session" : "Transaction",
                patience = (int)LockWait.TotalMilliseconds,
            },
            transaction,
            commandTimeout: 0
        );
        if (result == NotInTime)
        {
            throw StillLocked(name, NotShown);
        }

        if (result < 0)
        {
            throw new PlanningException(
                $"Database '{Name}' did not lock '{name}': sp_getapplock returned {result}. Start again."
            );
        }
    }

    private static SqlConnection Connect(string connectionString)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
