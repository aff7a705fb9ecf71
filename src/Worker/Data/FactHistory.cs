using System.Globalization;
using Dapper;

namespace PlanningServices.Worker.Data;

/// <summary>Reads the versions of facts: those that hold now, and those that imports replaced.</summary>
internal sealed class FactHistory(DatabaseConnection connection)
{
    /// <summary>The versions of the facts of a table whose key is, or begins with, an id; by key, then the first first.</summary>
    public IReadOnlyList<FactVersion> Of(FactColumns facts, string id)
    {
        var first = facts.Keys.First().Name;
        return connection.InSnapshot<IReadOnlyList<FactVersion>>(() =>
            [
                .. Read(facts.Table)
                    .Concat(facts.Others.Any() ? Read(facts.VersionTable) : [])
                    .OrderBy(v => v.Key, StringComparer.Ordinal)
                    .ThenBy(v => v.ImportedIn),
            ]
        );

        // Names of tables and columns are the program's own.
        IEnumerable<FactVersion> Read(string table) =>
            connection
                .Driver.Query(
                    $"SELECT * FROM {table} WHERE {first} = @id",
                    new { id },
                    connection.Transaction
                )
                .Select(row => VersionOf(facts, (IDictionary<string, object?>)row));
    }

    /// <summary>What is known otherwise now than at an import about the facts of a table whose key is, or begins with, an id.</summary>
    public IEnumerable<FactCorrection> CorrectedSince(FactColumns facts, string id, long importId)
    {
        foreach (var versions in Of(facts, id).GroupBy(v => v.Key, StringComparer.Ordinal))
        {
            var now = versions.Single(v => v.ReplacedIn is null);
            var then = versions.SingleOrDefault(v =>
                v.ImportedIn <= importId && (v.ReplacedIn is null || v.ReplacedIn > importId)
            );
            if (then is null)
            {
                yield return new(now.Fact, now.Key, null, null, null, versions.First().ImportedIn);
                continue;
            }

            foreach (var (column, value) in now.Values.Where(v => v.Value != then.Values[v.Key]))
            {
                yield return new(now.Fact, now.Key, column, then.Values[column], value, now.ImportedIn);
            }
        }
    }

    private static FactVersion VersionOf(FactColumns facts, IDictionary<string, object?> row) =>
        new(
            facts.Table,
            string.Join(", ", facts.Keys.Select(c => Text(c, row))),
            Convert.ToInt64(row[FactColumns.ImportedIn], CultureInfo.InvariantCulture),
            row.TryGetValue(FactColumns.ReplacedIn, out var replaced)
                ? Convert.ToInt64(replaced, CultureInfo.InvariantCulture)
                : null,
            facts.Columns.ToDictionary(c => c.Name, c => Text(c, row), StringComparer.Ordinal)
        );

    private static string? Text(FactColumn column, IDictionary<string, object?> row) =>
        row.TryGetValue($"{column.Name}_cents", out var cents)
            ? Amount(Convert.ToInt64(cents, CultureInfo.InvariantCulture) / 100m)
            : row[column.Name] switch
            {
                null => null,
                string text => text,
                DateOnly date => SqlText.Of(date),
                DateTime midnight => SqlText.Of(DateOnly.FromDateTime(midnight)),
                decimal amount => Amount(amount),
                var number => Convert.ToString(number, CultureInfo.InvariantCulture),
            };

    private static string Amount(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);
}

/// <summary>One version of a fact.</summary>
/// <param name="Fact">The kind of fact, named as its table.</param>
/// <param name="Key">Its key; several columns are joined with a comma.</param>
/// <param name="ImportedIn">The import that made the version.</param>
/// <param name="ReplacedIn">The import that replaced it; absent where it holds now.</param>
/// <param name="Values">What it says, by column, written as in import files; null where it is absent.</param>
internal sealed record FactVersion(
    string Fact,
    string Key,
    long ImportedIn,
    long? ReplacedIn,
    IReadOnlyDictionary<string, string?> Values
);

/// <summary>What is known of a fact now, and was not at an import.</summary>
/// <param name="Fact">The kind of fact, named as its table.</param>
/// <param name="Key">Its key.</param>
/// <param name="Column">The column that was corrected; absent where the fact was not known at all.</param>
/// <param name="Then">Its value then; absent where it had none.</param>
/// <param name="Now">Its value now; absent where it has none.</param>
/// <param name="ImportId">The import that brought what is known now.</param>
internal sealed record FactCorrection(
    string Fact,
    string Key,
    string? Column,
    string? Then,
    string? Now,
    long ImportId
);
