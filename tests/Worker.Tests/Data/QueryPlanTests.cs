using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Data;

/// <summary>The facts of a range of customers are found by indexes, however many others there are.</summary>
public sealed partial class QueryPlanTests : IDisposable
{
    private readonly TempDatabase temp = new();

    public static TheoryData<string> OfARangeOfCustomers { get; } =
    [
        .. typeof(Database)
            .Assembly.GetManifestResourceNames()
            .Where(n =>
                n.StartsWith("sql/sqlite/", StringComparison.Ordinal)
                || n.StartsWith("sql/common/", StringComparison.Ordinal)
            )
            .Select(n => Path.GetFileNameWithoutExtension(n))
            .Distinct(StringComparer.Ordinal)
            .Where(n => Range().IsMatch(new Queries("sqlite")[n]))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(OfARangeOfCustomers))]
    public void SQLite_reads_no_table_as_a_whole(string query)
    {
        Assert.Empty(WholeTables(temp.Database.Query(query)));
        Assert.Empty(WholeTables(temp.Database.Query("as_known") + temp.Database.Query(query)));
    }

    public void Dispose() => temp.Dispose();

    /// <summary>The steps that read all of a table, or make an index for the query over all of it.</summary>
    private List<string> WholeTables(string query)
    {
        using var connection = new SqliteConnection($"Data Source={temp.File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + query;
        foreach (Match parameter in Parameter().Matches(query))
        {
            if (!command.Parameters.Contains(parameter.Value))
            {
                command.Parameters.AddWithValue(parameter.Value, "");
            }
        }

        var steps = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var step = reader.GetString(3);
            if (Whole().IsMatch(step))
            {
                steps.Add(step);
            }
        }

        return steps;
    }

    [GeneratedRegex("customer_id >= @from", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();

    [GeneratedRegex("@[a-zA-Z]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    // What is made for the query has a name of one letter. The index by import holds nearly all rows of a table.
    [GeneratedRegex(
        "^SCAN (?!.$)|AUTOMATIC|^MATERIALIZE (?!.$)|_by_import",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Whole();
}
