using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PlanningServices.TransactSql.Tests;

/// <summary>
/// Finds what SQL Server 2019 and Babelfish for PostgreSQL do not both understand, and what goes wrong only where a
/// statement runs, so that binding it to the schema says nothing.
/// </summary>
internal sealed class Subset : TSqlFragmentVisitor
{
    // Functions are not bound to anything, so SQLite's substr would pass. The usual ones that both servers have.
    private static readonly HashSet<string> KnownFunctions = new(StringComparer.OrdinalIgnoreCase)
    {
        "abs",
        "charindex",
        "concat",
        "count",
        "count_big",
        "database_principal_id",
        "datalength",
        "dateadd",
        "datediff",
        "db_id",
        "db_name",
        "dense_rank",
        "getdate",
        "isnull",
        "lag",
        "lead",
        "len",
        "lower",
        "ltrim",
        "max",
        "min",
        "newid",
        "ntile",
        "object_id",
        "rank",
        "replace",
        "replicate",
        "reverse",
        "round",
        "row_number",
        "rtrim",
        "schema_name",
        "scope_identity",
        "string_agg",
        "substring",
        "sum",
        "sysutcdatetime",
        "trim",
        "upper",
    };

    private readonly SqlFile file;
    private readonly List<string> problems = [];
    private readonly HashSet<string> expressions = new(StringComparer.OrdinalIgnoreCase);

    private Subset(SqlFile file) => this.file = file;

    public static IReadOnlyList<string> Problems(SqlFile file)
    {
        var subset = new Subset(file);
        Syntax.TryParse(file).Script.Accept(subset);
        return subset.problems;
    }

    public override void Visit(MergeStatement node) =>
        Report(node, "MERGE; write an UPDATE and an INSERT ... WHERE NOT EXISTS");

    // Otherwise what it changes counts as if the statement had changed it.
    public override void Visit(CreateTriggerStatement node)
    {
        var first = node.StatementList.Statements[0];
        if (first is BeginEndBlockStatement block)
        {
            first = block.StatementList.Statements[0];
        }

        if (first is not PredicateSetStatement { Options: SetOptions.NoCount, IsOn: true })
        {
            Report(node, "a trigger that does not begin with SET NOCOUNT ON");
        }
    }

    // It raises no error: the lock may not be held.
    public override void Visit(ExecuteSpecification node)
    {
        if (
            node.Variable is null
            && node.ExecutableEntity is ExecutableProcedureReference procedure
            && string.Equals(
                procedure.ProcedureReference.ProcedureReference?.Name.BaseIdentifier.Value,
                "sp_getapplock",
                StringComparison.OrdinalIgnoreCase
            )
        )
        {
            Report(node, "sp_getapplock without its result; a lock that was not given raises no error");
        }
    }

    public override void Visit(CreateOrAlterFunctionStatement node) => ReportCreateOrAlter(node);

    public override void Visit(CreateOrAlterProcedureStatement node) => ReportCreateOrAlter(node);

    public override void Visit(CreateOrAlterTriggerStatement node) => ReportCreateOrAlter(node);

    public override void Visit(CreateOrAlterViewStatement node) => ReportCreateOrAlter(node);

    public override void Visit(TableDefinition node)
    {
        foreach (var index in node.Indexes.Concat(node.ColumnDefinitions.Select(c => c.Index)))
        {
            if (index is not null)
            {
                Report(index, "an index within a table; write a CREATE INDEX");
            }
        }
    }

    public override void Visit(CommonTableExpression node) => expressions.Add(node.ExpressionName.Value);

    public override void Visit(UpdateSpecification node)
    {
        ReportTarget(node, "UPDATE");
        if (node.FromClause is not null && (node.OutputClause ?? (object?)node.OutputIntoClause) is not null)
        {
            Report(node, "OUTPUT of an UPDATE ... FROM; read the rows in a statement of their own");
        }

        if (node.OutputClause is not null)
        {
            Report(node, "OUTPUT of an UPDATE without INTO; a table with a trigger refuses it");
        }
    }

    public override void Visit(DeleteSpecification node)
    {
        ReportTarget(node, "DELETE");
        if (node.OutputClause is not null)
        {
            Report(node, "OUTPUT of a DELETE without INTO; a table with a trigger refuses it");
        }
    }

    public override void Visit(InsertSpecification node)
    {
        if (node.Columns.Count == 0)
        {
            Report(node, "INSERT without columns; list them");
            return;
        }

        foreach (var values in Rows(node.InsertSource).Where(v => v != node.Columns.Count))
        {
            Report(node, $"INSERT of {values} values into {node.Columns.Count} columns");
        }
    }

    public override void Visit(SelectStatement node)
    {
        if (node.Into is { } table)
        {
            Report(
                node,
                $"SELECT INTO {Syntax.Name(table)}; create the table, so that its columns are known"
            );
        }
    }

    public override void Visit(FunctionCall node)
    {
        var name = node.FunctionName.Value;
        if (node.CallTarget is null && !KnownFunctions.Contains(name))
        {
            Report(
                node,
                $"the function {name}; add it to the known ones if SQL Server 2019 and Babelfish both have it"
            );
        }
    }

    private void ReportCreateOrAlter(TSqlFragment node) =>
        Report(node, "CREATE OR ALTER; migrations only run once, so write CREATE");

    // The target is named by the table or by its alias in FROM.
    private void ReportTarget(UpdateDeleteSpecificationBase node, string what)
    {
        if (node.Target is not NamedTableReference { SchemaObject: { } target })
        {
            return;
        }

        var name = Syntax.Name(target);
        var aliased = new Aliases(name);
        node.FromClause?.Accept(aliased);
        if (expressions.Contains(aliased.Table ?? name))
        {
            Report(node, $"{what} through a common table expression; name the table");
        }
    }

    private static IEnumerable<int> Rows(InsertSource source) =>
        source switch
        {
            ValuesInsertSource values => values.RowValues.Select(r => r.ColumnValues.Count),
            SelectInsertSource { Select: QuerySpecification select }
                when !select.SelectElements.OfType<SelectStarExpression>().Any() =>
            [
                select.SelectElements.Count,
            ],
            _ => [],
        };

    private void Report(TSqlFragment node, string what) =>
        problems.Add(Syntax.Problem(file, node.StartLine, what));

    private sealed class Aliases(string alias) : TSqlFragmentVisitor
    {
        public string? Table { get; private set; }

        public override void Visit(NamedTableReference node)
        {
            if (string.Equals(node.Alias?.Value, alias, StringComparison.OrdinalIgnoreCase))
            {
                Table = Syntax.Name(node.SchemaObject);
            }
        }
    }
}
