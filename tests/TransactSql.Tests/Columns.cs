using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PlanningServices.TransactSql.Tests;

/// <summary>
/// The columns that migrations lead to on a kind of database, each as <c>table.column</c>, followed by <c> not null</c>
/// where it always has a value.
/// </summary>
internal static partial class Columns
{
    public static IReadOnlySet<string> OfSqlite(IEnumerable<SqlFile> migrations)
    {
        const string columns = """
            SELECT t.name || '.' || c.name || iif(c."notnull" OR c.pk > 0, ' not null', '')
            FROM sqlite_schema t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'
            """;
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        foreach (var migration in migrations)
        {
            command.CommandText = migration.Text;
            command.ExecuteNonQuery();
        }

        command.CommandText = columns;
        using var rows = command.ExecuteReader();
        var found = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Read())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }

    public static IReadOnlySet<string> OfSqlServer(Schema schema) =>
        schema
            .Tables.Where(t => !SchedulerTables.Has(t.Key))
            .SelectMany(t =>
                t.Value.Definition.ColumnDefinitions.Select(c =>
                    Column(t.Key, c.ColumnIdentifier.Value, IsNotNull(c))
                )
            )
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// Reads CREATE TABLE, a column or constraint a line, ADD COLUMN and DROP TABLE; passes over what changes only constraints;
    /// refuses what would need more.
    /// </summary>
    public static IReadOnlySet<string> OfPostgres(IEnumerable<SqlFile> migrations)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var migration in migrations)
        {
            if (
                AlterOrDropTable()
                    .IsMatch(
                        DropTable()
                            .Replace(
                                AlterConstraint().Replace(AddColumn().Replace(migration.Text, ""), ""),
                                ""
                            )
                    )
            )
            {
                throw new InvalidOperationException(
                    $"{migration.Name} alters or drops a table; teach the check what becomes of its columns."
                );
            }

            foreach (Match dropped in DropTable().Matches(migration.Text))
            {
                found.RemoveWhere(c =>
                    c.StartsWith($"{dropped.Groups["table"].Value}.", StringComparison.Ordinal)
                );
            }

            found.UnionWith(
                AddColumn()
                    .Matches(migration.Text)
                    .Select(added =>
                        Column(
                            added.Groups["table"].Value,
                            added.Groups["column"].Value,
                            NotNull().IsMatch(added.Value)
                        )
                    )
            );
            foreach (Match table in CreateTable().Matches(migration.Text))
            {
                var name = table.Groups["name"].Value;
                var body = Within(migration.Text, table.Index + table.Length);
                found.UnionWith(
                    Parts(Comment().Replace(body, ""))
                        .Where(part => !SchedulerTables.Has(name) && !Constraint().IsMatch(part))
                        .Select(part => Column(name, part.Split(' ')[0], NotNull().IsMatch(part)))
                );
            }
        }

        return found;
    }

    private static string Column(string table, string column, bool isNotNull) =>
        $"{table}.{column}{(isNotNull ? " not null" : "")}";

    private static bool IsNotNull(ColumnDefinition column) =>
        column.Constraints.OfType<NullableConstraintDefinition>().Any(n => !n.Nullable);

    /// <summary>What is within the parenthesis that was opened just before.</summary>
    private static string Within(string text, int start)
    {
        var depth = 1;
        var end = start;
        while (depth > 0)
        {
            depth += text[end] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            end++;
        }

        return text[start..(end - 1)];
    }

    private static IEnumerable<string> Parts(string text)
    {
        var depth = 0;
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at == text.Length || (depth == 0 && text[at] == ','))
            {
                yield return text[start..at].Trim();
                start = at + 1;
            }
            else if (text[at] is '(' or ')')
            {
                depth += text[at] == '(' ? 1 : -1;
            }
        }
    }

    [GeneratedRegex(
        @"\bCREATE TABLE (?<name>\w+) \(",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex CreateTable();

    [GeneratedRegex(
        @"\b(ALTER|DROP) TABLE\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex AlterOrDropTable();

    [GeneratedRegex(
        @"\bDROP TABLE (?<table>\w+);",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex DropTable();

    [GeneratedRegex(
        @"\bALTER TABLE (?<table>\w+) ADD COLUMN (?<column>\w+) [^;]+;",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex AddColumn();

    [GeneratedRegex(
        @"\bALTER TABLE \w+ (ADD|DROP) CONSTRAINT [^;]+;",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex AlterConstraint();

    [GeneratedRegex("--.*", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(
        @"^(CHECK|PRIMARY KEY|FOREIGN KEY|UNIQUE|CONSTRAINT)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Constraint();

    [GeneratedRegex(
        @"\b(NOT NULL|PRIMARY KEY)\b",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex NotNull();
}
