using System.Text;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>
/// A table as a spreadsheet saves it: fields in quotes where they hold a separator, a quote or a line end (RFC 4180);
/// commas between them, or semicolons where the comma is for decimals, or tabs.
/// </summary>
internal sealed class Spreadsheet
{
    private readonly List<SheetRow> rows = [];
    private readonly List<string> fields = [];
    private readonly StringBuilder field = new();
    private int line = 1;
    private int started = 1;
    private int number = 1;

    /// <summary>The rows that are not empty, and the separator; empty fields at the end of a row are left out.</summary>
    public static (IReadOnlyList<SheetRow> Rows, char Separator) Read(string text, FileFaults faults)
    {
        var separator = text.AsSpan().IndexOfAny(',', ';', '\t') is >= 0 and var first ? text[first] : ',';
        var sheet = new Spreadsheet();
        var at = 0;
        while (at < text.Length)
        {
            if (text[at] == '"' && sheet.field.Length == 0)
            {
                at = sheet.Quoted(text, at + 1, faults);
            }
            else
            {
                sheet.Plain(text[at++], separator);
            }
        }

        sheet.Plain('\n', separator);
        return (sheet.rows, separator);
    }

    /// <summary>Takes a field up to its second quote; two quotes in it stand for one.</summary>
    /// <returns>The place after it.</returns>
    private int Quoted(string text, int at, FileFaults faults)
    {
        var opened = line;
        for (; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                line += text[at] == '\n' ? 1 : 0;
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                at++;
            }
            else
            {
                return at + 1;
            }

            field.Append(text[at]);
        }

        faults.Add(opened, $"a field starts with '\"' here, and no other '\"' ends it.");
        return at;
    }

    private void Plain(char letter, char separator)
    {
        if (letter != separator && letter != '\n')
        {
            field.Append(letter);
            return;
        }

        fields.Add(field.ToString().Trim());
        field.Clear();
        if (letter == '\n')
        {
            CloseRow();
        }
    }

    private void CloseRow()
    {
        while (fields.Count > 0 && fields[^1].Length == 0)
        {
            fields.RemoveAt(fields.Count - 1);
        }

        if (fields.Count > 0)
        {
            rows.Add(new(started, number, [.. fields]));
        }

        fields.Clear();
        number++;
        line++;
        started = line;
    }
}

/// <summary>A row of a spreadsheet.</summary>
/// <param name="Line">The line of the file that it starts on, from 1.</param>
/// <param name="Number">Its number in the spreadsheet, from 1.</param>
/// <param name="Fields">Its fields.</param>
internal sealed record SheetRow(int Line, int Number, IReadOnlyList<string> Fields)
{
    /// <summary>A field; empty where the row ends before it.</summary>
    public string this[int column] => column < Fields.Count ? Fields[column] : "";

    /// <summary>What the spreadsheet calls a field, such as <c>B12</c>.</summary>
    public string NameOf(int column) =>
        FormattableString.Invariant(
            $"{(column < 26 ? "" : (char)('A' + (column / 26) - 1))}{(char)('A' + (column % 26))}{Number}"
        );
}
