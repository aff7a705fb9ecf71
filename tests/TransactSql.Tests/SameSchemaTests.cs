using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PlanningServices.TransactSql.Tests;

/// <summary>The program finds the same tables on every kind of database.</summary>
public sealed partial class SameSchemaTests
{
    private static readonly IReadOnlyList<SqlFile> Sqlite = Repository.Migrations("sqlite");
    private static readonly IReadOnlyList<SqlFile> Postgres = Repository.Migrations("postgres");
    private static readonly IReadOnlyList<SqlFile> SqlServer = Repository.Migrations("sqlserver");

    [Fact]
    public void The_migrations_have_the_same_names_and_servers_have_one_more_for_the_scheduler()
    {
        string[] scheduler = ["V0006__scheduler.sql"];
        Assert.Equal(Names(Postgres), Names(SqlServer));
        Assert.Equal(Names(Postgres).Except(scheduler), Names(Sqlite));

        static IEnumerable<string> Names(IEnumerable<SqlFile> migrations) => migrations.Select(m => m.Name);
    }

    [Fact]
    public void Every_script_begins_with_why_it_is_there() =>
        Assert.All(
            Sqlite.Concat(Postgres).Concat(SqlServer).Concat(Repository.Roles),
            s => Assert.StartsWith("-- ", s.Text, StringComparison.Ordinal)
        );

    [Fact]
    public void SQLite_and_PostgreSQL_have_the_same_columns_but_for_the_unit_of_amounts() =>
        AssertSame(InWholeUnits(Columns.OfSqlite(Sqlite)), Columns.OfPostgres(Postgres));

    [Fact]
    public void PostgreSQL_and_SQL_Server_have_the_same_columns() =>
        AssertSame(Columns.OfPostgres(Postgres), Columns.OfSqlServer(Schema.Current));

    [Fact]
    public void PostgreSQL_and_SQL_Server_have_the_same_views() =>
        Assert.Equal(Created("VIEW", Postgres), Schema.Current.Views.Order(StringComparer.Ordinal));

    [Fact]
    public void SQLite_and_PostgreSQL_have_the_same_views() =>
        Assert.Equal(Created("VIEW", Sqlite), Created("VIEW", Postgres));

    [Fact]
    public void Every_database_has_the_triggers_that_SQLite_has()
    {
        Assert.Equal(Created("TRIGGER", Sqlite), Schema.Current.Triggers.Order(StringComparer.Ordinal));
        // Only PostgreSQL has a TRUNCATE for which no other trigger fires.
        Assert.Equal(
            Created("TRIGGER", Sqlite),
            Created("TRIGGER", Postgres).Except(["policy_log_is_not_emptied", "console_log_is_not_emptied"])
        );
    }

    [Fact]
    public void The_roles_say_of_every_table_and_view_what_may_be_done_with_it_on_SQL_Server()
    {
        var granted = new Grants();
        Syntax.Parse(Repository.Roles.Single(r => r.Name == "sqlserver.sql")).Accept(granted);
        Assert.Equal(
            Schema
                .Current.Tables.Keys.Concat(Schema.Current.Views)
                .Append("schema_journal")
                .Order(StringComparer.Ordinal),
            granted.Names.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_roles_on_PostgreSQL_only_name_tables_that_exist()
    {
        var roles = Repository.Roles.Single(r => r.Name == "postgres.sql").Text;
        var named = GrantOn()
            .Matches(roles)
            .SelectMany(m => m.Groups["tables"].Value.Split(',', StringSplitOptions.TrimEntries))
            .ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Created("TABLE", Postgres), StringComparer.Ordinal));
    }

    [Fact]
    public void A_column_that_one_database_lacks_is_seen()
    {
        SqlFile[] more =
        [
            .. Postgres,
            new("x.sql", "CREATE TABLE x (a text NOT NULL, b date, CHECK (a <> ''))"),
        ];
        Assert.Equal(
            ["x.a not null", "x.b"],
            Columns.OfPostgres(more).Except(Columns.OfSqlServer(Schema.Current)).Order(StringComparer.Ordinal)
        );
    }

    private static HashSet<string> InWholeUnits(IEnumerable<string> columns) =>
        columns
            .Select(c => c.Replace(".amount_cents", ".amount", StringComparison.Ordinal))
            .ToHashSet(StringComparer.Ordinal);

    private static void AssertSame(IReadOnlySet<string> one, IReadOnlySet<string> other)
    {
        Assert.NotEmpty(one);
        Assert.Equal(one.Order(StringComparer.Ordinal), other.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Created(string what, IEnumerable<SqlFile> migrations) =>
        migrations
            .SelectMany(m => Create().Matches(m.Text))
            .Where(m => m.Groups["what"].Value == what)
            .Select(m => m.Groups["name"].Value)
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(
        @"^CREATE (?<what>TABLE|VIEW|TRIGGER) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Create();

    [GeneratedRegex(
        @"\bGRANT [A-Z, ]+ ON (?<tables>[a-z_,\s]+) TO planning_run;",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex GrantOn();

    private sealed class Grants : TSqlFragmentVisitor
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public override void Visit(GrantStatement node)
        {
            if (node.SecurityTargetObject is { ObjectKind: SecurityObjectKind.NotSpecified } target)
            {
                Names.Add(target.ObjectName.MultiPartIdentifier[^1].Value);
            }
        }
    }
}
