using Dapper;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data;

/// <summary>One import in the database: its transactions, the tables it fills, and the record of it.</summary>
internal sealed class ImportStore(SqliteConnection connection)
{
    private long importId;

    /// <summary>Records that an import began, whatever becomes of it.</summary>
    public void Start(string folder, bool strict, DateTimeOffset now)
    {
        const string sql = """
            INSERT INTO import_run (folder, strict, status, started_at)
            VALUES (@folder, @strict, 'InProgress', @now) RETURNING import_id
            """;
        importId = connection.ExecuteScalar<long>(
            sql,
            new
            {
                folder,
                strict = strict ? 1 : 0,
                now = SqlText.Of(now),
            }
        );
    }

    /// <summary>Begins a transaction; waits for another writer.</summary>
    public void Begin() => connection.Execute("BEGIN IMMEDIATE");

    public void Commit() => connection.Execute("COMMIT");

    public void Rollback() => connection.Execute("ROLLBACK");

    /// <summary>Rolls back, where the fault at hand has not done so already (as a full disk does).</summary>
    public void RollbackAfterFault()
    {
        try
        {
            Rollback();
        }
        catch (SqliteException) { }
    }

    /// <summary>A fact table, to load one file into.</summary>
    public FactTable Open(string table, IReadOnlyList<string> columns, IReadOnlyCollection<string> keys) =>
        new(connection, new(table, columns, keys));

    /// <summary>Whether a fact table has a row with that key, which is its first column.</summary>
    public bool Has(string table, string keyColumn, string key) =>
        connection.ExecuteScalar<long>($"SELECT count(*) FROM {table} WHERE {keyColumn} = @key", new { key })
        > 0;

    /// <summary>Records what an import did, and the rows it rejected, in one transaction.</summary>
    public void Finish(
        string status,
        IEnumerable<ImportFileRow> files,
        IEnumerable<RejectRow> rejects,
        DateTimeOffset now
    )
    {
        const string insertFile = """
            INSERT INTO import_file (import_id, file, rows_read, rows_inserted, rows_updated, rows_unchanged,
                rows_superseded, rows_rejected)
            VALUES (@importId, @File, @Read, @Inserted, @Updated, @Unchanged, @Superseded, @Rejected)
            """;
        const string finish =
            "UPDATE import_run SET status = @status, finished_at = @now WHERE import_id = @importId";
        Begin();
        foreach (var file in files)
        {
            var parameters = new DynamicParameters(file);
            parameters.Add("importId", importId);
            connection.Execute(insertFile, parameters);
        }

        Insert(rejects);
        connection.Execute(
            finish,
            new
            {
                status,
                now = SqlText.Of(now),
                importId,
            }
        );
        Commit();
    }

    private void Insert(IEnumerable<RejectRow> rejects)
    {
        using var insert = new Statement(
            connection,
            """
            INSERT INTO import_reject (import_id, reject_no, file, line, column_name, value, reason)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """
        );
        var number = 0;
        foreach (var reject in rejects)
        {
            insert.Bind(1, importId);
            insert.Bind(2, ++number);
            insert.Bind(3, reject.File);
            insert.Bind(4, reject.Line);
            insert.Bind(5, reject.Column);
            insert.Bind(6, reject.Value);
            insert.Bind(7, reject.Reason);
            insert.Execute();
        }
    }
}

/// <summary>What an import did with one file, as recorded.</summary>
internal sealed record ImportFileRow(
    string File,
    long Read,
    long Inserted,
    long Updated,
    long Unchanged,
    long Superseded,
    long Rejected
);
