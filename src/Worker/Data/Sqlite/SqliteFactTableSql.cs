namespace PlanningServices.Worker.Data.Sqlite;

/// <summary>
/// The statements by which rows are loaded into a fact table. Parameters from 1 on are the columns in their order;
/// the one after them is a rowid.
/// </summary>
internal sealed class SqliteFactTableSql(FactColumns facts)
{
    private readonly string table = facts.Table;
    private readonly List<string> columns = [.. facts.Columns.Select(Stored)];
    private readonly List<string> keys = [.. facts.Keys.Select(Stored)];
    private readonly List<string> others = [.. facts.Others.Select(Stored)];

    /// <summary>The number of the parameter that is a rowid.</summary>
    public int RowidParameter => columns.Count + 1;

    public string LastRow => $"SELECT coalesce(max(rowid), 0) FROM {table}";

    public string Insert =>
        $"""
            INSERT INTO {table} ({Names(columns)}) VALUES ({Join(", ", columns, Parameter)})
            ON CONFLICT ({Names(keys)}) DO NOTHING
            """;

    /// <summary>The rowid of the row with that key, and whether the rest of it is the same, too.</summary>
    public string Find =>
        $"SELECT rowid, {IsSame} FROM {table} WHERE {Join(" AND ", keys, k => $"{k} = {Parameter(k)}")}";

    /// <summary>Whether there is anything to update besides the key.</summary>
    public bool CanUpdate => others.Count > 0;

    public string Update =>
        $"UPDATE {table} SET {Join(", ", others, c => $"{c} = {Parameter(c)}")} WHERE rowid = ?{RowidParameter}";

    /// <summary>Makes the table of rows as they were before the file, for those that it updates.</summary>
    public string CreateBefore =>
        $"CREATE TEMP TABLE before_{table} AS SELECT rowid AS row_before, {Names(others)} FROM {table} LIMIT 0";

    public string IndexBefore =>
        $"CREATE UNIQUE INDEX temp.before_{table}_row ON before_{table} (row_before)";

    /// <summary>Keeps a row as it is, if none is kept of it.</summary>
    public string Keep =>
        $"""
            INSERT INTO temp.before_{table} SELECT rowid, {Names(others)} FROM {table} WHERE rowid = ?1
            ON CONFLICT DO NOTHING
            """;

    /// <summary>Whether a row is the same as the one kept.</summary>
    public string Compare => $"SELECT {IsSame} FROM temp.before_{table} WHERE row_before = ?{RowidParameter}";

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
