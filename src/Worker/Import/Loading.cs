using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Import;

/// <summary>The rows of checked files on their way into the tables.</summary>
/// <param name="store">The import in the database.</param>
/// <param name="check">What says whether a value is right.</param>
/// <param name="rejects">Where rejected rows go.</param>
/// <param name="report">Told now and then: the file, rows and bytes read in all files.</param>
/// <param name="isStrict">Whether all is one transaction, rolled back if a row is rejected.</param>
internal sealed class Loading(
    ImportStore store,
    ValueCheck check,
    RejectsFile rejects,
    Action<string, long, long> report,
    bool isStrict
)
{
    private const int RowsPerTransaction = 10_000;

    private long rowsRead;
    private long bytesOfFilesRead;

    /// <summary>Loads the files in the given order; refused says that everything was rolled back.</summary>
    public (IReadOnlyList<FileSummary> Files, bool IsRefused) Load(
        IReadOnlyList<(ImportFile File, string Path)> files,
        CancellationToken cancellation
    )
    {
        var summaries = new List<FileSummary>();
        store.Begin();
        try
        {
            foreach (var (file, path) in files)
            {
                summaries.Add(Load(file, path, cancellation));
                bytesOfFilesRead += new FileInfo(path).Length;
            }

            var isRefused = isStrict && rejects.Count > 0;
            if (isRefused)
            {
                store.Rollback();
            }
            else
            {
                store.Commit();
            }

            return (summaries, isRefused);
        }
        catch
        {
            store.RollbackAfterFault();
            throw;
        }
    }

    private FileSummary Load(ImportFile file, string path, CancellationToken cancellation)
    {
        var summary = new FileSummary(file.Name);
        using var rows = new CsvRows(path);
        var row = new ImportRow(file, FileCheck.Header(file, rows), rows, check);
        using var table = store.Open(
            file.Table,
            [.. file.Columns.Select(c => c.Stored)],
            [.. file.Columns.Where(c => c.IsKey).Select(c => c.Stored)]
        );
        while (rows.Read())
        {
            Take(row, table, summary);
            if (++rowsRead % RowsPerTransaction == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                report(file.Name, rowsRead, bytesOfFilesRead + rows.Position);
                if (!isStrict)
                {
                    store.Commit();
                    store.Begin();
                }
            }
        }

        summary.Inserted = table.Inserted;
        summary.Updated = table.Updated;
        summary.Unchanged = table.Unchanged;
        report(file.Name, rowsRead, bytesOfFilesRead + rows.Position);
        return summary;
    }

    private void Take(ImportRow row, FactTable table, FileSummary summary)
    {
        summary.Read++;
        var reject = row.Check();
        if (reject is null)
        {
            switch (table.Upsert(row.Values))
            {
                case Upserted.Taken:
                    return;
                case Upserted.Superseding:
                    summary.Supersede(row.Line, row.Key);
                    return;
                case Upserted.Refused:
                    reject = row.WhyRefused(store);
                    break;
            }
        }

        rejects.Add(reject!);
        summary.Rejected++;
    }
}
