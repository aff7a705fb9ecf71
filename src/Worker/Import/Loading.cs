using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Import;

/// <summary>The rows of checked files on their way into the tables, in one transaction.</summary>
/// <param name="store">The import in the database.</param>
/// <param name="check">What says whether a value is right.</param>
/// <param name="rejects">Where rejected rows go.</param>
/// <param name="report">Called now and then with the file, rows and bytes read in all files.</param>
/// <param name="isStrict">Whether all of it is rolled back if a row is rejected.</param>
internal sealed class Loading(
    ImportStore store,
    ValueCheck check,
    RejectsFile rejects,
    Action<string, long, long> report,
    bool isStrict
)
{
    private const int RowsPerReport = 10_000;

    private long rowsRead;
    private long bytesOfFilesRead;

    /// <summary>
    /// Loads the files in the given order, and hands what is to be recorded to <paramref name="finish"/>, which commits it
    /// together with the rows; refused says that they were rolled back.
    /// </summary>
    public (IReadOnlyList<FileSummary> Files, bool IsRefused) Load(
        IReadOnlyList<CheckedFile> files,
        Action<IReadOnlyList<FileSummary>, bool> finish,
        CancellationToken cancellation
    )
    {
        var summaries = new List<FileSummary>();
        store.Begin();
        foreach (var file in files)
        {
            summaries.Add(Load(file, cancellation));
            bytesOfFilesRead += new FileInfo(file.Path).Length;
        }

        var isRefused = isStrict && rejects.Count > 0;
        if (isRefused)
        {
            store.Rollback();
            store.Begin();
        }

        finish(summaries, isRefused);
        return (summaries, isRefused);
    }

    private FileSummary Load(CheckedFile from, CancellationToken cancellation)
    {
        var file = from.File;
        var summary = new FileSummary(file.Name, from.Sha256);
        using var rows = new CsvRows(from.Path);
        var row = new ImportRow(file, FileCheck.Header(file, rows), rows, check);
        using var table = store.Open(file.Stored);
        var refused = new List<Reject>();
        while (rows.Read())
        {
            summary.Read++;
            if (row.Check() is { } reject)
            {
                refused.Add(reject);
            }
            else
            {
                table.Add(row.Values, row.Line);
            }

            if (++rowsRead % RowsPerReport == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                report(file.Name, rowsRead, bytesOfFilesRead + rows.Position);
                Report(file, table, refused, summary);
            }
        }

        Report(file, table, refused, summary);
        table.Finish();
        Report(file, table, refused, summary);
        summary.Inserted = table.Inserted;
        summary.Updated = table.Updated;
        summary.Unchanged = table.Unchanged;
        report(file.Name, rowsRead, bytesOfFilesRead + rows.Position);
        return summary;
    }

    /// <summary>Rejected rows by their lines, whether the file or the table refused them.</summary>
    private void Report(ImportFile file, FactTable table, List<Reject> refused, FileSummary summary)
    {
        foreach (var added in table.DrainResults())
        {
            if (added.Result == UpsertResult.Superseding)
            {
                summary.Supersede(added.Line, added.Key);
            }
            else
            {
                refused.Add(WhyRefused(file, added));
            }
        }

        foreach (var reject in refused.OrderBy(r => r.Line))
        {
            rejects.Add(reject);
            summary.Rejected++;
        }

        refused.Clear();
    }

    private static Reject WhyRefused(ImportFile file, AddedRow row) =>
        row.Missing is var (column, value)
            ? new(
                file.Name,
                row.Line,
                column,
                Reject.Shorten(value),
                $"matches no {file.Columns.Single(c => c.Name == column).References!.Replace('_', ' ')}, in these files or in the database"
            )
            : new(
                file.Name,
                row.Line,
                "",
                Reject.Shorten(row.Key),
                $"the row breaks a constraint of table '{file.Table}'"
            );
}
