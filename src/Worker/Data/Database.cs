using Dapper;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data;

/// <summary>The SQLite file with the facts, the runs and the decisions; gives out connections to it.</summary>
internal sealed class Database
{
    private readonly SqliteConnectionStringBuilder settings;

    // Columns are snake_case, the records they fill are not.
    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public Database(string connectionString)
    {
        settings = new(connectionString) { Pooling = false, ForeignKeys = true };
        File = Path.GetFullPath(settings.DataSource);
        settings.DataSource = File;
    }

    /// <summary>The full path of the database file.</summary>
    public string File { get; }

    internal string ConnectionString => settings.ConnectionString;

    /// <summary>What an error of this database means to people; null where it is another error.</summary>
    public PlanningException? Explain(Exception error) =>
        error switch
        {
            PlanningException known => known,
            SqliteException sqlite => SqliteFault.Explain(sqlite, File),
            _ => null,
        };

    /// <summary>Opens the database, which must exist and be of this version.</summary>
    public SqliteConnection Open()
    {
        if (!System.IO.File.Exists(File))
        {
            throw new PlanningException(
                $"Database '{File}' does not exist. Create it with: planning migrate"
            );
        }

        return OpenOrCreate();
    }

    /// <summary>Opens the database, empty if there was none.</summary>
    internal SqliteConnection OpenOrCreate()
    {
        var connection = new SqliteConnection(ConnectionString);
        try
        {
            connection.Open();
            Prepare(connection);
            return connection;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw SqliteFault.Explain(e, File);
        }
    }

    // busy_timeout: how long to wait for another writer, from the connection string (Default Timeout, 30 seconds).
    // WAL: readers do not wait for the writer. synchronous=NORMAL: a power cut may lose the last commits but never
    // breaks the file or tears a transaction, and a run or import that lost some does them again from its
    // checkpoint, which is lost with them. A killed process loses nothing. The cache is bounded (32 MiB), the
    // log is written back every 40 MB, and what is sorted goes to files, so memory stays flat at any volume.
    private void Prepare(SqliteConnection connection)
    {
        var sql = $"""
            PRAGMA busy_timeout = {settings.DefaultTimeout * 1000};
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            PRAGMA cache_size = -32768;
            PRAGMA wal_autocheckpoint = 10000;
            PRAGMA temp_store = FILE;
            """;
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
