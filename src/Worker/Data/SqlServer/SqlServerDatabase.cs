using System.Data;
using System.Data.Common;
using DbUp;
using DbUp.Builder;
using Microsoft.Data.SqlClient;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data.Staging;

namespace PlanningServices.Worker.Data.SqlServer;

/// <summary>
/// A SQL Server database, which several nodes may share. Its statements keep to what SQL Server 2019 and Babelfish for
/// PostgreSQL have in common.
/// </summary>
internal sealed class SqlServerDatabase : Database
{
    private readonly SqlConnectionStringBuilder settings;

    public SqlServerDatabase(string connectionString)
        : base("sqlserver") => settings = new(connectionString) { ApplicationName = "planning" };

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

    public override PlanningException Explain(DbException error) => SqlServerFault.Explain(error, Name);

    internal override bool HasJournal(DatabaseConnection connection) =>
        connection.Scalar<int>("has_journal") == 1;

    internal override bool HasTables(DatabaseConnection connection) =>
        connection.Scalar<int>("has_tables") == 1;

    // On a connection of its own, which no pool keeps: it is unlocked when that is closed, however this ends.
    internal override IDisposable LockForMigration(TimeSpan patience)
    {
        var connection = Connect(
            new SqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString
        );
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = Query("lock_migration");
            command.CommandTimeout = 0;
            command.Parameters.AddWithValue("@patience", (int)patience.TotalMilliseconds);
            return command.ExecuteScalar() is int and >= 0
                ? connection
                : throw new PlanningException(
                    $"Another process has been migrating database '{Name}' for {patience.TotalMinutes:0} minutes. "
                        + "Wait for it, or end it."
                );
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal override UpgradeEngineBuilder Upgrade(TimeProvider time)
    {
        var builder = DeployChanges.To.SqlDatabase(settings.ConnectionString);
        builder.Configure(c =>
            c.Journal = new SqlServerJournal(() => c.ConnectionManager, () => c.Log, time)
        );
        return builder;
    }

    internal override DbTransaction BeginExclusive(DatabaseConnection connection)
    {
        var transaction = connection.Driver.BeginTransaction(IsolationLevel.ReadCommitted);
        try
        {
            using var command = connection.Driver.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = Query("lock_runs");
            command.CommandTimeout = (int)LockPatience.TotalSeconds;
            command.ExecuteNonQuery();
            return transaction;
        }
        catch
        {
            transaction.Dispose();
            throw;
        }
    }

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

    internal override FactTable OpenFactTable(DatabaseConnection connection, FactColumns columns) =>
        new StagedFactTable(connection, columns, new SqlServerStage(connection));

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
