using System.Data;
using System.Security.Cryptography;
using System.Text;
using DbUp.Engine;

namespace PlanningServices.Worker.Data;

/// <summary>Which migrations have run on a database, with the SHA-256 of each.</summary>
/// <param name="create">Creates the table unless it is there.</param>
/// <param name="appliedAt">The instant, as the database keeps it.</param>
internal sealed class MigrationJournal(string create, Func<object> appliedAt) : IJournal
{
    // The migrator gives only scripts that have not run: it has compared the journal with all of them.
    public string[] GetExecutedScripts() => [];

    public void StoreExecutedScript(SqlScript script, Func<IDbCommand> dbCommandFactory)
    {
        EnsureTableExistsAndIsLatestVersion(dbCommandFactory);
        using var command = dbCommandFactory();
        command.CommandText =
            "INSERT INTO schema_journal (script, sha256, applied_at) VALUES (@script, @sha256, @appliedAt)";
        Add(command, "@script", script.Name);
        Add(command, "@sha256", Sha256(script));
        Add(command, "@appliedAt", appliedAt());
        command.ExecuteNonQuery();
    }

    public void EnsureTableExistsAndIsLatestVersion(Func<IDbCommand> dbCommandFactory)
    {
        using var command = dbCommandFactory();
        command.CommandText = create;
        command.ExecuteNonQuery();
    }

    /// <summary>The hash of a script; its line ends do not matter.</summary>
    public static string Sha256(SqlScript script) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(script.Contents.ReplaceLineEndings("\n")))
        );

    private static void Add(IDbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
