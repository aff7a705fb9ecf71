using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Import;

/// <summary>The row at hand of an import file: its values in the order of the file's columns, checked.</summary>
/// <param name="file">The kind of file.</param>
/// <param name="places">For each of its columns, the place in the header.</param>
/// <param name="rows">The rows; this one is where they are.</param>
/// <param name="check">What says whether a value is right.</param>
internal sealed class ImportRow(ImportFile file, int[] places, CsvRows rows, ValueCheck check)
{
    // Columns that are needed where another is given, each with that other.
    private readonly (int Column, int Other)[] pairs =
    [
        .. Enumerable
            .Range(0, file.Columns.Count)
            .Where(i => file.Columns[i].RequiredWith is not null)
            .Select(i => (i, IndexOf(file, file.Columns[i].RequiredWith!))),
    ];

    /// <summary>The values as the table keeps them, once they are checked.</summary>
    public FactRow Values { get; } = new(file.Columns.Count);

    public long Line => rows.Line;

    /// <summary>Checks the row by itself; returns why it is rejected, or null.</summary>
    public Reject? Check()
    {
        if (rows.QuoteFault is { } fault)
        {
            return RejectRow(fault);
        }

        if (rows.Count != places.Length)
        {
            return RejectRow($"has {rows.Count} fields, the header has {places.Length}");
        }

        Values.Clear();
        for (var i = 0; i < places.Length; i++)
        {
            var reason = check.Take(file.Columns[i], rows[places[i]], Values);
            if (reason is not null)
            {
                return Reject(i, reason);
            }
        }

        foreach (var (column, other) in pairs)
        {
            if (Values.IsAbsent(column) && !Values.IsAbsent(other))
            {
                return Reject(
                    column,
                    $"is empty, but is needed where {file.Columns[other].Name} is given ('{rows.Text(places[other])}')"
                );
            }
        }

        return null;
    }

    private Reject Reject(int column, string reason) =>
        new(
            file.Name,
            Line,
            file.Columns[column].Name,
            Import.Reject.Shorten(rows.Text(places[column])),
            reason
        );

    private Reject RejectRow(string reason) =>
        new(file.Name, Line, "", Import.Reject.Shorten(rows.Raw), "the row " + reason);

    private static int IndexOf(ImportFile file, string column)
    {
        var index = 0;
        while (file.Columns[index].Name != column)
        {
            index++;
        }

        return index;
    }
}
