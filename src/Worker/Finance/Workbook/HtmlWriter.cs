using System.Globalization;
using System.Net;
using System.Text;

namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>Writes the same sheets as one HTML file, which has no script and refers to nothing.</summary>
internal sealed class HtmlWriter(Stream stream, string title) : SheetWriter
{
    private readonly StreamWriter output = new(
        stream,
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        1 << 16,
        leaveOpen: true
    );
    private Sheet? open;

    public override async Task StartAsync(Sheet sheet, CancellationToken cancellationToken)
    {
        await output.WriteAsync(open is null ? Head() : "</tbody></table></section>\n");
        open = sheet;
        var id = sheet.Name.ToLowerInvariant();
        // Columns beyond those that are printed are only on the screen.
        await output.WriteAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"<section><style>@media print{{#{id} :is(td,th):nth-child(n+{sheet.Printed + 1}){{display:none}}}}</style>\n<h2>{Encoded(sheet.Name)}</h2>\n<table id=\"{id}\">"
            )
        );
        if (sheet.IsListing)
        {
            await output.WriteAsync(
                $"<thead><tr>{string.Concat(sheet.Columns.Select(c => Element(c.HeadingCell)))}</tr></thead>"
            );
        }

        await output.WriteAsync("<tbody>\n");
    }

    public override async Task AddAsync(IReadOnlyList<SheetCell> row, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await output.WriteAsync("<tr>");
        foreach (var cell in row)
        {
            await output.WriteAsync(Element(cell));
        }

        await output.WriteAsync("</tr>\n");
    }

    public override async Task FinishAsync(CancellationToken cancellationToken)
    {
        await output.WriteAsync("</tbody></table></section>\n</body></html>\n");
        await output.FlushAsync(cancellationToken);
    }

    public override ValueTask DisposeAsync() => output.DisposeAsync();

    private string Head() =>
        $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>{{Encoded(title)}}</title>
            <style>
            body{font:13px/1.4 system-ui,sans-serif;margin:1.5em;color:#1b1b1b;background:#fff}
            h2{margin:1.6em 0 .4em}
            table{border-collapse:collapse}
            th,td{padding:.2em .6em;border-bottom:1px solid #ddd;text-align:left;vertical-align:top;white-space:nowrap}
            td:last-child{white-space:normal}
            th{background:#dde6f0}
            thead th{position:sticky;top:0}
            td.title{font-size:1.2em;font-weight:bold;border:0;padding-top:1em}
            td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
            @page{size:A4 landscape;margin:12mm}
            @media print{body{margin:0;font-size:8px}section{break-before:page}section:first-of-type{break-before:auto}thead{display:table-header-group}thead th{position:static}tr{break-inside:avoid}th{-webkit-print-color-adjust:exact;print-color-adjust:exact}td,th{padding:.15em .4em} }
            </style></head><body>

            """;

    private static string Element(SheetCell cell) =>
        cell switch
        {
            { Style: CellStyle.Heading } => $"<th>{Encoded(cell.Text)}</th>",
            { Style: CellStyle.NumberHeading } => $"<th class=\"number\">{Encoded(cell.Text)}</th>",
            { Style: CellStyle.Title } => $"<td class=\"title\" colspan=\"12\">{Encoded(cell.Text)}</td>",
            { Number: { } number } => $"<td class=\"number\">{Number(cell.Style, number)}</td>",
            { Date: { } date } => string.Create(CultureInfo.InvariantCulture, $"<td>{date:yyyy-MM-dd}</td>"),
            _ => $"<td>{Encoded(cell.Text)}</td>",
        };

    private static string Number(CellStyle style, decimal number) =>
        number.ToString(
            style switch
            {
                CellStyle.Count => "#,##0",
                CellStyle.Moved => "+#,##0.00;-#,##0.00;0.00",
                CellStyle.Text
                or CellStyle.Title
                or CellStyle.Heading
                or CellStyle.NumberHeading
                or CellStyle.Money
                or CellStyle.Date => "#,##0.00",
            },
            CultureInfo.InvariantCulture
        );

    private static string Encoded(string? text) => WebUtility.HtmlEncode(text) ?? "";
}
