namespace PlanningServices.TransactSql.Tests;

/// <summary>The checks see what they are there for.</summary>
public sealed class GuardTests
{
    private static readonly SqlFile Stage = new(
        Binding.Stage,
        """
        CREATE TABLE #status (
            voucher_id varchar(40) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
            status nvarchar(30) COLLATE Latin1_General_BIN2 NOT NULL
        );
        """
    );

    [Theory]
    [InlineData("SELECT voucher_id FROM voucher WHERE agreement_id = @id")]
    [InlineData(
        "UPDATE v SET status = s.status FROM voucher v JOIN #status s ON s.voucher_id = v.voucher_id"
    )]
    [InlineData("INSERT INTO #status (voucher_id, status) SELECT voucher_id, status FROM voucher")]
    [InlineData("EXEC sp_getapplock @Resource = 'run', @LockMode = 'Exclusive', @LockTimeout = -1")]
    [InlineData(
        "DECLARE @r int; EXEC @r = sp_getapplock @Resource = @job, @LockMode = 'Shared'; SELECT @r AS r"
    )]
    public void A_query_in_which_all_is_right_is_not_reported(string query) => Assert.Empty(Problems(query));

    [Theory]
    [InlineData("SELECT vouchr_id FROM voucher WHERE voucher_id = @id")]
    [InlineData("SELECT voucher_id FROM voucher WHERE vouchr_id = @id")]
    [InlineData("UPDATE voucher SET vouchr_id = 'x' WHERE voucher_id = @id")]
    [InlineData("SELECT d.vouchr_id FROM decision_listing d")]
    public void A_query_that_names_a_wrong_column_is_reported(string query) =>
        AssertReported("vouchr_id", query);

    [Fact]
    public void A_query_that_names_a_wrong_table_is_reported() =>
        AssertReported("vouchers", "SELECT voucher_id FROM vouchers");

    [Theory]
    [InlineData("UPDATE v SET status = s.state FROM voucher v JOIN #status s ON s.voucher_id = v.voucher_id")]
    [InlineData("INSERT INTO #status (voucher_id, state) SELECT voucher_id, status FROM voucher")]
    public void A_query_that_names_a_wrong_column_of_a_temporary_table_is_reported(string query) =>
        AssertReported("[#status].[state]", query);

    [Fact]
    public void A_query_that_names_a_wrong_temporary_table_is_reported() =>
        AssertReported("[#statuses]", "SELECT s.status FROM #statuses s");

    [Fact]
    public void A_parameter_without_a_type_is_reported() =>
        AssertReported(
            "parameter @vouchr has no type",
            "SELECT voucher_id FROM voucher WHERE voucher_id = @vouchr"
        );

    [Theory]
    [InlineData("SELECT vouchr_id FROM voucher")]
    [InlineData("SELECT voucher_id FROM voucher ORDER BY voucher_id LIMIT 10")]
    public void A_query_that_is_wrong_is_reported_beside_those_that_are_right(string query)
    {
        var right = new SqlFile("right.sql", "SELECT voucher_id FROM voucher WHERE voucher_id = @id");
        var wrong = new SqlFile("wrong.sql", query);
        var after = right with { Name = "after.sql" };
        var problem = Assert.Single(new Binding(Schema.Current, null).Problems([right, wrong, after]));
        Assert.Contains("wrong.sql", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT voucher_id FROM voucher ORDER BY voucher_id LIMIT 10")]
    [InlineData("SELECT voucher_id FROM voucher WHERE division IS DISTINCT FROM product")]
    [InlineData("SELECT voucher_id || country FROM voucher")]
    [InlineData("INSERT INTO run (job) VALUES (@job) RETURNING run_id")]
    [InlineData("SELECT file FROM import_file")]
    public void What_SQL_Server_2019_cannot_read_is_reported(string query) =>
        Assert.StartsWith(
            "query.sql:1: ",
            Assert.Single(Syntax.TryParse(new("query.sql", query)).Problems),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(
        "MERGE voucher v USING #status s ON s.voucher_id = v.voucher_id WHEN MATCHED THEN UPDATE SET status = s.status;",
        "MERGE; write an UPDATE and an INSERT ... WHERE NOT EXISTS"
    )]
    [InlineData(
        "CREATE OR ALTER VIEW v AS SELECT 1 AS one",
        "CREATE OR ALTER; migrations only run once, so write CREATE"
    )]
    [InlineData(
        "WITH v AS (SELECT status FROM voucher) UPDATE v SET status = NULL",
        "UPDATE through a common table expression; name the table"
    )]
    [InlineData(
        "WITH v AS (SELECT status FROM voucher) UPDATE x SET status = NULL FROM v x",
        "UPDATE through a common table expression; name the table"
    )]
    [InlineData(
        "WITH d AS (SELECT outcome FROM decision) DELETE FROM d",
        "DELETE through a common table expression; name the table"
    )]
    [InlineData(
        "CREATE TABLE t (a int NOT NULL, INDEX t_a (a))",
        "an index within a table; write a CREATE INDEX"
    )]
    [InlineData("CREATE TABLE t (a int NOT NULL INDEX t_a)", "an index within a table; write a CREATE INDEX")]
    [InlineData(
        "UPDATE r SET fence = 1 OUTPUT inserted.run_id INTO #t FROM run_partition r JOIN run u ON u.run_id = r.run_id",
        "OUTPUT of an UPDATE ... FROM; read the rows in a statement of their own"
    )]
    [InlineData(
        "UPDATE voucher SET status = NULL OUTPUT inserted.voucher_id",
        "OUTPUT of an UPDATE without INTO; a table with a trigger refuses it"
    )]
    [InlineData(
        "DELETE FROM policy_log OUTPUT deleted.entry_no",
        "OUTPUT of a DELETE without INTO; a table with a trigger refuses it"
    )]
    [InlineData(
        "SELECT voucher_id INTO #found FROM voucher",
        "SELECT INTO #found; create the table, so that its columns are known"
    )]
    [InlineData(
        "INSERT INTO quarantine (run_id, customer_id) VALUES (1, 'c', 'e')",
        "INSERT of 3 values into 2 columns"
    )]
    [InlineData(
        "INSERT INTO quarantine (run_id, customer_id) SELECT run_id FROM run",
        "INSERT of 1 values into 2 columns"
    )]
    [InlineData("INSERT INTO quarantine VALUES (1, 'c', 'e')", "INSERT without columns; list them")]
    [InlineData(
        "SELECT substr(details, 1, 2) FROM decision",
        "the function substr; add it to the known ones if SQL Server 2019 and Babelfish both have it"
    )]
    public void What_is_outside_the_subset_is_reported(string query, string problem) =>
        Assert.Equal([$"query.sql:1: {problem}"], Subset.Problems(new("query.sql", query)));

    [Theory]
    [InlineData(
        "EXEC sp_getapplock @Resource = 'run', @LockMode = 'Exclusive'",
        "sp_getapplock without its result; a lock that was not given raises no error"
    )]
    [InlineData(
        "CREATE TRIGGER t ON voucher AFTER UPDATE AS BEGIN UPDATE run SET job = job END",
        "a trigger that does not begin with SET NOCOUNT ON"
    )]
    public void What_says_nothing_or_says_too_much_is_reported(string query, string problem) =>
        Assert.Equal([$"query.sql:1: {problem}"], Subset.Problems(new("query.sql", query)));

    [Theory]
    [InlineData(
        "SELECT voucher_id FROM voucher WHERE voucher_id = @invoiceNumber",
        "voucher_id",
        "nvarchar",
        "varchar"
    )]
    [InlineData(
        "SELECT v.days FROM voucher v WHERE @job < v.voucher_id",
        "voucher_id",
        "nvarchar",
        "varchar"
    )]
    [InlineData("SELECT days FROM voucher WHERE status = @id", "status", "varchar", "nvarchar")]
    [InlineData("UPDATE run SET error = NULL WHERE run_id = @leaseSeconds", "run_id", "int", "bigint")]
    public void A_parameter_of_another_type_than_the_column_is_reported(
        string query,
        string column,
        string parameter,
        string type
    ) =>
        Assert.EndsWith(
            $"is {parameter}, and the column {column} is {type}: one is converted, which may cost an index",
            Assert.Single(Comparisons.Problems(new("query.sql", query), Schema.Current)),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_query_that_gives_rows_out_of_an_insert_into_a_table_with_a_trigger_is_reported() =>
        Assert.Equal(
            ["query.sql:1: OUTPUT of an INSERT into voucher without INTO; a table with a trigger refuses it"],
            Comparisons.Problems(
                new("query.sql", "INSERT INTO voucher (voucher_id) OUTPUT inserted.days VALUES ('v')"),
                Schema.Current
            )
        );

    [Fact]
    public void A_migration_is_followed_through_what_it_alters_and_drops()
    {
        var schema = new Schema([
            new(
                "1.sql",
                "CREATE TABLE t (a int NOT NULL, b int NOT NULL CONSTRAINT b_positive CHECK (b > 0))"
            ),
            new("2.sql", "CREATE INDEX t_a ON t (a);\nGO\nCREATE VIEW v AS SELECT a FROM t;"),
            new(
                "3.sql",
                """
                ALTER TABLE t ADD c date NULL;
                ALTER TABLE t ALTER COLUMN a bigint NOT NULL;
                ALTER TABLE t DROP CONSTRAINT b_positive;
                ALTER TABLE t DROP COLUMN b;
                DROP INDEX t_a ON t;
                DROP VIEW v;
                """
            ),
        ]);
        Assert.Equal(
            ["CREATE TABLE t ( a BIGINT NOT NULL, c DATE NULL )"],
            schema.Statements.Select(OneLine)
        );

        static string OneLine(string statement) =>
            string.Join(
                    ' ',
                    statement.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
                )
                .TrimEnd(';');
    }

    [Fact]
    public void A_migration_that_the_check_cannot_follow_is_reported()
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
            new Schema([new("1.sql", "EXEC sp_rename 'voucher', 'coupon'")])
        );
        Assert.Equal(
            "1.sql:1: the check cannot follow a ExecuteStatement; teach it what becomes of the schema",
            error.Message
        );
    }

    private static IReadOnlyList<string> Problems(string query) =>
        new Binding(Schema.Current, Stage).Problems([new("query.sql", query)]);

    private static void AssertReported(string what, string query)
    {
        var problems = Problems(query);
        Assert.NotEmpty(problems);
        Assert.All(problems, p => Assert.Contains(what, p, StringComparison.Ordinal));
    }
}
