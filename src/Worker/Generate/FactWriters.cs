using CsvHelper;
using PlanningServices.Worker.Import;

namespace PlanningServices.Worker.Generate;

/// <summary>The import files of a folder, each open for rows to be appended.</summary>
internal sealed class FactWriters : IDisposable
{
    private readonly Dictionary<string, CsvWriter> writers;

    public FactWriters(string folder)
    {
        Directory.CreateDirectory(folder);
        writers = ImportFile.All.ToDictionary(f => f.Table, f => Open(folder, f), StringComparer.Ordinal);
    }

    /// <summary>Appends a row; a null field is an absent value.</summary>
    public void Write(string table, params ReadOnlySpan<string?> fields)
    {
        var writer = writers[table];
        foreach (var field in fields)
        {
            writer.WriteField(field);
        }

        writer.EndRecord();
    }

    public void Dispose()
    {
        foreach (var writer in writers.Values)
        {
            writer.Dispose();
        }
    }

    private static CsvWriter Open(string folder, ImportFile file)
    {
        var writer = CsvWriter.ToFile(
            Path.Combine(folder, file.Name),
            new CsvWriterOptions { NewLine = "\n" }
        );
        foreach (var column in file.Columns)
        {
            writer.WriteField(column.Name);
        }

        writer.EndRecord();
        return writer;
    }
}
