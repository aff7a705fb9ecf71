using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace PlanningServices.TransactSql.Tests;

/// <summary>T-SQL as SQL Server 2019 reads it.</summary>
internal static class Syntax
{
    public static TSqlScript Parse(SqlFile file)
    {
        var (script, problems) = TryParse(file);
        return problems.Count == 0
            ? script
            : throw new InvalidOperationException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>The script as far as it can be read, and what cannot be read in it.</summary>
    public static (TSqlScript Script, IReadOnlyList<string> Problems) TryParse(SqlFile file)
    {
        var parser = new TSql150Parser(initialQuotedIdentifiers: true, SqlEngineType.Standalone);
        using var text = new StringReader(file.Text);
        var script = (TSqlScript)parser.Parse(text, out var errors);
        return (script, [.. errors.Select(e => Problem(file, e.Line, e.Message))]);
    }

    public static string Write(TSqlFragment fragment)
    {
        new Sql150ScriptGenerator().GenerateScript(fragment, out var text);
        return text;
    }

    /// <summary>The text of a part of a script, as it is written there.</summary>
    public static string Text(TSqlFragment fragment) =>
        string.Concat(
            fragment
                .ScriptTokenStream.Skip(fragment.FirstTokenIndex)
                .Take(fragment.LastTokenIndex - fragment.FirstTokenIndex + 1)
                .Select(t => t.Text)
        );

    public static string Problem(SqlFile file, int line, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Name}:{line}: {what}");

    public static string Name(SchemaObjectName name) => name.BaseIdentifier.Value;
}
