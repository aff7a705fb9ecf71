using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PlanningServices.TransactSql.Tests;

/// <summary>
/// Finds, in a query on a schema, parameters that are of another type than the column they are compared with, and rows that
/// are given out of an insert into a table with a trigger.
/// </summary>
internal sealed class Comparisons : TSqlFragmentVisitor
{
    private readonly SqlFile file;
    private readonly Schema schema;
    private readonly Tables tables = new();
    private readonly List<string> problems = [];

    private Comparisons(SqlFile file, Schema schema) => (this.file, this.schema) = (file, schema);

    public static IReadOnlyList<string> Problems(SqlFile file, Schema schema)
    {
        var script = Syntax.TryParse(file).Script;
        var comparisons = new Comparisons(file, schema);
        script.Accept(comparisons.tables);
        script.Accept(comparisons);
        return comparisons.problems;
    }

    public override void Visit(BooleanComparisonExpression node)
    {
        if (
            (node.FirstExpression, node.SecondExpression) is
            (ColumnReferenceExpression column, VariableReference parameter)
        )
        {
            Compare(column, parameter);
        }
        else if (
            (node.FirstExpression, node.SecondExpression) is
            (VariableReference first, ColumnReferenceExpression second)
        )
        {
            Compare(second, first);
        }
    }

    public override void Visit(InsertSpecification node)
    {
        if (
            node.OutputClause is not null
            && node.Target is NamedTableReference { SchemaObject: var table }
            && schema.TablesWithTriggers.Contains(Syntax.Name(table))
        )
        {
            problems.Add(
                Syntax.Problem(
                    file,
                    node.StartLine,
                    $"OUTPUT of an INSERT into {Syntax.Name(table)} without INTO; a table with a trigger refuses it"
                )
            );
        }
    }

    private void Compare(ColumnReferenceExpression column, VariableReference parameter)
    {
        var name = column.MultiPartIdentifier.Identifiers;
        var type = TypeOf(name.Count > 1 ? name[^2].Value : null, name[^1].Value);
        if (
            type is not null
            && ParameterTypes.ByName.TryGetValue(parameter.Name, out var declared)
            && declared.Split('(')[0] is var given
            && !string.Equals(given, type, StringComparison.OrdinalIgnoreCase)
        )
        {
            problems.Add(
                Syntax.Problem(
                    file,
                    parameter.StartLine,
                    $"{parameter.Name} is {given}, and the column {name[^1].Value} is {type}: one is converted, which may cost an index"
                )
            );
        }
    }

    private string? TypeOf(string? alias, string column) =>
        tables
            .Found.Where(t =>
                alias is null || string.Equals(t.Alias, alias, StringComparison.OrdinalIgnoreCase)
            )
            .Select(t => schema.Tables.GetValueOrDefault(t.Table))
            .OfType<CreateTableStatement>()
            .SelectMany(t => t.Definition.ColumnDefinitions)
            .Where(c => string.Equals(c.ColumnIdentifier.Value, column, StringComparison.OrdinalIgnoreCase))
            .Select(c => c.DataType.Name.BaseIdentifier.Value)
            .FirstOrDefault();

    /// <summary>The tables that a query names, and what it calls them.</summary>
    private sealed class Tables : TSqlFragmentVisitor
    {
        public List<(string Alias, string Table)> Found { get; } = [];

        public override void Visit(NamedTableReference node)
        {
            var table = Syntax.Name(node.SchemaObject);
            Found.Add((node.Alias?.Value ?? table, table));
        }
    }
}
