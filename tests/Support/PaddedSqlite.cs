using DbUp.Engine;
using PlanningServices.Worker.Data;

namespace PlanningServices.Tests.Support;

/// <summary>
/// A SQLite file that compares as SQL Server does: texts that differ only in spaces at their end are equal in every column,
/// key and index.
/// </summary>
internal static class PaddedSqlite
{
    /// <summary>Migrates a file that is empty.</summary>
    public static void Migrate(TempDatabase temp) =>
        new Migrator(temp.Database, [.. Scripts()], temp.Time).Apply();

    private static IEnumerable<SqlScript> Scripts()
    {
        var assembly = typeof(Migrator).Assembly;
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.StartsWith("migrations/sqlite/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return new(
                name,
                reader.ReadToEnd().Replace(" TEXT", " TEXT COLLATE RTRIM", StringComparison.Ordinal)
            );
        }
    }
}
