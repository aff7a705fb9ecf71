using System.Text;
using CsvHelper;

namespace PlanningServices.Worker.Import;

/// <summary>The rows of an import file, one at a time: its size does not matter.</summary>
internal sealed class CsvRows : IDisposable
{
    // A longer row is no row: somewhere a quote was opened and not closed.
    private const int MaxRowBytes = 64 * 1024 * 1024;

    private readonly string path;
    private readonly CsvReader reader;
    private CsvMalformedRecord? malformed;

    public CsvRows(string path)
    {
        this.path = path;
        reader = CsvReader.FromFile(
            path,
            new CsvReaderOptions
            {
                Separator = ',',
                HasHeader = false,
                TrackLineNumbers = true,
                MaxRecordSize = MaxRowBytes,
                OnMalformedRecord = record => malformed = record,
            },
            FileOptions.SequentialScan
        );
    }

    /// <summary>Where the row starts, in bytes.</summary>
    public long Position => reader.ByteOffset;

    /// <summary>How many fields the row has.</summary>
    public int Count => reader.FieldCount;

    /// <summary>The line of the file on which the row starts, from 1.</summary>
    public long Line => reader.LineNumber;

    /// <summary>The row as it stands in the file.</summary>
    public string Raw => Encoding.UTF8.GetString(reader.RawRecord);

    /// <summary>What is wrong with the quotes of the row, or null.</summary>
    public string? QuoteFault =>
        malformed is not { } fault || fault.LineNumber != Line
            ? null
            : fault.Reason switch
            {
                CsvMalformedReason.UnterminatedQuote => "opens a quote that is never closed",
                CsvMalformedReason.TextAfterClosingQuote => "has text after a closing quote",
                _ => "has a quote inside a field that does not begin with one",
            };

    /// <summary>Goes to the next row that is not blank.</summary>
    public bool Read()
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw new PlanningException(
                $"{Path.GetFileName(path)}:{e.LineNumber}: a row is longer than {MaxRowBytes} bytes. Most likely a quote "
                    + "was opened there and not closed. That row and those after it were not imported.",
                inner: e
            );
        }
    }

    /// <summary>A field as UTF-8, without its quotes; valid until the next row.</summary>
    public ReadOnlySpan<byte> this[int field] => reader.GetSpan(field);

    public string Text(int field) => Encoding.UTF8.GetString(reader.GetSpan(field));

    public void Dispose() => reader.Dispose();
}
