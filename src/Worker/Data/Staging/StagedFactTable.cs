using System.Data.Common;
using System.Globalization;
using System.Text;

namespace PlanningServices.Worker.Data.Staging;

/// <summary>
/// A fact table of a server: the rows of a file are staged, and come into the table all at once when the file is
/// finished, by a few statements.
/// </summary>
internal sealed class StagedFactTable : FactTable
{
    private readonly DatabaseConnection connection;
    private readonly FactColumns columns;
    private readonly long importId;
    private readonly Stage stage;
    private readonly StagedFactTableSql sql;
    private readonly List<AddedRow> told = [];
    private long rowsStaged;
    private long rowsChecked;
    private long inserted;
    private long updated;
    private long unchanged;

    public StagedFactTable(DatabaseConnection connection, FactColumns columns, long importId, Stage stage)
    {
        (this.connection, this.columns, this.importId, this.stage) = (connection, columns, importId, stage);
        sql = new(columns, stage);
        Execute(sql.CreateStage);
    }

    public override long Inserted => inserted;

    public override long Updated => updated;

    public override long Unchanged => unchanged;

    public override void Add(FactRow row, long line)
    {
        var values = new object?[columns.Columns.Count + 2];
        values[0] = ++rowsStaged;
        values[1] = line;
        for (var i = 0; i < columns.Columns.Count; i++)
        {
            values[i + 2] = row.IsAbsent(i) ? null : Value(row, i, columns.Columns[i].Type);
        }

        stage.Add(sql.Stage, sql.StagedColumns, values);
    }

    public override IReadOnlyList<AddedRow> DrainResults()
    {
        stage.Flush();
        if (rowsChecked < rowsStaged)
        {
            SetRefusedAside();
            rowsChecked = rowsStaged;
        }

        AddedRow[] rows = [.. told.OrderBy(t => t.Line)];
        told.Clear();
        return rows;
    }

    public override void Finish()
    {
        told.AddRange(
            Read(
                sql.Superseding,
                reader => new AddedRow(reader.GetInt64(0), UpsertResult.Superseding, Key(reader, 1), null)
            )
        );
        var source = told.Any(t => t.Result == UpsertResult.Superseding) ? sql.LastOfEachKey : sql.Stage;
        unchanged = Read(
            sql.CountUnchanged(source),
            reader => Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture)
        )[0];
        if (sql.CanUpdate)
        {
            Execute(sql.Keep(source));
            updated = Execute(sql.Update(source));
        }

        inserted = Execute(sql.Insert(source));
        Execute(sql.DropStage);
    }

    public override void Dispose() => stage.Dispose();

    /// <summary>Takes rows that refer to no row out of the stage.</summary>
    private void SetRefusedAside()
    {
        var refused = new Dictionary<long, AddedRow>();
        foreach (var column in columns.Columns.Where(c => c.References is not null))
        {
            foreach (
                var row in Read(
                    sql.Missing(column),
                    reader => new AddedRow(
                        reader.GetInt64(0),
                        UpsertResult.Refused,
                        Key(reader, 2),
                        (column.Name, reader.GetString(1))
                    )
                )
            )
            {
                // The first column at fault is the one that is reported.
                refused.TryAdd(row.Line, row);
            }
        }

        if (refused.Count > 0)
        {
            told.AddRange(refused.Values);
            Execute(sql.DeleteMissing);
        }
    }

    private static object Value(FactRow row, int column, FactType type) =>
        type switch
        {
            FactType.Text => Encoding.UTF8.GetString(row.Text(column)),
            FactType.Date => DateOnly.ParseExact(
                Encoding.UTF8.GetString(row.Text(column)),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture
            ),
            FactType.Number => checked((int)row.Number(column)),
            FactType.Money => row.Number(column) / 100m,
        };

    /// <summary>The key of a row that was read, as texts, from a column on.</summary>
    private string Key(DbDataReader reader, int first) =>
        string.Join(
            ", ",
            columns.Keys.Select(
                (key, i) =>
                    key.Type == FactType.Date
                        ? SqlText.Of(reader.GetFieldValue<DateOnly>(first + i))
                        : reader.GetString(first + i)
            )
        );

    private int Execute(string text)
    {
        using var command = Command(text);
        return command.ExecuteNonQuery();
    }

    private List<T> Read<T>(string text, Func<DbDataReader, T> read)
    {
        using var command = Command(text);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    // A large file takes as long as it takes.
    private DbCommand Command(string text)
    {
        var command = connection.Driver.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = 0;
        command.Transaction = connection.Transaction;
        Add("checked", rowsChecked);
        Add("importId", importId);
        return command;

        void Add(string name, long value)
        {
            if (text.Contains("@" + name, StringComparison.Ordinal))
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                parameter.Value = value;
                command.Parameters.Add(parameter);
            }
        }
    }
}
