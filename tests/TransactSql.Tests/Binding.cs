using System.Globalization;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PlanningServices.TransactSql.Tests;

/// <summary>
/// Binds queries to a schema with DacFx: each becomes a procedure with the parameters it uses, and the model of it all
/// says which tables and columns it does not find.
/// </summary>
/// <param name="schema">The schema.</param>
/// <param name="stage">
/// The script that creates the temporary tables, which queries then share. They are bound as ordinary tables, because
/// the columns of temporary ones are not looked at.
/// </param>
internal sealed class Binding(Schema schema, SqlFile? stage)
{
    /// <summary>The name of the file that creates the temporary tables.</summary>
    public const string Stage = "create_stage.sql";

    // Procedures of the server, of which the model knows nothing.
    private const string ServerProcedures = """
        CREATE PROCEDURE dbo.sp_getapplock
            @Resource nvarchar(255), @LockMode varchar(32), @LockOwner varchar(32) = 'Transaction',
            @LockTimeout int = -1, @DbPrincipal sysname = 'public'
        AS RETURN 0;
        GO
        CREATE PROCEDURE dbo.sp_releaseapplock
            @Resource nvarchar(255), @LockOwner varchar(32) = 'Transaction', @DbPrincipal sysname = 'public'
        AS RETURN 0;
        """;

    /// <summary>The query that creates the journal of migrations, before the first of them runs.</summary>
    public const string Journal = "create_journal.sql";

    private static readonly TSqlObjectOptions Options = new() { QuotedIdentifier = true, AnsiNulls = true };

    /// <summary>What is wrong with the schema alone.</summary>
    public IReadOnlyList<string> SchemaProblems()
    {
        try
        {
            return Validate([]);
        }
        catch (SpoiledModelException e)
        {
            return e.Problems;
        }
    }

    /// <summary>What is wrong with the queries.</summary>
    public IReadOnlyList<string> Problems(IReadOnlyList<SqlFile> queries)
    {
        var unknown = queries.SelectMany(UnknownParameters).ToList();
        var known = queries.Where(q => UnknownParameters(q).Count == 0).ToList();

        try
        {
            return [.. unknown, .. Validate(known)];
        }
        catch (SpoiledModelException)
        {
            return [.. unknown, .. known.SelectMany(ValidateAlone)];
        }
    }

    private static List<string> UnknownParameters(SqlFile query) =>
        [
            .. Variables
                .UsedBy(query)
                .Where(v => !ParameterTypes.ByName.ContainsKey(v))
                .Select(v =>
                    $"{query.Name}: parameter {v} has no type. Name it as other queries do, or add it to "
                    + $"{nameof(ParameterTypes)}.cs."
                ),
        ];

    private IReadOnlyList<string> ValidateAlone(SqlFile query)
    {
        try
        {
            return Validate([query]);
        }
        catch (SpoiledModelException e)
        {
            return e.Problems;
        }
    }

    private List<string> Validate(IReadOnlyList<SqlFile> queries)
    {
        Assert.SkipUnless(
            CultureInfo.GetCultures(CultureTypes.NeutralCultures).Length > 1,
            "DacFx needs the cultures of the machine. Install ICU (Debian: libicu), and run without "
                + "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT."
        );

        using var model = new TSqlModel(
            SqlServerVersion.Sql150,
            new TSqlModelOptions { Collation = "Latin1_General_100_CI_AS" }
        );
        try
        {
            model.AddOrUpdateObjects(
                string.Join("\nGO\n", schema.Statements.Append(ServerProcedures)),
                "schema",
                Options
            );
            if (stage is not null)
            {
                model.AddOrUpdateObjects(Tables(stage), stage.Name, Options);
            }

            foreach (var query in queries)
            {
                model.AddOrUpdateObjects(Procedure(query), query.Name, Options);
            }
        }
        catch (DacModelException)
        {
            throw new SpoiledModelException([
                .. model
                    .GetModelErrors()
                    .Select(e =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{e.SourceName}:{e.Line - 1}: {AsWritten(e.Message)}"
                        )
                    ),
            ]);
        }

        return [.. model.Validate().Select(m => m.Message).Where(m => !IsOfTheServer(m)).Select(AsWritten)];
    }

    // The model does not know the server's own views either, and they need no watching.
    private static bool IsOfTheServer(string message) =>
        message.Contains(" object [sys].[", StringComparison.Ordinal)
        || message.Contains(" following objects: [sys].[", StringComparison.Ordinal);

    private static string Procedure(SqlFile query)
    {
        var parameters = Variables.UsedBy(query).Select(v => $"{v} {ParameterTypes.ByName[v]}");
        return $"CREATE PROCEDURE dbo.[{query.Name}] {string.Join(", ", parameters)} AS\n{AsOrdinaryTables(query)}\n";
    }

    // The model takes one statement a batch.
    private static string Tables(SqlFile stage) =>
        string.Join(
            "\nGO\n",
            Syntax
                .Parse(stage with { Text = AsOrdinaryTables(stage) })
                .Batches.SelectMany(b => b.Statements)
                .Where(s => s is CreateTableStatement or CreateIndexStatement)
                .Select(Syntax.Text)
        );

    // #decisions becomes _decisions, which keeps what follows in its place.
    private static string AsOrdinaryTables(SqlFile file) =>
        string.Concat(
            Syntax
                .TryParse(file)
                .Script.ScriptTokenStream.Select(t =>
                    t.TokenType == TSqlTokenType.Identifier && t.Text.StartsWith('#')
                        ? $"_{t.Text[1..]}"
                        : t.Text
                )
        );

    private static string AsWritten(string message) =>
        message.Replace("[dbo].[_", "[#", StringComparison.Ordinal);

    /// <summary>
    /// An error that no model recovers from: every statement added after it fails, too, so of several queries each then
    /// needs a model of its own.
    /// </summary>
    private sealed class SpoiledModelException(IReadOnlyList<string> problems) : Exception
    {
        public IReadOnlyList<string> Problems => problems;
    }

    /// <summary>The variables that a query uses and does not declare: its parameters.</summary>
    private sealed class Variables : TSqlFragmentVisitor
    {
        private readonly SortedSet<string> used = new(StringComparer.Ordinal);
        private readonly HashSet<string> declared = new(StringComparer.OrdinalIgnoreCase);

        public static IReadOnlyList<string> UsedBy(SqlFile query)
        {
            var variables = new Variables();
            Syntax.TryParse(query).Script.Accept(variables);
            return [.. variables.used.Where(v => !variables.declared.Contains(v))];
        }

        public override void Visit(VariableReference node) => used.Add(node.Name);

        public override void Visit(DeclareVariableElement node) => declared.Add(node.VariableName.Value);

        // EXEC procedure @Name = value: the name is one of the procedure's.
        public override void ExplicitVisit(ExecuteParameter node) => node.ParameterValue?.Accept(this);
    }
}
