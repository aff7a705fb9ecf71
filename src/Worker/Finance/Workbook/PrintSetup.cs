using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>
/// Adds to a workbook how it prints and that it is calculated when it is opened, which the library that writes it does not know:
/// a copy of its parts, one after another, with a few elements in between.
/// </summary>
internal static class PrintSetup
{
    private const string WorksheetEnd = "</worksheet>";
    private const string SheetsEnd = "</sheets>";

    /// <summary>Copies a workbook.</summary>
    /// <param name="from">The workbook as written.</param>
    /// <param name="to">Where the copy goes.</param>
    /// <param name="sheets">Its sheets, each with the number of its rows.</param>
    /// <param name="title">What stands at the foot of every page.</param>
    /// <param name="at">The instant that the parts carry, so that the same content gives the same file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task CopyAsync(
        Stream from,
        Stream to,
        IReadOnlyList<(Sheet Sheet, long Rows)> sheets,
        string title,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        await using var source = new ZipArchive(from, ZipArchiveMode.Read);
        await using var target = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var part in source.Entries)
        {
            var copy = target.CreateEntry(part.FullName, CompressionLevel.Optimal);
            copy.LastWriteTime = at;
            await using var read = await part.OpenAsync(cancellationToken);
            await using var write = await copy.OpenAsync(cancellationToken);
            if (part.FullName == "xl/workbook.xml")
            {
                var text = await new StreamReader(read).ReadToEndAsync(cancellationToken);
                await WriteAsync(
                    write,
                    text.Replace(SheetsEnd, SheetsEnd + Names(sheets), StringComparison.Ordinal),
                    cancellationToken
                );
            }
            else if (part.FullName.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal))
            {
                await CopySheetAsync(read, write, title, cancellationToken);
            }
            else
            {
                await read.CopyToAsync(write, cancellationToken);
            }
        }
    }

    /// <summary>What of a sheet is printed, the row that every page begins with, and that formulas are calculated.</summary>
    private static string Names(IReadOnlyList<(Sheet Sheet, long Rows)> sheets)
    {
        var names = new StringBuilder("<definedNames>");
        foreach (var (index, (sheet, rows)) in sheets.Index())
        {
            names.Append(
                CultureInfo.InvariantCulture,
                $"<definedName name=\"_xlnm.Print_Area\" localSheetId=\"{index}\">'{sheet.Name}'!$A$1:${Sheet.Letters(sheet.Printed - 1)}${rows}</definedName>"
            );
            if (sheet.IsListing)
            {
                names.Append(
                    CultureInfo.InvariantCulture,
                    $"<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"{index}\">'{sheet.Name}'!$1:$1</definedName>"
                );
            }
        }

        return names.Append("</definedNames><calcPr fullCalcOnLoad=\"1\"/>").ToString();
    }

    private static async Task CopySheetAsync(
        Stream read,
        Stream write,
        string title,
        CancellationToken cancellationToken
    )
    {
        // The element that the sheet is comes first, and its end last; what is between goes by unread.
        var buffer = new byte[1 << 16];
        var kept = await read.ReadAtLeastAsync(buffer, 1024, throwOnEndOfStream: false, cancellationToken);
        var head = buffer.AsSpan(0, kept).IndexOf("<worksheet"u8);
        head += buffer.AsSpan(head, kept - head).IndexOf((byte)'>') + 1;
        await write.WriteAsync(buffer.AsMemory(0, head), cancellationToken);
        await WriteAsync(write, "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>", cancellationToken);
        buffer.AsSpan(head, kept - head).CopyTo(buffer);
        kept -= head;
        while (true)
        {
            var count = await read.ReadAsync(buffer.AsMemory(kept), cancellationToken);
            if (count == 0)
            {
                break;
            }

            kept += count;
            var done = Math.Max(0, kept - WorksheetEnd.Length);
            await write.WriteAsync(buffer.AsMemory(0, done), cancellationToken);
            buffer.AsSpan(done, kept - done).CopyTo(buffer);
            kept -= done;
        }

        await write.WriteAsync(buffer.AsMemory(0, kept - WorksheetEnd.Length), cancellationToken);
        await WriteAsync(
            write,
            "<pageMargins left=\"0.4\" right=\"0.4\" top=\"0.5\" bottom=\"0.6\" header=\"0.3\" footer=\"0.3\"/>"
                + "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>"
                + $"<headerFooter><oddFooter>&amp;L{Escaped(title)}&amp;C&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
                + WorksheetEnd,
            cancellationToken
        );
    }

    // In a footer, an ampersand begins a command.
    private static string Escaped(string title)
    {
        var text = new StringBuilder();
        using (
            var xml = XmlWriter.Create(
                text,
                new XmlWriterSettings { ConformanceLevel = ConformanceLevel.Fragment }
            )
        )
        {
            xml.WriteString(title.Replace("&", "&&", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    private static async Task WriteAsync(Stream stream, string text, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
}
