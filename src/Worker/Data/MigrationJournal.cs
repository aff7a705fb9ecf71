using System.Data;
using System.Security.Cryptography;
using System.Text;
using DbUp.Engine;

namespace PlanningServices.Worker.Data;

/// <summary>What the journals of all kinds of databases have in common.</summary>
internal static class MigrationJournal
{
    public const string Table = "schema_journal";

    public const string Entries = "SELECT script FROM schema_journal ORDER BY script";

    /// <summary>Fills the command that adds a script to the journal.</summary>
    public static IDbCommand Insert(IDbCommand command, SqlScript script, object appliedAt)
    {
        command.CommandText =
            "INSERT INTO schema_journal (script, sha256, applied_at) VALUES (@script, @sha256, @appliedAt)";
        Add(command, "@script", script.Name);
        Add(command, "@sha256", Sha256(script));
        Add(command, "@appliedAt", appliedAt);
        return command;
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
