using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Dapper;
using DbUp;
using DbUp.Builder;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data.Sqlite;

/// <summary>A SQLite file: the database of one machine.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly SqliteConnectionStringBuilder settings;

    public SqliteDatabase(string connectionString)
        : base("sqlite")
    {
        settings = new(connectionString) { Pooling = false, ForeignKeys = true };
        File = Path.GetFullPath(settings.DataSource);
        settings.DataSource = File;
    }

    /// <summary>The full path of the database file.</summary>
    public string File { get; }

    public override string Name => File;

    public override bool IsServer => false;

    public override bool Exists() => System.IO.File.Exists(File);

    public override DatabaseConnection Open() =>
        Exists()
            ? OpenOrCreate()
            : throw new PlanningException(
                $"Database '{File}' does not exist. Create it with: planning migrate"
            );

    public override DatabaseConnection OpenOrCreate()
    {
        var connection = new SqliteConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            Settle(connection);
            return new(this, connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Explain(e);
        }
    }

    // Faults of a file do not pass by themselves, and for a lock the driver has waited already.
    public override bool IsTransient(Exception error) => false;

    public override PlanningException Explain(DbException error) =>
        SqliteFault.Explain((SqliteException)error, File);

    internal override bool HasJournal(DatabaseConnection connection) =>
        Count(
            connection,
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'schema_journal'"
        ) > 0;

    internal override bool HasTables(DatabaseConnection connection) =>
        Count(connection, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'") > 0;

    internal override IDisposable LockForMigration() => LockFile("migrate", "migrating");

    internal override IDisposable AwaitImports() =>
        LockFile("import", "importing into, or beginning a run on,");

    // A lock file beside the database: the operating system frees it when its holder dies. It is never deleted,
    // because a starter might already hold the deleted file while the next creates a new one.
    private FileStream LockFile(string name, string doing)
    {
        var file = $"{File}.{name}.lock";
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeldElsewhere(e))
            {
                if (waited.Elapsed > LockWait)
                {
                    throw new PlanningException(
                        $"Another process has been {doing} database '{File}' for {LockWait.TotalSeconds:0} seconds "
                            + $"(it holds '{file}'). Wait for it, or end it.",
                        ExitCode.AtWorkElsewhere,
                        e
                    );
                }

                // The operating system does not signal that a lock file is free, so it is polled.
                Thread.Sleep(20);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new PlanningException(
                    $"Database '{File}' cannot be written to: {e.Message} "
                        + "Check that its folder exists and may be written.",
                    inner: e
                );
            }
        }
    }

    protected override UpgradeEngineBuilder Deploy() =>
        DeployChanges.To.SqliteDatabase(settings.ConnectionString);

    protected override object Instant(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    internal override DbTransaction BeginExclusive(DatabaseConnection connection) =>
        ((SqliteConnection)connection.Driver).BeginTransaction(deferred: false);

    // A lock file does.
    internal override void AcquireRunLock(DatabaseConnection connection) { }

    internal override void LetOthersIn(DatabaseConnection connection) { }

    internal override DbTransaction BeginSnapshot(DatabaseConnection connection) =>
        ((SqliteConnection)connection.Driver).BeginTransaction(deferred: true);

    internal override Statement Prepare(DatabaseConnection connection, string sql) =>
        new SqliteStatement((SqliteConnection)connection.Driver, sql);

    internal override ChunkWriter Writer(
        DatabaseConnection connection,
        RunPartition partition,
        TimeSpan lease
    ) => new SqliteChunkWriter(connection, partition, lease);

    internal override FactTable OpenFactTable(
        DatabaseConnection connection,
        FactColumns columns,
        long importId
    ) => new SqliteFactTable((SqliteConnection)connection.Driver, columns, importId);

    private static long Count(DatabaseConnection connection, string sql) =>
        connection.Driver.ExecuteScalar<long>(sql);

    // What the operating system answers: a sharing violation on Windows, EWOULDBLOCK on Linux and macOS. Anything
    // else, such as a read-only disk, does not pass by waiting.
    private static bool IsHeldElsewhere(IOException e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;

    // busy_timeout: how long to wait for another writer, from the connection string (Default Timeout, 30 seconds).
    // WAL: readers do not wait for the writer. synchronous=NORMAL: a power cut may lose the last commits but never
    // breaks the file or tears a transaction, and a run or import that lost some does them again from its
    // checkpoint, which is lost with them. A killed process loses nothing. The cache, and with it each sort in memory, is bounded (8 MiB), the
    // log is written back every 40 MB, and what is sorted goes to files, so memory stays flat at any volume.
    private void Settle(SqliteConnection connection)
    {
        var sql = $"""
            PRAGMA busy_timeout = {settings.DefaultTimeout * 1000};
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            PRAGMA cache_size = -8192;
            PRAGMA wal_autocheckpoint = 10000;
            PRAGMA temp_store = FILE;
            """;
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
