namespace PlanningServices.Worker.Data;

/// <summary>The values of a row on its way into a fact table, as UTF-8; one is filled again and again.</summary>
internal sealed class FactRow
{
    private readonly (int Start, int Length, long Number)[] cells;
    private byte[] texts = new byte[1024];
    private int count;
    private int used;

    public FactRow(int columns) => cells = new (int, int, long)[columns];

    public int Count => count;

    public void Clear() => (count, used) = (0, 0);

    public void AddText(ReadOnlySpan<byte> utf8)
    {
        if (used + utf8.Length > texts.Length)
        {
            Array.Resize(ref texts, Math.Max(used + utf8.Length, 2 * texts.Length));
        }

        utf8.CopyTo(texts.AsSpan(used));
        cells[count++] = (used, utf8.Length, 0);
        used += utf8.Length;
    }

    public void AddNumber(long number) => cells[count++] = (0, 0, number);

    public void AddNothing() => cells[count++] = default;

    /// <summary>Whether that column has no value; a number is never 0, a text never empty.</summary>
    public bool IsAbsent(int column) => cells[column] is (_, 0, 0);

    /// <summary>The text in that column; empty if it has none.</summary>
    public ReadOnlySpan<byte> Text(int column) => texts.AsSpan(cells[column].Start, cells[column].Length);

    /// <summary>The number in that column, or 0.</summary>
    public long Number(int column) => cells[column].Number;
}
