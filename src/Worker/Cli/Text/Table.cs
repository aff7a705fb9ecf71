namespace PlanningServices.Worker.Cli.Text;

/// <summary>Rows in aligned columns: text to the left, numbers (columns named in <c>right</c>) to the right.</summary>
internal sealed class Table(string indent, params string[] header)
{
    private readonly List<string[]> rows = [];

    /// <summary>Columns whose cells are set to the right.</summary>
    public int[] Right { get; init; } = [];

    public bool IsEmpty => rows.Count == 0;

    public void Add(params string[] cells) => rows.Add(cells);

    public void WriteTo(TextWriter output)
    {
        if (IsEmpty)
        {
            return;
        }

        string[][] all = header.Length > 0 ? [header, .. rows] : [.. rows];
        var widths = Enumerable
            .Range(0, all.Max(r => r.Length))
            .Select(column => all.Max(r => column < r.Length ? r[column].Length : 0))
            .ToArray();
        foreach (var row in all)
        {
            var cells = row.Select(
                (cell, column) =>
                    Right.Contains(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])
            );
            output.WriteLine((indent + string.Join("  ", cells)).TrimEnd());
        }
    }
}
