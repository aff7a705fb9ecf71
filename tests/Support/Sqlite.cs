using Microsoft.Data.Sqlite;

namespace PlanningServices.Tests.Support;

/// <summary>Reads and damages databases behind the program's back.</summary>
internal static class Sqlite
{
    public static async Task ExecuteAsync(string file, string sql)
    {
        await using var connection = Open(file);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The first column of the first row as text; empty if there is no table, no row, or no database yet.</summary>
    public static string Scalar(string file, string sql)
    {
        try
        {
            using var connection = Open(file, ";Mode=ReadOnly");
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            return Convert.ToString(
                    command.ExecuteScalar(),
                    System.Globalization.CultureInfo.InvariantCulture
                ) ?? "";
        }
        catch (SqliteException)
        {
            return "";
        }
    }

    private static SqliteConnection Open(string file, string more = "")
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False{more}");
        connection.Open();
        return connection;
    }
}
