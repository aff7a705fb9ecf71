using System.Data;
using Microsoft.Data.SqlClient;
using PlanningServices.Worker.Data.Staging;

namespace PlanningServices.Worker.Data.SqlServer;

/// <summary>A temporary table of SQL Server, filled by bulk copy.</summary>
internal sealed class SqlServerStage(DatabaseConnection connection) : Stage
{
    private DataTable? rows;

    public override string Create(string name) => $"CREATE TABLE {name}";

    public override string NameFor(string table) => $"#staged_{table}";

    // Texts of facts have 200 characters at most.
    public override string TypeOf(FactType type) =>
        type switch
        {
            FactType.Text => "nvarchar(200) COLLATE Latin1_General_BIN2",
            FactType.Date => "date",
            FactType.Number => "int",
            FactType.Money => "decimal(19, 4)",
        };

    public override string Differs(IEnumerable<string> columns)
    {
        var all = columns.ToList();
        return $"NOT EXISTS (SELECT {string.Join(", ", all.Select(c => "t." + c))} INTERSECT SELECT {string.Join(", ", all.Select(c => "s." + c))})";
    }

    public override string Update(string table, string assignments, string source, string condition) =>
        $"UPDATE t SET {assignments} FROM {table} AS t CROSS JOIN {source} AS s WHERE {condition}";

    public override void Add(string table, IReadOnlyList<string> columns, object?[] values)
    {
        if (rows is null)
        {
            rows = new(table);
            for (var i = 0; i < columns.Count; i++)
            {
                // The first two are numbers; of the others any value tells the type, and none is needed where all are absent.
                rows.Columns.Add(columns[i], i < 2 ? typeof(long) : typeof(object));
            }
        }

        // Bulk copy does not know dates without a time.
        rows.Rows.Add([.. values.Select(v => v is DateOnly date ? date.ToDateTime(TimeOnly.MinValue) : v)]);
    }

    public override void Flush()
    {
        if (rows is null)
        {
            return;
        }

        BulkCopy(connection, rows);
        rows.Dispose();
        rows = null;
    }

    public override void Dispose() => rows?.Dispose();

    /// <summary>Copies rows into the table of their name, columns by name.</summary>
    public static void BulkCopy(DatabaseConnection connection, DataTable rows)
    {
        using var copy = new SqlBulkCopy(
            (SqlConnection)connection.Driver,
            SqlBulkCopyOptions.Default,
            (SqlTransaction?)connection.Transaction
        )
        {
            DestinationTableName = rows.TableName,
            BulkCopyTimeout = 0,
        };
        foreach (DataColumn column in rows.Columns)
        {
            copy.ColumnMappings.Add(column.ColumnName, column.ColumnName);
        }

        copy.WriteToServer(rows);
    }
}
