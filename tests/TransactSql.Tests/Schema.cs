using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PlanningServices.TransactSql.Tests;

/// <summary>
/// The schema that migrations lead to, as the statements that would create it at once. DacFx only understands those: it
/// does not run an ALTER TABLE after a CREATE TABLE.
/// </summary>
internal sealed class Schema
{
    private readonly Dictionary<string, CreateTableStatement> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, TSqlStatement Statement)> others = [];
    private readonly Dictionary<string, CreateTableStatement> dropped = new(StringComparer.OrdinalIgnoreCase);

    public Schema(IEnumerable<SqlFile> migrations)
    {
        foreach (var migration in migrations)
        {
            dropped.Clear();
            Add(migration);
        }
    }

    /// <summary>The schema of the program on SQL Server.</summary>
    public static Schema Current { get; } = new(Repository.Migrations("sqlserver"));

    /// <summary>The tables, by name.</summary>
    public IReadOnlyDictionary<string, CreateTableStatement> Tables => tables;

    /// <summary>The same with the tables that were there for the last migration only, while it moved rows.</summary>
    public Schema WithDropped()
    {
        var all = new Schema([]);
        foreach (var (name, table) in dropped.Where(t => !tables.ContainsKey(t.Key)).Concat(tables))
        {
            all.tables.Add(name, table);
        }

        all.others.AddRange(others);
        return all;
    }

    /// <summary>The names of the views.</summary>
    public IEnumerable<string> Views =>
        others.Where(o => o.Statement is CreateViewStatement).Select(o => o.Name);

    /// <summary>The names of the triggers.</summary>
    public IEnumerable<string> Triggers =>
        others.Where(o => o.Statement is CreateTriggerStatement).Select(o => o.Name);

    /// <summary>The tables that have a trigger.</summary>
    public IReadOnlySet<string> TablesWithTriggers =>
        others
            .Select(o => o.Statement)
            .OfType<CreateTriggerStatement>()
            .Select(t => Syntax.Name(t.TriggerObject.Name))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>What creates it, tables first.</summary>
    public IEnumerable<string> Statements =>
        tables.Values.Concat(others.Select(o => o.Statement)).Select(Syntax.Write);

    /// <summary>The statements of a script that change rows, which leave the schema as it is.</summary>
    public static IEnumerable<TSqlStatement> DataStatements(SqlFile script) =>
        Syntax.Parse(script).Batches.SelectMany(b => b.Statements).Where(IsData);

    private static bool IsData(TSqlStatement statement) =>
        statement is InsertStatement or UpdateStatement or DeleteStatement;

    private void Add(SqlFile migration)
    {
        foreach (var statement in Syntax.Parse(migration).Batches.SelectMany(b => b.Statements))
        {
            if (!IsData(statement) && !TryAdd(statement))
            {
                throw new InvalidOperationException(
                    Syntax.Problem(
                        migration,
                        statement.StartLine,
                        $"the check cannot follow a {statement.GetType().Name}; teach it what becomes of the schema"
                    )
                );
            }
        }
    }

    private bool TryAdd(TSqlStatement statement)
    {
        switch (statement)
        {
            case CreateTableStatement table:
                tables.Add(Syntax.Name(table.SchemaObjectName), table);
                return true;
            case AlterTableAddTableElementStatement add:
                Add(Table(add).Definition, add.Definition);
                return true;
            case AlterTableAlterColumnStatement alter:
                Alter(Table(alter).Definition, alter);
                return true;
            case AlterTableDropTableElementStatement drop:
                Drop(Table(drop).Definition, drop);
                return true;
            case DropTableStatement drop:
                return drop.Objects.All(o => DropTable(Syntax.Name(o)));
            case CreateIndexStatement index:
                others.Add((index.Name.Value, index));
                return true;
            case CreateViewStatement view:
                others.Add((Syntax.Name(view.SchemaObjectName), view));
                return true;
            case CreateTriggerStatement trigger:
                others.Add((Syntax.Name(trigger.Name), trigger));
                return true;
            case DropIndexStatement drop:
                return drop.DropIndexClauses.OfType<DropIndexClause>().All(c => Drop(c.Index.Value));
            case DropViewStatement or DropTriggerStatement:
                return ((DropObjectsStatement)statement).Objects.All(o => Drop(Syntax.Name(o)));
            default:
                return false;
        }
    }

    /// <summary>A table goes with its indexes.</summary>
    private bool DropTable(string name)
    {
        others.RemoveAll(o =>
            o.Statement is CreateIndexStatement index
            && string.Equals(Syntax.Name(index.OnName), name, StringComparison.OrdinalIgnoreCase)
        );
        return tables.Remove(name, out var table) && dropped.TryAdd(name, table);
    }

    private bool Drop(string name) =>
        others.RemoveAll(o => string.Equals(o.Name, name, StringComparison.OrdinalIgnoreCase)) > 0;

    private CreateTableStatement Table(AlterTableStatement alter) =>
        tables[Syntax.Name(alter.SchemaObjectName)];

    private static void Add(TableDefinition table, TableDefinition added)
    {
        foreach (var column in added.ColumnDefinitions)
        {
            table.ColumnDefinitions.Add(column);
        }

        foreach (var constraint in added.TableConstraints)
        {
            table.TableConstraints.Add(constraint);
        }
    }

    private static void Alter(TableDefinition table, AlterTableAlterColumnStatement alter)
    {
        var column = table.ColumnDefinitions.Single(c => Is(c.ColumnIdentifier, alter.ColumnIdentifier));
        column.DataType = alter.DataType;
        column.Collation = alter.Collation;
        foreach (var nullable in column.Constraints.OfType<NullableConstraintDefinition>())
        {
            nullable.Nullable = alter.AlterTableAlterColumnOption != AlterTableAlterColumnOption.NotNull;
        }
    }

    private static void Drop(TableDefinition table, AlterTableDropTableElementStatement drop)
    {
        foreach (var element in drop.AlterTableDropTableElements)
        {
            if (element.TableElementType == TableElementType.Column)
            {
                table.ColumnDefinitions.Remove(
                    table.ColumnDefinitions.Single(c => Is(c.ColumnIdentifier, element.Name))
                );
            }
            else if (
                table.TableConstraints.SingleOrDefault(c => Is(c.ConstraintIdentifier, element.Name)) is
                { } constraint
            )
            {
                table.TableConstraints.Remove(constraint);
            }
            else
            {
                var column = table.ColumnDefinitions.Single(c =>
                    c.Constraints.Any(n => Is(n.ConstraintIdentifier, element.Name))
                );
                column.Constraints.Remove(
                    column.Constraints.Single(n => Is(n.ConstraintIdentifier, element.Name))
                );
            }
        }
    }

    private static bool Is(Identifier? one, Identifier other) =>
        string.Equals(one?.Value, other.Value, StringComparison.OrdinalIgnoreCase);
}
