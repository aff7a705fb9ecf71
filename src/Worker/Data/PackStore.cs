using Dapper;
using Microsoft.Data.Sqlite;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Data;

/// <summary>The policy packs that were published or that runs used, with their text.</summary>
internal sealed class PackStore(SqliteConnection connection)
{
    /// <summary>Keeps a pack; one that is kept already stays as it is.</summary>
    public void Save(PolicyPack pack, DateTimeOffset now)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Insert(pack, now) is { } packId)
        {
            Insert(packId, pack.Files);
        }

        transaction.Commit();
    }

    /// <summary>
    /// Keeps a pack as it is now: of one that is kept already the files may be others, since scenarios do not decide.
    /// </summary>
    /// <remarks>Within a transaction of the caller.</remarks>
    public void Replace(PolicyPack pack, DateTimeOffset now)
    {
        const string select = "SELECT pack_id FROM policy_pack WHERE hash = @Hash";
        const string delete = "DELETE FROM policy_pack_file WHERE pack_id = @packId";

        var packId = Insert(pack, now) ?? connection.ExecuteScalar<long>(select, new { pack.Hash });
        connection.Execute(delete, new { packId });
        Insert(packId, pack.Files);
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

    /// <summary>The hashes of the kept packs that begin so.</summary>
    /// <param name="beginning">Hexadecimal digits, lower case.</param>
    public IReadOnlyList<string> HashesBeginning(string beginning) =>
        [
            .. connection.Query<string>(
                "SELECT hash FROM policy_pack WHERE hash >= @from AND hash <= @to ORDER BY hash",
                new { from = beginning, to = beginning + "g" }
            ),
        ];

    private long? Insert(PolicyPack pack, DateTimeOffset now)
    {
        const string sql = """
            INSERT INTO policy_pack (hash, name, stored_at) VALUES (@Hash, @Name, @storedAt)
            ON CONFLICT (hash) DO NOTHING RETURNING pack_id
            """;
        return connection.ExecuteScalar<long?>(
            sql,
            new
            {
                pack.Hash,
                pack.Name,
                storedAt = SqlText.Of(now),
            }
        );
    }

    private void Insert(long packId, IEnumerable<PackFile> files)
    {
        const string sql =
            "INSERT INTO policy_pack_file (pack_id, path, text) VALUES (@packId, @Path, @Text)";
        connection.Execute(
            sql,
            files.Select(f => new
            {
                packId,
                f.Path,
                f.Text,
            })
        );
    }
}
