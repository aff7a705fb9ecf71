using System.Data.Common;

namespace PlanningServices.Worker.Data;

/// <summary>One import in the database: its transactions, the tables it fills, and the record of it.</summary>
internal sealed class ImportStore(DatabaseConnection connection)
{
    private long importId;

    /// <summary>
    /// Keeps runs and other imports from beginning until the connection is closed; waits for one who does the same.
    /// </summary>
    public void AcquireRunLock() => connection.AcquireRunLock();

    /// <summary>The import that was completed last, by an instant; or null.</summary>
    public CompletedImport? LatestCompleted(DateTimeOffset by) =>
        connection.First<CompletedImport>("completed_imports", new { at = by });

    /// <summary>Whether a drop folder is imported and only waits to be moved away.</summary>
    public bool IsToMove(string dropFolder) =>
        connection.Scalar<long?>("drop_folder_to_move", new { identity = dropFolder }) is not null;

    /// <summary>Records that a drop folder is out of the way: another of the same identity is imported again.</summary>
    public void Moved(string dropFolder, DateTimeOffset now) =>
        connection.Execute("drop_folder_moved", new { identity = dropFolder, now });

    /// <summary>Records that an import began, whatever becomes of it.</summary>
    public void Start(string folder, bool strict, string? dropFolder, DateTimeOffset now)
    {
        importId = connection.Scalar<long>(
            "insert_import",
            new
            {
                folder,
                strict,
                now,
            }
        );
        if (dropFolder is not null)
        {
            connection.Execute("insert_drop_folder", new { importId, identity = dropFolder });
        }
    }

    /// <summary>Begins a transaction; waits for another writer.</summary>
    public void Begin() => connection.Begin();

    public void Commit() => connection.Commit();

    public void Rollback() => connection.Rollback();

    /// <summary>Rolls back, where the fault at hand has not done so already (as a full disk does).</summary>
    public void RollbackAfterFault()
    {
        try
        {
            Rollback();
        }
        catch (Exception e) when (e is DbException or InvalidOperationException) { }
    }

    /// <summary>A fact table, to load one file into.</summary>
    public FactTable Open(FactColumns columns) => connection.Database.OpenFactTable(connection, columns);

    /// <summary>
    /// Records what an import did, and the rows it rejected, and commits: in one transaction with the last of the facts.
    /// </summary>
    public void Finish(
        string status,
        IEnumerable<ImportFileRow> files,
        IEnumerable<RejectRow> rejects,
        DateTimeOffset now
    )
    {
        connection.Execute(
            "insert_import_file",
            files.Select(f => new
            {
                importId,
                file = f.File,
                read = f.Read,
                inserted = f.Inserted,
                updated = f.Updated,
                unchanged = f.Unchanged,
                superseded = f.Superseded,
                rejected = f.Rejected,
            })
        );
        Insert(rejects);
        connection.Execute(
            "finish_import",
            new
            {
                status,
                now,
                importId,
            }
        );
        Commit();
    }

    private void Insert(IEnumerable<RejectRow> rejects)
    {
        using var insert = connection.Prepare("insert_import_reject");
        insert.Bind("importId", importId);
        var number = 0;
        foreach (var reject in rejects)
        {
            insert.Bind("rejectNo", ++number);
            insert.Bind("file", reject.File);
            insert.Bind("line", reject.Line);
            insert.Bind("columnName", reject.Column);
            insert.Bind("value", reject.Value);
            insert.Bind("reason", reject.Reason);
            insert.Execute();
        }
    }
}

/// <summary>An import that was completed, with or without rejected rows.</summary>
internal sealed record CompletedImport
{
    public long ImportId { get; init; }
    public required string Folder { get; init; }
    public DateTimeOffset FinishedAt { get; init; }
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
