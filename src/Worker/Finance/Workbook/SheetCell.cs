namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>What a cell looks like.</summary>
internal enum CellStyle
{
    Text,
    Title,
    Heading,

    /// <summary>The heading of numbers, which stand at the right.</summary>
    NumberHeading,

    /// <summary>Two decimals, thousands grouped.</summary>
    Money,

    /// <summary>The same with its sign.</summary>
    Moved,

    /// <summary>A whole number, thousands grouped.</summary>
    Count,

    /// <summary>yyyy-MM-dd.</summary>
    Date,
}

/// <summary>A cell; what is absent is empty. Of a formula the value stands beside it.</summary>
internal readonly record struct SheetCell(
    CellStyle Style,
    string? Text = null,
    decimal? Number = null,
    DateOnly? Date = null,
    string? Formula = null
)
{
    public static SheetCell Of(string? text) => new(CellStyle.Text, text);

    public static SheetCell Of(DateOnly? date) => new(CellStyle.Date, Date: date);

    public static SheetCell Money(decimal? amount) => new(CellStyle.Money, Number: amount);

    public static SheetCell Moved(decimal amount) => new(CellStyle.Moved, Number: amount);

    public static SheetCell Count(decimal number) => new(CellStyle.Count, Number: number);

    public static SheetCell Title(string text) => new(CellStyle.Title, text);

    public static SheetCell Heading(string text) => new(CellStyle.Heading, text);

    public static SheetCell NumberHeading(string text) => new(CellStyle.NumberHeading, text);
}

/// <summary>A sheet.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The headings of its columns, their widths in characters, and what is in them.</param>
/// <param name="Rows">How many rows follow the headings; where it is no listing, 0.</param>
/// <param name="Printed">How many of the columns, from the first, are printed.</param>
/// <param name="IsListing">Whether it has one row of headings that stays in sight, with filters.</param>
internal sealed record Sheet(
    string Name,
    IReadOnlyList<SheetColumn> Columns,
    long Rows,
    int Printed,
    bool IsListing = true
)
{
    /// <summary>The letters of a column, from 0.</summary>
    public static string Letters(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Letters(column / 26 - 1) + Letters(column % 26);

    /// <summary>The letters of the column with a heading.</summary>
    public string Column(string heading) =>
        Letters(Enumerable.Range(0, Columns.Count).Single(i => Columns[i].Heading == heading));
}

/// <summary>A column of a sheet.</summary>
/// <param name="Heading">Its heading; empty where the sheet has several.</param>
/// <param name="Width">Its width in characters.</param>
/// <param name="HasNumbers">Whether numbers are in it.</param>
internal readonly record struct SheetColumn(string Heading, int Width, bool HasNumbers = false)
{
    public SheetCell HeadingCell =>
        HasNumbers ? SheetCell.NumberHeading(Heading) : SheetCell.Heading(Heading);
}

/// <summary>Writes sheets one after another, row by row.</summary>
internal abstract class SheetWriter : IAsyncDisposable
{
    /// <summary>Begins a sheet, with its headings where it is a listing.</summary>
    public abstract Task StartAsync(Sheet sheet, CancellationToken cancellationToken);

    public abstract Task AddAsync(IReadOnlyList<SheetCell> row, CancellationToken cancellationToken);

    /// <summary>Writes what is left to write; nothing may follow.</summary>
    public abstract Task FinishAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
