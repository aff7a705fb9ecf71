using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Import;

/// <summary>What an import did.</summary>
/// <param name="ImportId">Its number.</param>
/// <param name="Files">The files that were there, in the order they were read.</param>
/// <param name="IgnoredFiles">CSV files in the folder whose names are not of any import file.</param>
/// <param name="RejectsFile">The full path of the file with the rejected rows; null if there are none.</param>
/// <param name="IsRefused">Whether the import was strict and had rejects, so that nothing was imported.</param>
internal sealed record ImportSummary(
    long ImportId,
    IReadOnlyList<FileSummary> Files,
    IReadOnlyList<string> IgnoredFiles,
    string? RejectsFile,
    bool IsRefused
)
{
    /// <summary>All rejected rows.</summary>
    public long Rejected => Files.Sum(f => f.Rejected);
}

/// <summary>
/// What came of the rows of one file: <see cref="Read"/> is the sum of the others. Where a key occurs on several
/// rows, the last one counts as inserted, updated or unchanged and those before it as superseded.
/// </summary>
internal sealed class FileSummary(string file, string sha256)
{
    private const int MaxExamples = 3;

    private readonly List<Duplicate> duplicates = [];

    public string File { get; } = file;

    /// <summary>The SHA-256 of the file, in hex.</summary>
    public string Sha256 { get; } = sha256;
    public long Read { get; set; }
    public long Inserted { get; set; }
    public long Updated { get; set; }
    public long Unchanged { get; set; }
    public long Superseded { get; private set; }
    public long Rejected { get; set; }

    /// <summary>The first few rows that superseded an earlier row of the file.</summary>
    public IReadOnlyList<Duplicate> Duplicates => duplicates;

    public ImportFileRow ToRow() =>
        new()
        {
            File = File,
            Sha256 = Sha256,
            Read = Read,
            Inserted = Inserted,
            Updated = Updated,
            Unchanged = Unchanged,
            Superseded = Superseded,
            Rejected = Rejected,
        };

    public void Supersede(long line, string key)
    {
        Superseded++;
        if (duplicates.Count < MaxExamples)
        {
            duplicates.Add(new(line, key));
        }
    }
}

/// <summary>A row whose key had occurred before in the file, and which replaced that row.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Key">Its key, the parts joined with <c>, </c>.</param>
internal sealed record Duplicate(long Line, string Key);

/// <summary>How far an import is.</summary>
/// <param name="File">The file being read.</param>
/// <param name="Rows">Rows read in all files.</param>
/// <param name="BytesDone">Bytes read in all files.</param>
/// <param name="BytesTotal">Bytes of all files.</param>
internal readonly record struct ImportProgress(string File, long Rows, long BytesDone, long BytesTotal);
