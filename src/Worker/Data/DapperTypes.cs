using System.Data;
using Dapper;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data;

/// <summary>Dates and instants on their way through Dapper: texts in SQLite, types of their own on servers.</summary>
internal static class DapperTypes
{
    public static void Register()
    {
        SqlMapper.RemoveTypeMap(typeof(DateOnly));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.AddTypeHandler(new Dates());
        SqlMapper.AddTypeHandler(new Instants());
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
