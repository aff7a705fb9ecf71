using System.Data.Common;

namespace PlanningServices.Worker.Data;

/// <summary>
/// One import in the database: its transaction, the tables it fills, and the record of it. It counts from the commit of
/// <see cref="Finish"/> on, all of it at once; whatever ends it before leaves no fact behind.
/// </summary>
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

    /// <summary>
    /// The import of files that was completed last, by an instant; or null. Allocations made here are none: a night that waits
    /// for facts does not wait for them.
    /// </summary>
    public CompletedImport? LatestDelivered(DateTimeOffset by) =>
        connection.First<CompletedImport>("delivered_imports", new { at = by });

    /// <summary>Whether a drop folder is imported and only waits to be moved away.</summary>
    public bool IsToMove(string dropFolder) =>
        connection.Scalar<long?>("drop_folder_to_move", new { identity = dropFolder }) is not null;

    /// <summary>Records that a drop folder is out of the way: another of the same identity is imported again.</summary>
    public void Moved(string dropFolder, DateTimeOffset now) =>
        connection.Execute("drop_folder_moved", new { identity = dropFolder, now });

    /// <summary>All imports, the newest first.</summary>
    public IReadOnlyList<ImportRun> List() => connection.Query<ImportRun>("imports");

    /// <summary>What an import did with each of its files, by their names; none unless it was completed or refused.</summary>
    public IReadOnlyList<ImportFileRow> Files(long importId) =>
        connection.Query<ImportFileRow>("import_files", new { importId });

    /// <summary>The last import that was completed, which is the last that is known; 0 where none was.</summary>
    public long KnowledgePoint() => connection.Scalar<long>("knowledge_point");

    /// <summary>
    /// Numbers an import and records that it began, whatever becomes of it; the lock is held. One before it that did not
    /// say how it ended died.
    /// </summary>
    /// <param name="folder">The folder with the files.</param>
    /// <param name="strict">Whether one rejected row refuses everything.</param>
    /// <param name="dropFolder">The identity of the drop folder; null where it is none.</param>
    /// <param name="by">The user who imports.</param>
    /// <param name="owner">The process that imports, and its machine.</param>
    /// <param name="now">The instant, for people.</param>
    /// <returns>The number.</returns>
    public long Start(
        string folder,
        bool strict,
        string? dropFolder,
        string by,
        string owner,
        DateTimeOffset now
    )
    {
        FailUnfinished("The process died before it had ended.", now);
        importId = connection.Scalar<long>(
            "insert_import",
            new
            {
                folder,
                strict,
                by,
                owner,
                now,
            }
        );
        if (dropFolder is not null)
        {
            connection.Execute("insert_drop_folder", new { importId, identity = dropFolder });
        }

        return importId;
    }

    /// <summary>Rolls back, and records that nothing came of the import and why, as far as the fault at hand allows.</summary>
    public void Fail(string error, DateTimeOffset now)
    {
        // A full disk may have rolled back already. What cannot be recorded now, the next import does.
        Try(Rollback);
        Try(() => FailUnfinished(error, now));

        static void Try(Action action)
        {
            try
            {
                action();
            }
            catch (Exception e) when (e is DbException or InvalidOperationException) { }
        }
    }

    /// <summary>Begins a transaction; waits for another writer.</summary>
    public void Begin() => connection.Begin();

    public void Commit() => connection.Commit();

    public void Rollback() => connection.Rollback();

    /// <summary>A fact table, to load one file into.</summary>
    public FactTable Open(FactColumns columns) =>
        connection.Database.OpenFactTable(connection, columns, importId);

    /// <summary>
    /// Records what the import did, and the rows it rejected, and commits: in one transaction with the facts.
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
                sha256 = f.Sha256,
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

    private void FailUnfinished(string error, DateTimeOffset now) =>
        connection.Execute("fail_imports", new { error, now });

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

/// <summary>An import, as recorded.</summary>
internal sealed record ImportRun
{
    public long ImportId { get; init; }
    public required string Folder { get; init; }
    public bool Strict { get; init; }

    /// <summary>The user who imported; absent before that was recorded.</summary>
    public string? ByName { get; init; }

    /// <summary>The process that imported, and its machine.</summary>
    public string? Owner { get; init; }
    public required string Status { get; init; }

    /// <summary>Why nothing came of it; absent otherwise.</summary>
    public string? Error { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Whether it is said to be in progress, and its process is known to be dead: nothing of it counts.</summary>
    public bool HasDied => Status == "InProgress" && WorkerId.IsDead(Owner!);
    public long Inserted { get; init; }
    public long Updated { get; init; }
    public long Rejected { get; init; }
}

/// <summary>What an import did with one file, as recorded.</summary>
internal sealed record ImportFileRow
{
    public required string File { get; init; }

    /// <summary>The SHA-256 of the file, in hex; absent before that was recorded.</summary>
    public string? Sha256 { get; init; }
    public long Read { get; init; }
    public long Inserted { get; init; }
    public long Updated { get; init; }
    public long Unchanged { get; init; }
    public long Superseded { get; init; }
    public long Rejected { get; init; }
}
