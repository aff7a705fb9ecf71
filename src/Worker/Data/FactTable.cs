using System.Text;

namespace PlanningServices.Worker.Data;

/// <summary>What became of a row given to a fact table.</summary>
internal enum UpsertResult
{
    /// <summary>It is written, or was there just so.</summary>
    Taken,

    /// <summary>It is written in place of an earlier row with its key from the same file.</summary>
    Superseding,

    /// <summary>It refers to a row that does not exist, or breaks another constraint; nothing was written.</summary>
    Refused,
}

/// <summary>
/// A fact table while one file is loaded into it: inserts rows or updates them by key, and counts what that did to
/// the table since the file began, so that several rows with one key count as one. What it replaces is kept as a version.
/// </summary>
internal abstract class FactTable : IDisposable
{
    /// <summary>Rows that the file added to the table; known when it is finished.</summary>
    public abstract long Inserted { get; }

    /// <summary>Rows that were there before the file and are different now; known when it is finished.</summary>
    public abstract long Updated { get; }

    /// <summary>Rows that were there before the file just as it has them; known when it is finished.</summary>
    public abstract long Unchanged { get; }

    /// <summary>Takes a row of the file.</summary>
    public abstract void Add(FactRow row, long line);

    /// <summary>
    /// What became of the rows added since it was last asked, where that is worth a word, by their lines. Some is told
    /// only when the file is finished.
    /// </summary>
    public abstract IReadOnlyList<AddedRow> DrainResults();

    /// <summary>Brings all rows of the file into the table.</summary>
    public abstract void Finish();

    public abstract void Dispose();
}

/// <summary>What became of a row that was added, where it was not just taken.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Key">Its key, the columns joined with a comma.</param>
/// <param name="Missing">Of a row that refers to none: the column, and its value.</param>
internal sealed record AddedRow(
    long Line,
    UpsertResult Result,
    string Key,
    (string Column, string Value)? Missing
);

/// <summary>A fact table and its columns, the keys first.</summary>
internal sealed record FactColumns(string Table, IReadOnlyList<FactColumn> Columns)
{
    /// <summary>The column, of facts and of their versions, with the number of the import that made the version.</summary>
    public const string ImportedIn = "imported_in";

    /// <summary>The column, of versions, with the number of the import that replaced it.</summary>
    public const string ReplacedIn = "replaced_in";

    /// <summary>The table of versions that imports replaced; there is none where rows are all key.</summary>
    public string VersionTable => $"{Table}_version";

    public IEnumerable<FactColumn> Keys => Columns.Where(c => c.IsKey);

    public IEnumerable<FactColumn> Others => Columns.Where(c => !c.IsKey);

    /// <summary>The key of a row, its columns joined with a comma; keys are texts and dates.</summary>
    public string KeyOf(FactRow row) =>
        string.Join(", ", Keys.Select((_, i) => Encoding.UTF8.GetString(row.Text(i))));
}

/// <summary>A column of a fact table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsKey">Whether it is part of the key.</param>
/// <param name="References">The table, and its key, where its value must be; absent for most.</param>
internal sealed record FactColumn(
    string Name,
    FactType Type,
    bool IsKey = false,
    (string Table, string Key)? References = null
);

/// <summary>What a column of a fact table holds.</summary>
internal enum FactType
{
    Text,
    Date,
    Number,

    /// <summary>Money, given in whole cents.</summary>
    Money,
}
