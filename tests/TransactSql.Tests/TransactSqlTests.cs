using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PlanningServices.TransactSql.Tests;

/// <summary>SQL Server cannot be run everywhere; what can be known of its scripts and queries without it is known here.</summary>
public sealed class TransactSqlTests
{
    private const string Ordinal = "Latin1_General_BIN2";

    private static readonly SqlFile? Stage = Repository.Queries.SingleOrDefault(q => q.Name == Binding.Stage);

    private static readonly IReadOnlyList<SqlFile> Scripts =
    [
        .. Repository.Migrations("sqlserver"),
        .. Repository.Roles.Where(r => r.Name == "sqlserver.sql"),
    ];

    [Fact]
    public void There_are_scripts_and_queries_to_check()
    {
        Assert.True(Scripts.Count >= 7, $"Only {Scripts.Count} scripts for SQL Server were found.");
        Assert.Equal(Repository.HasQueries, Repository.Queries.Count > 0);
    }

    [Fact]
    public void Every_script_and_query_can_be_read_by_SQL_Server_2019() =>
        AssertNone(Scripts.Concat(Repository.Queries).SelectMany(f => Syntax.TryParse(f).Problems));

    [Fact]
    public void Every_script_and_query_stays_in_the_subset_that_SQL_Server_and_Babelfish_share() =>
        AssertNone(Scripts.Concat(Repository.Queries).SelectMany(Subset.Problems));

    [Fact]
    public void The_migrations_lead_to_a_schema_in_which_everything_is_found() =>
        AssertNone(new Binding(Schema.Current, Stage).SchemaProblems());

    [Fact]
    public void Every_query_names_tables_and_columns_that_exist() =>
        AssertNone(
            new Binding(Schema.Current, Stage).Problems([
                .. Repository.Queries.Where(q => q.Name is not (Binding.Stage or Binding.Journal)),
            ])
        );

    [Fact]
    public void What_migrations_do_to_rows_names_tables_and_columns_that_exist_then()
    {
        var migrations = Repository.Migrations("sqlserver");
        var problems = new List<string>();
        for (var i = 0; i < migrations.Count; i++)
        {
            var data = Schema.DataStatements(migrations[i]).Select(Syntax.Text).ToList();
            if (data.Count > 0)
            {
                var statements = new SqlFile(migrations[i].Name, string.Join(";\n", data));
                problems.AddRange(
                    new Binding(new Schema(migrations.Take(i + 1)).WithDropped(), null).Problems([statements])
                );
            }
        }

        AssertNone(problems);
    }

    [Fact]
    public void Every_parameter_has_the_type_of_the_column_that_it_is_compared_with() =>
        AssertNone(Repository.Queries.SelectMany(q => Comparisons.Problems(q, Schema.Current)));

    [Fact]
    public void Every_text_compares_ordinally_in_tables_and_temporary_tables()
    {
        AssertNone(Scripts.Concat(Repository.Queries).SelectMany(TableCheck.Problems));
    }

    [Fact]
    public void Queries_create_no_tables_but_the_stage_and_the_journal_of_migrations() =>
        AssertNone(
            Repository
                .Queries.Where(q => q.Name is not (Binding.Stage or Binding.Journal))
                .SelectMany(q =>
                    TableCheck.TablesOf(q).Select(t => $"{q.Name}: creates {t}; do so in {Binding.Stage}")
                )
        );

    // All of them, in full.
    private static void AssertNone(IEnumerable<string> problems)
    {
        var all = string.Join(Environment.NewLine, problems);
        if (all.Length > 0)
        {
            Assert.Fail(all);
        }
    }

    // Without a collation a column has that of the database, a temporary one that of the server's own; without NULL
    // or NOT NULL it depends on the connection.
    private sealed class TableCheck(SqlFile file) : TSqlFragmentVisitor
    {
        private readonly List<string> problems = [];
        private readonly List<string> tables = [];

        public static List<string> Problems(SqlFile file) => Of(file).problems;

        public static List<string> TablesOf(SqlFile file) => Of(file).tables;

        public override void Visit(CreateTableStatement node)
        {
            var table = Syntax.Name(node.SchemaObjectName);
            tables.Add(table);
            Check(table, node.Definition);
        }

        public override void Visit(DeclareTableVariableBody node) =>
            Check(node.VariableName.Value, node.Definition);

        private void Check(string table, TableDefinition definition)
        {
            foreach (var column in definition.ColumnDefinitions)
            {
                var name = $"{table}.{column.ColumnIdentifier.Value}";
                if (
                    !SchedulerTables.Has(table)
                    && IsText(column.DataType)
                    && column.Collation?.Value != Ordinal
                )
                {
                    problems.Add(Syntax.Problem(file, column.StartLine, $"{name} lacks COLLATE {Ordinal}"));
                }

                if (!column.Constraints.OfType<NullableConstraintDefinition>().Any())
                {
                    problems.Add(
                        Syntax.Problem(file, column.StartLine, $"{name} says neither NULL nor NOT NULL")
                    );
                }
            }
        }

        private static TableCheck Of(SqlFile file)
        {
            var check = new TableCheck(file);
            Syntax.TryParse(file).Script.Accept(check);
            return check;
        }

        private static bool IsText(DataTypeReference type) =>
            type
                is SqlDataTypeReference
                {
                    SqlDataTypeOption: SqlDataTypeOption.Char
                        or SqlDataTypeOption.VarChar
                        or SqlDataTypeOption.NChar
                        or SqlDataTypeOption.NVarChar
                        or SqlDataTypeOption.Text
                        or SqlDataTypeOption.NText
                };
    }
}
