using System.Data;
using System.Data.Common;
using DbUp;
using DbUp.Builder;
using Npgsql;
using PlanningServices.Worker.Data.Staging;

namespace PlanningServices.Worker.Data.Postgres;

/// <summary>A PostgreSQL database, which several nodes may share.</summary>
internal sealed class PostgresDatabase : Database, IDisposable
{
    // A node that is frozen between two statements must not keep others from what it has locked.
    private const string GiveUpIdleTransactions = "-c idle_in_transaction_session_timeout=15000";

    private readonly NpgsqlDataSource source;
    private readonly NpgsqlConnectionStringBuilder settings;

    public PostgresDatabase(string connectionString)
        : base("postgres")
    {
        // Statements that are used again are prepared by the driver, which also knows when they are to be anew.
        settings = new(ForScheduler(connectionString))
        {
            ApplicationName = "planning",
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
        };
        source = NpgsqlDataSource.Create(settings);
    }

    /// <summary>How the scheduler connects to it.</summary>
    public static string ForScheduler(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            ApplicationName = "planning-scheduler",
        };
        builder.Options = $"{builder.Options} {GiveUpIdleTransactions}".TrimStart();
        return builder.ConnectionString;
    }

    public override string Name =>
        $"{settings.Database ?? settings.Username} on {settings.Host}:{settings.Port}";

    public override bool IsServer => true;

    public override bool Exists() => true;

    public override DatabaseConnection Open()
    {
        var connection = source.CreateConnection();
        try
        {
            connection.Open();
            return new(this, connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public override bool IsTransient(Exception error) => PostgresFault.IsTransient(error);

    public override PlanningException Explain(DbException error) => PostgresFault.Explain(error, Name);

    public void Dispose() => source.Dispose();

    internal override bool HasJournal(DatabaseConnection connection) =>
        connection.Scalar<bool>("has_journal");

    internal override bool HasTables(DatabaseConnection connection) => connection.Scalar<bool>("has_tables");

    // On a connection of its own, which no pool keeps: it is unlocked when that is closed, however this ends.
    internal override IDisposable LockForMigration()
    {
        var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString
        );
        try
        {
            connection.Open();
            Lock(connection, "lock_migration", MigrationLock);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    protected override UpgradeEngineBuilder Deploy() =>
        DeployChanges.To.PostgresqlDatabase(settings.ConnectionString);

    internal override DbTransaction BeginExclusive(DatabaseConnection connection)
    {
        var transaction = connection.Driver.BeginTransaction();
        try
        {
            Lock(connection.Driver, "lock_runs", RunLock);
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

    internal override void AcquireRunLock(DatabaseConnection connection) =>
        Lock(connection.Driver, "lock_runs_for_session", RunLock);

    internal override void LetOthersIn(DatabaseConnection connection) => connection.Execute("unlock_runs");

    internal override DbTransaction BeginSnapshot(DatabaseConnection connection) =>
        connection.Driver.BeginTransaction(IsolationLevel.RepeatableRead);

    internal override Statement Prepare(DatabaseConnection connection, string sql) =>
        new CommandStatement(connection, sql);

    internal override ChunkWriter Writer(
        DatabaseConnection connection,
        RunPartition partition,
        TimeSpan lease
    ) => new PostgresChunkWriter(connection, partition, lease);

    internal override FactTable OpenFactTable(
        DatabaseConnection connection,
        FactColumns columns,
        long importId
    ) =>
        new StagedFactTable(
            connection,
            columns,
            importId,
            new PostgresStage((NpgsqlConnection)connection.Driver)
        );

    private void Lock(DbConnection connection, string query, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Query(query);
        command.CommandTimeout = (int)LockWait.TotalSeconds;
        try
        {
            command.ExecuteNonQuery();
        }
        catch (NpgsqlException e) when (e.InnerException is TimeoutException)
        {
            throw StillLocked(name, unknown: "", e);
        }
    }
}
