namespace PlanningServices.Rules.Policies.Reading;

/// <summary>
/// Reads a table of codes, numbers and dates into one map for each row, with the column names as keys. Its values
/// hold no comma, so there is nothing to quote. An empty field is absent, an empty line is skipped.
/// </summary>
internal static class CsvFile
{
    public static IReadOnlyList<MapNode> Read(string text, IReadOnlyList<string> columns, FileFaults faults)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var header = lines[0].Split(',');
        if (
            !header
                .Order(StringComparer.Ordinal)
                .SequenceEqual(columns.Order(StringComparer.Ordinal), StringComparer.Ordinal)
        )
        {
            faults.Add(
                1,
                $"the header is '{lines[0]}'. Expected '{string.Join(',', columns)}', in any order."
            );
            return [];
        }

        var rows = new List<MapNode>();
        for (var at = 1; at < lines.Length; at++)
        {
            var fields = lines[at].Split(',');
            if (fields.Length == header.Length)
            {
                rows.Add(Row(at + 1, header, fields));
            }
            else if (lines[at].Length > 0)
            {
                faults.Add(
                    at + 1,
                    $"the row '{lines[at]}' has {fields.Length} fields. Expected {header.Length}, as in the header."
                );
            }
        }

        return rows;
    }

    private static MapNode Row(int line, string[] header, string[] fields) =>
        new(
            line,
            [
                .. header
                    .Zip(fields)
                    .Where(f => f.Second.Length > 0)
                    .Select(f => new MapEntry(f.First, line, new TextNode(line, f.Second))),
            ]
        );
}
