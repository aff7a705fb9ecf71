namespace PlanningServices.Rules.Policies.Reading;

/// <summary>
/// Reads a table of the catalogue into one map for each row, with the column names as keys. An empty field is absent, an
/// empty row is skipped.
/// </summary>
internal static class CsvFile
{
    /// <summary>The rows; none if the header is another.</summary>
    /// <param name="text">The file.</param>
    /// <param name="columns">What its header names, in any order.</param>
    /// <param name="faults">Where faults go.</param>
    /// <param name="list">The column whose fields are lists, with semicolons between the items.</param>
    public static IReadOnlyList<MapNode> Read(
        string text,
        IReadOnlyList<string> columns,
        FileFaults faults,
        string? list = null
    )
    {
        var (rows, separator) = Spreadsheet.Read(text, faults);
        var header = rows is [var first, ..] ? first.Fields : [];
        if (
            !header
                .Order(StringComparer.Ordinal)
                .SequenceEqual(columns.Order(StringComparer.Ordinal), StringComparer.Ordinal)
        )
        {
            faults.Add(
                1,
                $"the header is '{string.Join(separator, header)}'. Expected '{string.Join(',', columns)}', in any order."
            );
            return [];
        }

        var maps = new List<MapNode>();
        foreach (var row in rows.Skip(1))
        {
            if (row.Fields.Count <= header.Count)
            {
                maps.Add(Map(row, header, list));
            }
            else
            {
                faults.Add(
                    row.Line,
                    $"the row '{string.Join(separator, row.Fields)}' has {row.Fields.Count} fields. Expected {header.Count}, as in the header."
                );
            }
        }

        return maps;
    }

    private static MapNode Map(SheetRow row, IReadOnlyList<string> header, string? list) =>
        new(
            row.Line,
            [
                .. header
                    .Zip(row.Fields)
                    .Where(f => f.Second.Length > 0)
                    .Select(f => new MapEntry(
                        f.First,
                        row.Line,
                        f.First == list ? Items(row.Line, f.Second) : new TextNode(row.Line, f.Second)
                    )),
            ]
        );

    private static ListNode Items(int line, string field) =>
        new(line, [.. field.Split(';', StringSplitOptions.TrimEntries).Select(i => new TextNode(line, i))]);
}
