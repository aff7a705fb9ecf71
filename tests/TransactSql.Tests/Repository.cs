namespace PlanningServices.TransactSql.Tests;

/// <summary>The SQL of the program, as it lies in the repository.</summary>
internal static class Repository
{
    // It comes before other queries and is none by itself.
    private const string AsKnown = "as_known.sql";

    private static readonly string Root = FindRoot();

    /// <summary>The migrations of a kind of database, in the order in which they run.</summary>
    public static IReadOnlyList<SqlFile> Migrations(string kind) => Read("db", "migrations", kind);

    /// <summary>The roles on SQL Server and on PostgreSQL.</summary>
    public static IReadOnlyList<SqlFile> Roles { get; } = Read("db", "roles");

    /// <summary>
    /// The queries that the program sends to SQL Server: its own, and the common ones that it has none of its own for.
    /// </summary>
    public static IReadOnlyList<SqlFile> Queries { get; } =
    [
        .. Read("src", "Worker", "Data", "Sql", "sqlserver")
            .Concat(Read("src", "Worker", "Data", "Sql", "common"))
            .DistinctBy(f => f.Name)
            .Select(f => f.Name == AsKnown ? f with { Text = $"{f.Text} SELECT v.* FROM voucher v" } : f)
            .OrderBy(f => f.Name, StringComparer.Ordinal),
    ];

    /// <summary>Whether the program keeps its queries in files.</summary>
    public static bool HasQueries { get; } = Directory.Exists(Folder("src", "Worker", "Data", "Sql"));

    private static IReadOnlyList<SqlFile> Read(params string[] folder) =>
        Directory.Exists(Folder(folder))
            ?
            [
                .. Directory
                    .EnumerateFiles(Folder(folder), "*.sql")
                    .Order(StringComparer.Ordinal)
                    .Select(f => new SqlFile(Path.GetFileName(f), File.ReadAllText(f))),
            ]
            : [];

    private static string Folder(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PlanningServices.sln")))
        {
            folder =
                folder.Parent
                ?? throw new InvalidOperationException(
                    $"No folder above '{AppContext.BaseDirectory}' has PlanningServices.sln. Run the tests from a "
                        + "build within the repository."
                );
        }

        return folder.FullName;
    }
}

/// <summary>A file of SQL: its name with the ending, and its text.</summary>
internal sealed record SqlFile(string Name, string Text);
