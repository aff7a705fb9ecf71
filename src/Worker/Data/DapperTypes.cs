using System.Data;
using System.Text;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data;

/// <summary>
/// Dates, instants and texts on their way through Dapper: dates are texts in SQLite and have types of their own on servers.
/// </summary>
internal static class DapperTypes
{
    // The longest an nvarchar may be that is not nvarchar(max).
    private const int DeclaredLength = 4000;

    public static void Register()
    {
        SqlMapper.RemoveTypeMap(typeof(DateOnly));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(string));
        SqlMapper.AddTypeHandler(new Dates());
        SqlMapper.AddTypeHandler(new Instants());
        SqlMapper.AddTypeHandler(typeof(string), new Texts());
    }

    /// <summary>Gives a parameter a text; null where it is absent.</summary>
    /// <remarks>
    /// SQL Server compares a varchar key with an nvarchar parameter by converting the key, which costs its index; the other
    /// way round it converts the parameter. So what can be is sent as varchar: ASCII is the same in every code page. Each
    /// length that is declared would be another plan, so there are only two.
    /// </remarks>
    public static void SetText(IDbDataParameter parameter, string? text)
    {
        parameter.DbType = DbType.String;
        if (parameter is SqlParameter && text is not null)
        {
            parameter.DbType = Ascii.IsValid(text) ? DbType.AnsiString : DbType.String;
            parameter.Size = text.Length <= DeclaredLength ? DeclaredLength : -1;
        }

        parameter.Value = (object?)text ?? DBNull.Value;
    }

    // Not by way of TypeHandler<string>, which leaves what is absent without a type.
    private sealed class Texts : SqlMapper.ITypeHandler
    {
        public object? Parse(Type destinationType, object value) => (string)value;

        public void SetValue(IDbDataParameter parameter, object value) => SetText(parameter, value as string);
    }

    private sealed class Dates : SqlMapper.TypeHandler<DateOnly>
    {
        public override DateOnly Parse(object value) =>
            value switch
            {
                DateOnly date => date,
                DateTime midnight => DateOnly.FromDateTime(midnight),
                string text => SqlText.ToDate(text),
                _ => throw new InvalidCastException($"'{value}' is not a date."),
            };

        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = parameter is SqliteParameter ? DbType.String : DbType.Date;
            parameter.Value = parameter is SqliteParameter ? SqlText.Of(value) : value;
        }
    }

    private sealed class Instants : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) =>
            value switch
            {
                DateTimeOffset instant => instant,
                DateTime utc => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc)),
                string text => SqlText.ToInstant(text),
                _ => throw new InvalidCastException($"'{value}' is not an instant."),
            };

        // Whole milliseconds everywhere, so that what is read is what was written.
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            var utc = value.UtcDateTime;
            if (parameter is SqlParameter)
            {
                parameter.DbType = DbType.DateTime2;
            }

            parameter.Value =
                parameter is SqliteParameter
                    ? SqlText.Of(value)
                    : utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }
}
