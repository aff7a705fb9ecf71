using Dapper;
using Microsoft.Data.Sqlite;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Data;

/// <summary>The policy packs that runs used, with their text.</summary>
internal sealed class PackStore(SqliteConnection connection)
{
    /// <summary>Keeps a pack; one that is kept already stays as it is.</summary>
    public void Save(PolicyPack pack, DateTimeOffset now)
    {
        const string insertPack = """
            INSERT INTO policy_pack (hash, name, stored_at) VALUES (@Hash, @Name, @storedAt)
            ON CONFLICT (hash) DO NOTHING RETURNING pack_id
            """;
        const string insertFile =
            "INSERT INTO policy_pack_file (pack_id, path, text) VALUES (@packId, @Path, @Text)";

        using var transaction = connection.BeginTransaction(deferred: false);
        var packId = connection.ExecuteScalar<long?>(
            insertPack,
            new
            {
                pack.Hash,
                pack.Name,
                storedAt = SqlText.Of(now),
            }
        );
        if (packId is not null)
        {
            connection.Execute(
                insertFile,
                pack.Files.Select(f => new
                {
                    packId,
                    f.Path,
                    f.Text,
                })
            );
        }

        transaction.Commit();
    }

    /// <summary>The name and the files of a kept pack, in ordinal order of their paths; null if it is not kept.</summary>
    public (string Name, IReadOnlyList<PackFile> Files)? Load(string hash)
    {
        const string select = "SELECT name FROM policy_pack WHERE hash = @hash";
        const string selectFiles = """
            SELECT f.path, f.text FROM policy_pack_file f JOIN policy_pack p ON p.pack_id = f.pack_id
            WHERE p.hash = @hash ORDER BY f.path
            """;
        var name = connection.QuerySingleOrDefault<string>(select, new { hash });
        return name is null ? null : (name, [.. connection.Query<PackFile>(selectFiles, new { hash })]);
    }
}
