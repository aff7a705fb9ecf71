using System.Globalization;
using CsvHelper;

namespace PlanningServices.Worker.Import;

/// <summary>
/// The rejected rows as a CSV file, made when the first comes. It is also where they wait until the import is over:
/// a strict import that is refused rolls back everything, and there may be more rejects than memory.
/// </summary>
internal sealed class RejectsFile(string path) : IDisposable
{
    private CsvWriter? writer;

    public int Count { get; private set; }

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public void Add(Reject reject)
    {
        writer ??= Create();
        writer.WriteField(reject.File);
        writer.WriteField(reject.Line.ToString(CultureInfo.InvariantCulture));
        writer.WriteField(reject.Column);
        writer.WriteField(reject.Value);
        writer.WriteField(reject.Reason);
        writer.EndRecord();
        Count++;
    }

    /// <summary>Closes the file and reads it back. One left by an earlier import keeps no row of it.</summary>
    public IEnumerable<Reject> Finish()
    {
        if (writer is null)
        {
            if (File.Exists(Path))
            {
                Create().Dispose();
            }

            yield break;
        }

        Dispose();
        using var rows = new CsvRows(Path);
        rows.Read();
        while (rows.Read())
        {
            yield return new(
                rows.Text(0),
                long.Parse(rows.Text(1), CultureInfo.InvariantCulture),
                rows.Text(2),
                rows.Text(3),
                rows.Text(4)
            );
        }
    }

    public void Dispose() => writer?.Dispose();

    private CsvWriter Create()
    {
        try
        {
            var created = CsvWriter.ToFile(Path, new CsvWriterOptions { NewLine = "\n" });
            foreach (var column in (string[])["file", "line", "column", "value", "reason"])
            {
                created.WriteField(column);
            }

            created.EndRecord();
            return created;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanningException(
                $"The rejected rows cannot be written to '{Path}': {e.Message} Name another file with --rejects.",
                inner: e
            );
        }
    }
}
