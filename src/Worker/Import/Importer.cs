using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Import;

/// <summary>What to import.</summary>
/// <param name="Folder">The folder with the import files; a missing file means no rows of its kind.</param>
/// <param name="IsStrict">Whether one rejected row refuses everything.</param>
/// <param name="RejectsFile">Where rejected rows are written.</param>
internal sealed record ImportRequest(string Folder, bool IsStrict, string RejectsFile);

/// <summary>
/// Loads a folder of import files. Every file's encoding and header is checked before any row is written. An import has a
/// number and is one transaction: whatever ends it before its commit, none of its facts are there.
/// </summary>
internal sealed class Importer(Database database, IReadOnlySet<string> engagements, TimeProvider time)
{
    /// <summary>Imports the folder.</summary>
    /// <exception cref="PlanningException">The folder or a file cannot be imported; the message says why.</exception>
    /// <exception cref="OperationCanceledException">
    /// It was cancelled, and nothing was imported.
    /// </exception>
    public ImportSummary Import(
        ImportRequest request,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellation
    ) => Import(request, dropFolder: null, progress, cancellation)!;

    /// <summary>Imports a drop folder; null if it is imported already and only waits to be moved away.</summary>
    /// <exception cref="PlanningException">The folder or a file cannot be imported; the message says why.</exception>
    /// <exception cref="UnfinishedRunException">A run must end first.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing was imported.</exception>
    public ImportSummary? Import(DropFolder folder, CancellationToken cancellation) =>
        Import(new(folder.Path, IsStrict: false, folder.RejectsPath), folder, progress: null, cancellation);

    private ImportSummary? Import(
        ImportRequest request,
        DropFolder? dropFolder,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellation
    )
    {
        try
        {
            var found = Find(request.Folder);
            var ignored = Ignored(request);
            var files = found.ConvertAll(f => Check(f.File, f.Path, cancellation));
            using var connected = new Store(database);
            var store = connected.Imports;
            store.AcquireRunLock();
            // Asked only now: another node that had the folder may have been waited for.
            if (dropFolder is not null && store.IsToMove(dropFolder.Identity))
            {
                return null;
            }

            dropFolder?.EnsureUnchanged();
            RefuseDuringRun(connected.Runs, "import. Nothing was imported.");
            return Load(store, request, dropFolder, files, Meter(files, progress), cancellation) with
            {
                IgnoredFiles = ignored,
            };
        }
        catch (Exception e) when (e is not PlanningException && database.Explain(e) is not null)
        {
            throw database.Explain(e)!;
        }
    }

    private ImportSummary Load(
        ImportStore store,
        ImportRequest request,
        DropFolder? dropFolder,
        List<CheckedFile> files,
        Action<string, long, long> report,
        CancellationToken cancellation
    )
    {
        using var rejects = new RejectsFile(request.RejectsFile);
        var importId = store.Start(
            Path.GetFullPath(request.Folder),
            request.IsStrict,
            dropFolder?.Identity,
            Environment.UserName,
            WorkerId.Current,
            time.GetUtcNow()
        );
        try
        {
            var loading = new Loading(store, new(engagements), rejects, report, request.IsStrict);
            var (summaries, isRefused) = loading.Load(files, Finish, cancellation);
            return new(importId, summaries, [], rejects.Count > 0 ? rejects.Path : null, isRefused);
        }
        catch (Exception e)
        {
            var error = e is OperationCanceledException ? "It was told to stop." : e.Message;
            store.Fail(database.Explain(e)?.Message ?? error, time.GetUtcNow());
            throw;
        }

        void Finish(IReadOnlyList<FileSummary> summaries, bool isRefused)
        {
            dropFolder?.EnsureUnchanged();
            store.Finish(
                isRefused ? "Refused"
                    : rejects.Count > 0 ? "CompletedWithRejects"
                    : "Completed",
                summaries.Select(s => s.ToRow()),
                rejects.Finish().Select(r => new RejectRow(r.File, r.Line, r.Column, r.Value, r.Reason)),
                time.GetUtcNow()
            );
        }
    }

    private static CheckedFile Check(ImportFile file, string path, CancellationToken cancellation)
    {
        var sha256 = FileCheck.Encoding(path, cancellation);
        using var rows = new CsvRows(path);
        FileCheck.Header(file, rows);
        return new(file, path, sha256);
    }

    private static List<(ImportFile File, string Path)> Find(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new PlanningException(
                $"Folder '{folder}' does not exist. Name the folder with the import files. Nothing was imported.",
                ExitCode.Usage
            );
        }

        var files = ImportFile
            .All.Select(f => (File: f, Path: Path.Combine(folder, f.Name)))
            .Where(f => File.Exists(f.Path))
            .ToList();
        return files.Count > 0
            ? files
            : throw new PlanningException(
                $"Folder '{folder}' has none of the import files: "
                    + $"{string.Join(", ", ImportFile.All.Select(f => f.Name))}. Nothing was imported.",
                ExitCode.Usage
            );
    }

    private static List<string> Ignored(ImportRequest request)
    {
        var rejects = Path.GetFullPath(request.RejectsFile);
        return
        [
            .. Directory
                .EnumerateFiles(request.Folder, "*.csv")
                .Where(path => Path.GetFullPath(path) != rejects)
                .Select(path => Path.GetFileName(path))
                .Except(ImportFile.All.Select(f => f.Name), StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    // A run decides chunk after chunk: facts that change before its last would be decided partly before, partly after,
    // and its totals could not balance. That holds for a run that stopped, too, since it goes on where it was.

    /// <summary>Refuses to change facts while a run is not finished.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="then">What to do when it is, and what was not done now.</param>
    /// <exception cref="UnfinishedRunException">One is not.</exception>
    public static void RefuseDuringRun(RunStore runs, string then)
    {
        if (runs.FirstUnfinished() is { } run)
        {
            throw new UnfinishedRunException(
                $"Run {run.RunId} ('{run.Job}' for {run.BusinessDate:yyyy-MM-dd}) is not finished, and facts must not change "
                    + $"under it. Let it end, go on with it (planning runs resume {run.RunId}) or give it up (planning runs "
                    + $"abandon {run.RunId}), then {then}"
            );
        }
    }

    private static Action<string, long, long> Meter(
        List<CheckedFile> files,
        IProgress<ImportProgress>? progress
    )
    {
        var total = files.Sum(f => new FileInfo(f.Path).Length);
        return (file, rows, bytes) => progress?.Report(new(file, rows, bytes, total));
    }
}

/// <summary>An import file whose encoding and header are right.</summary>
/// <param name="File">Its kind.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Sha256">The SHA-256 of the file, in hex.</param>
internal sealed record CheckedFile(ImportFile File, string Path, string Sha256);

/// <summary>Facts must not change under a run that is not finished.</summary>
internal sealed class UnfinishedRunException(string message) : PlanningException(message);
