namespace PlanningServices.Worker.Data.Sqlite;

/// <summary>
/// The statements by which rows are loaded into a fact table. Parameters from 1 on are the columns in their order;
/// after them come the number of the import and a rowid.
/// </summary>
internal sealed class SqliteFactTableSql(FactColumns facts)
{
    private readonly string table = facts.Table;
    private readonly List<string> columns = [.. facts.Columns.Select(Stored)];
    private readonly List<string> keys = [.. facts.Keys.Select(Stored)];
    private readonly List<string> others = [.. facts.Others.Select(Stored)];

    /// <summary>The number of the parameter that is the import.</summary>
    public int ImportParameter => columns.Count + 1;

    /// <summary>The number of the parameter that is a rowid.</summary>
    public int RowidParameter => columns.Count + 2;

    public string LastRow => $"SELECT coalesce(max(rowid), 0) FROM {table}";

    public string Insert =>
        $"""
            INSERT INTO {table} ({Names(columns)}, {FactColumns.ImportedIn})
            VALUES ({Join(", ", columns, Parameter)}, ?{ImportParameter})
            ON CONFLICT ({Names(keys)}) DO NOTHING
            """;

    /// <summary>The rowid of the row with that key, and whether the rest of it is the same, too.</summary>
    public string Find => $"SELECT rowid, {IsSame} FROM {table} WHERE {HasKey}";

    /// <summary>Whether there is anything to update besides the key.</summary>
    public bool CanUpdate => others.Count > 0;

    public string Update =>
        $"""
            UPDATE {table}
            SET {Join(
                ", ",
                others,
                c => $"{c} = {Parameter(c)}"
            )}, {FactColumns.ImportedIn} = ?{ImportParameter}
            WHERE rowid = ?{RowidParameter}
            """;

    /// <summary>Keeps a row as a version that the import replaces, unless it has done so already.</summary>
    public string Keep =>
        $"""
            INSERT INTO {facts.VersionTable} ({Names(
                columns
            )}, {FactColumns.ImportedIn}, {FactColumns.ReplacedIn})
            SELECT {Names(columns)}, {FactColumns.ImportedIn}, ?{ImportParameter} FROM {table}
            WHERE rowid = ?{RowidParameter}
            ON CONFLICT DO NOTHING
            """;

    /// <summary>Whether the row is the same as the version that the import replaced.</summary>
    public string Compare => $"SELECT {IsSame} FROM {IsKept}";

    /// <summary>Says of a row that is the same again that the import did not make it.</summary>
    public string Restore =>
        $"""
            UPDATE {table} SET {FactColumns.ImportedIn} = (SELECT {FactColumns.ImportedIn} FROM {IsKept})
            WHERE rowid = ?{RowidParameter}
            """;

    /// <summary>Drops the version that the import replaced, of a row that it did not change after all.</summary>
    public string Forget => $"DELETE FROM {IsKept}";

    private string IsKept =>
        $"{facts.VersionTable} WHERE {HasKey} AND {FactColumns.ReplacedIn} = ?{ImportParameter}";

    private string HasKey => Join(" AND ", keys, k => $"{k} = {Parameter(k)}");

    private string IsSame => CanUpdate ? Join(" AND ", others, c => $"{c} IS {Parameter(c)}") : "1";

    private string Parameter(string column)
    {
        var number = 1;
        while (columns[number - 1] != column)
        {
            number++;
        }

        return $"?{number}";
    }

    // Amounts are kept in whole cents, and their columns say so.
    private static string Stored(FactColumn column) =>
        column.Type == FactType.Money ? column.Name + "_cents" : column.Name;

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);

    private static string Join(string separator, IEnumerable<string> names, Func<string, string> text) =>
        string.Join(separator, names.Select(text));
}
