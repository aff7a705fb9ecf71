namespace PlanningServices.Worker.Data.Staging;

/// <summary>The statements by which staged rows come into a fact table.</summary>
/// <param name="facts">The table and its columns.</param>
/// <param name="stage">The temporary table.</param>
internal sealed class StagedFactTableSql(FactColumns facts, Stage stage)
{
    private const string RowNo = "row_no";
    private const string Line = "line";

    private readonly List<string> columns = [.. facts.Columns.Select(c => c.Name)];
    private readonly List<string> keys = [.. facts.Keys.Select(c => c.Name)];
    private readonly List<string> others = [.. facts.Others.Select(c => c.Name)];

    /// <summary>The name of the temporary table.</summary>
    public string Stage => stage.NameFor(facts.Table);

    /// <summary>Its columns: the number of the row, its line in the file, then those of the table.</summary>
    public IReadOnlyList<string> StagedColumns => [RowNo, Line, .. columns];

    public string CreateStage =>
        $"{stage.Create(Stage)} ({RowNo} bigint NOT NULL, {Line} bigint NOT NULL, {Join(", ", facts.Columns, c => $"{c.Name} {stage.TypeOf(c.Type)} NULL")})";

    public string DropStage => $"DROP TABLE {Stage}";

    /// <summary>Line, value and key of rows not checked yet whose reference is to no row.</summary>
    public string Missing(FactColumn column) =>
        $"SELECT s.{Line}, s.{column.Name}, {Join(", ", keys, k => "s." + k)} FROM {Stage} s WHERE s.{RowNo} > @checked AND {IsMissing(column, "s")} ORDER BY s.{RowNo}";

    /// <summary>Takes rows not checked yet out of which some reference is to no row.</summary>
    public string DeleteMissing =>
        $"DELETE FROM {Stage} WHERE {RowNo} > @checked AND ({Join(" OR ", facts.Columns.Where(c => c.References is not null), c => IsMissing(c, Stage))})";

    /// <summary>Line and key of rows whose key occurred before.</summary>
    public string Superseding =>
        $"SELECT t.{Line}, {Join(", ", keys, k => "t." + k)} FROM (SELECT s.{RowNo}, s.{Line}, {Join(", ", keys, k => "s." + k)}, row_number() OVER (PARTITION BY {Join(", ", keys, k => "s." + k)} ORDER BY s.{RowNo}) AS n FROM {Stage} s) t WHERE t.n > 1 ORDER BY t.{RowNo}";

    /// <summary>In place of the stage, where a key occurs more than once: the last row of each.</summary>
    public string LastOfEachKey =>
        $"(SELECT w.* FROM (SELECT s.*, row_number() OVER (PARTITION BY {Join(", ", keys, k => "s." + k)} ORDER BY s.{RowNo} DESC) AS n FROM {Stage} s) w WHERE w.n = 1)";

    /// <summary>How many rows are in the table just so.</summary>
    public string CountUnchanged(string source) =>
        $"SELECT count(*) FROM {source} s JOIN {facts.Table} t ON {SameKey}{(others.Count == 0 ? "" : $" WHERE NOT ({stage.Differs(others)})")}";

    /// <summary>Whether there is anything to update besides the key.</summary>
    public bool CanUpdate => others.Count > 0;

    /// <summary>Keeps rows that are in the table otherwise as versions that the import replaces.</summary>
    public string Keep(string source) =>
        $"INSERT INTO {facts.VersionTable} ({string.Join(", ", columns)}, {FactColumns.ImportedIn}, {FactColumns.ReplacedIn}) SELECT {Join(", ", columns, c => "t." + c)}, t.{FactColumns.ImportedIn}, @importId FROM {source} s JOIN {facts.Table} t ON {SameKey} WHERE {stage.Differs(others)}";

    /// <summary>Updates rows that are in the table otherwise.</summary>
    public string Update(string source) =>
        stage.Update(
            facts.Table,
            $"{Join(", ", others, c => $"{c} = s.{c}")}, {FactColumns.ImportedIn} = @importId",
            source,
            $"{SameKey} AND {stage.Differs(others)}"
        );

    /// <summary>Inserts rows whose key is not in the table.</summary>
    public string Insert(string source) =>
        $"INSERT INTO {facts.Table} ({string.Join(", ", columns)}, {FactColumns.ImportedIn}) SELECT {Join(", ", columns, c => "s." + c)}, @importId FROM {source} s WHERE NOT EXISTS (SELECT 1 FROM {facts.Table} t WHERE {SameKey})";

    private string SameKey => Join(" AND ", keys, k => $"t.{k} = s.{k}");

    private static string IsMissing(FactColumn column, string alias)
    {
        var (table, key) = column.References!.Value;
        return $"{alias}.{column.Name} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.{key} = {alias}.{column.Name})";
    }

    private static string Join<T>(string separator, IEnumerable<T> items, Func<T, string> text) =>
        string.Join(separator, items.Select(text));
}
