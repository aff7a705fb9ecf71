using System.Data;
using System.Data.Common;
using System.Globalization;

namespace PlanningServices.Worker.Data;

/// <summary>A prepared statement of a server, by the commands and readers of its driver.</summary>
internal sealed class CommandStatement : Statement
{
    private readonly DatabaseConnection connection;
    private readonly DbCommand command;
    private DbDataReader? reader;

    public CommandStatement(DatabaseConnection connection, string sql)
    {
        this.connection = connection;
        command = connection.Driver.CreateCommand();
        command.CommandText = sql;
    }

    public override void Bind(string parameter, string? text) =>
        DapperTypes.SetText(Parameter(parameter), text);

    public override void Bind(string parameter, long number)
    {
        var bound = Parameter(parameter);
        (bound.DbType, bound.Value) = (DbType.Int64, number);
    }

    public override void Bind(string parameter, DateOnly date)
    {
        var bound = Parameter(parameter);
        (bound.DbType, bound.Value) = (DbType.Date, date);
    }

    public override int Execute()
    {
        command.Transaction = connection.Transaction;
        return command.ExecuteNonQuery();
    }

    public override bool Read()
    {
        if (reader is null)
        {
            command.Transaction = connection.Transaction;
            reader = command.ExecuteReader();
        }

        if (reader.Read())
        {
            return true;
        }

        Reset();
        return false;
    }

    public override void Reset()
    {
        reader?.Dispose();
        reader = null;
    }

    public override bool IsNull(int column) => reader!.IsDBNull(column);

    // Counts and sums come in the width that the server finds right.
    public override long Number(int column) =>
        Convert.ToInt64(reader!.GetValue(column), CultureInfo.InvariantCulture);

    public override int Int(int column) =>
        reader!.GetFieldType(column) == typeof(int) ? reader.GetInt32(column) : checked((int)Number(column));

    public override string Text(int column) => reader!.GetString(column);

    public override string RepeatedText(int column) => Text(column);

    // By way of whole cents, so that 1600.0000 reads as 1600, wherever it is kept.
    public override decimal Money(int column) =>
        new decimal(decimal.ToInt64(reader!.GetDecimal(column) * 100m)) / 100m;

    public override DateOnly Date(int column) => reader!.GetFieldValue<DateOnly>(column);

    public override DateOnly? OptionalDate(int column) => IsNull(column) ? null : Date(column);

    public override bool TextEquals(int column, string text) =>
        string.Equals(reader!.GetString(column), text, StringComparison.Ordinal);

    public override void Dispose()
    {
        Reset();
        command.Dispose();
    }

    private DbParameter Parameter(string name)
    {
        if (command.Parameters.Contains(name))
        {
            return command.Parameters[name];
        }

        var added = command.CreateParameter();
        added.ParameterName = name;
        command.Parameters.Add(added);
        return added;
    }
}
