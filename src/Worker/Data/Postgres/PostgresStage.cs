using Npgsql;
using NpgsqlTypes;
using PlanningServices.Worker.Data.Staging;

namespace PlanningServices.Worker.Data.Postgres;

/// <summary>A temporary table of PostgreSQL, filled by COPY.</summary>
internal sealed class PostgresStage(NpgsqlConnection driver) : Stage
{
    private NpgsqlBinaryImporter? copy;

    public override string Create(string name) => $"CREATE TEMPORARY TABLE {name}";

    public override string NameFor(string table) => $"staged_{table}";

    public override string TypeOf(FactType type) =>
        type switch
        {
            FactType.Text => "text COLLATE \"C\"",
            FactType.Date => "date",
            FactType.Number => "integer",
            FactType.Money => "decimal(19, 4)",
        };

    public override string Differs(IEnumerable<string> columns)
    {
        var all = columns.ToList();
        return $"({string.Join(", ", all.Select(c => "t." + c))}) IS DISTINCT FROM ({string.Join(", ", all.Select(c => "s." + c))})";
    }

    public override string Update(string table, string assignments, string source, string condition) =>
        $"UPDATE {table} AS t SET {assignments} FROM {source} AS s WHERE {condition}";

    public override void Add(string table, IReadOnlyList<string> columns, object?[] values)
    {
        copy ??= driver.BeginBinaryImport(
            $"COPY {table} ({string.Join(", ", columns)}) FROM STDIN (FORMAT BINARY)"
        );
        copy.StartRow();
        foreach (var value in values)
        {
            switch (value)
            {
                case null:
                    copy.WriteNull();
                    break;
                case string text:
                    copy.Write(text, NpgsqlDbType.Text);
                    break;
                case DateOnly date:
                    copy.Write(date, NpgsqlDbType.Date);
                    break;
                case int number:
                    copy.Write(number, NpgsqlDbType.Integer);
                    break;
                case long number:
                    copy.Write(number, NpgsqlDbType.Bigint);
                    break;
                case decimal money:
                    copy.Write(money, NpgsqlDbType.Numeric);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(values), value, null);
            }
        }
    }

    public override void Flush()
    {
        copy?.Complete();
        copy?.Dispose();
        copy = null;
    }

    public override void Dispose() => copy?.Dispose();
}
