using System.Drawing;
using System.Xml;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>Writes an Excel workbook; how it prints is added by <see cref="PrintSetup"/>.</summary>
internal sealed class XlsxWriter : SheetWriter
{
    private static readonly Color Shade = Color.FromArgb(0xDD, 0xE6, 0xF0);

    private readonly Spreadsheet spreadsheet;
    private readonly Dictionary<CellStyle, StyleId> styles;
    private readonly List<Cell> cells = [];

    private XlsxWriter(Spreadsheet spreadsheet)
    {
        this.spreadsheet = spreadsheet;
        styles = Enum.GetValues<CellStyle>().ToDictionary(s => s, s => spreadsheet.AddStyle(StyleOf(s)));
    }

    public static async Task<XlsxWriter> CreateAsync(Stream stream, CancellationToken cancellationToken) =>
        new(
            await Spreadsheet.CreateNewAsync(
                stream,
                // What is written is packed again, and the instant it was written would make each file another.
                new SpreadCheetahOptions
                {
                    CompressionLevel = SpreadCheetahCompressionLevel.Fastest,
                    DocumentProperties = null,
                    PreserveStringWhitespace = true,
                },
                cancellationToken
            )
        );

    public override async Task StartAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        var options = new WorksheetOptions { ShowGridlines = sheet.IsListing };
        for (var i = 0; i < sheet.Columns.Count; i++)
        {
            options.Column(i + 1).Width = sheet.Columns[i].Width;
        }

        if (sheet.IsListing)
        {
            options.FrozenRows = 1;
            options.AutoFilter = new(
                FormattableString.Invariant($"A1:{Sheet.Letters(sheet.Columns.Count - 1)}{sheet.Rows + 1}")
            );
        }

        await spreadsheet.StartWorksheetAsync(sheet.Name, options, cancellationToken);
        if (sheet.IsListing)
        {
            await AddAsync([.. sheet.Columns.Select(c => c.HeadingCell)], cancellationToken);
        }
    }

    public override async Task AddAsync(IReadOnlyList<SheetCell> row, CancellationToken cancellationToken)
    {
        cells.Clear();
        foreach (var cell in row)
        {
            cells.Add(CellOf(cell));
        }

        await spreadsheet.AddRowAsync(cells, cancellationToken);
    }

    public override async Task FinishAsync(CancellationToken cancellationToken) =>
        await spreadsheet.FinishAsync(cancellationToken);

    public override ValueTask DisposeAsync() => spreadsheet.DisposeAsync();

    private Cell CellOf(SheetCell cell)
    {
        var style = styles[cell.Style];
        return cell switch
        {
            { Formula: { } formula, Text: { } text } => new(new Formula(formula), text, style),
            { Formula: { } formula } => new(new Formula(formula), cell.Number, style),
            { Number: { } number } => new(number, style),
            { Date: { } date } => new(date.ToDateTime(TimeOnly.MinValue), style),
            { Text: { } text } => new(Plain(text), style),
            _ => new((string?)null, style),
        };
    }

    // XML has no control characters; one in a name must not cost the workbook.
    private static string Plain(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\x1f')
            ? string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : ' '))
            : text;

    // So that it does not touch a number beside it.
    private static Alignment Left => new() { Horizontal = HorizontalAlignment.Left, Indent = 1 };

    private static Style StyleOf(CellStyle style) =>
        style switch
        {
            CellStyle.Text => new() { Alignment = Left },
            CellStyle.Title => new() { Font = { Bold = true, Size = 14 } },
            CellStyle.Heading => new()
            {
                Font = { Bold = true },
                Fill = { Color = Shade },
                Alignment = Left,
            },
            CellStyle.NumberHeading => new()
            {
                Font = { Bold = true },
                Fill = { Color = Shade },
                Alignment = { Horizontal = HorizontalAlignment.Right },
            },
            CellStyle.Money => new() { Format = NumberFormat.Custom("#,##0.00") },
            CellStyle.Moved => new() { Format = NumberFormat.Custom("+#,##0.00;-#,##0.00;0.00") },
            CellStyle.Count => new() { Format = NumberFormat.Custom("#,##0") },
            CellStyle.Date => new() { Format = NumberFormat.Custom("yyyy-mm-dd"), Alignment = Left },
        };
}
