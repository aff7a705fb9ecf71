using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Data;

/// <summary>The policy packs that were published or that runs used, with their text.</summary>
internal sealed class PackStore(DatabaseConnection connection)
{
    /// <summary>Keeps a pack; one that is kept already stays as it is.</summary>
    public void Save(PolicyPack pack, DateTimeOffset now) =>
        connection.InExclusiveTransaction(() =>
        {
            if (Find(pack.Hash) is null)
            {
                Insert(InsertPack(pack, now), pack.Files);
            }

            return pack.Hash;
        });

    /// <summary>
    /// Keeps a pack as it is now: of one that is kept already the files may be others, since scenarios do not decide.
    /// </summary>
    /// <remarks>Within work that is done alone.</remarks>
    public void Replace(PolicyPack pack, DateTimeOffset now)
    {
        var packId = Find(pack.Hash)?.PackId ?? InsertPack(pack, now);
        connection.Execute("delete_pack_files", new { packId });
        Insert(packId, pack.Files);
    }

    /// <summary>The name and the files of a kept pack, in ordinal order of their paths; null if it is not kept.</summary>
    public (string Name, IReadOnlyList<PackFile> Files)? Load(string hash) =>
        Find(hash) is { } pack ? (pack.Name, connection.Query<PackFile>("pack_files", new { hash })) : null;

    /// <summary>The hashes of the kept packs that begin so.</summary>
    /// <param name="beginning">Hexadecimal digits, lower case.</param>
    public IReadOnlyList<string> HashesBeginning(string beginning) =>
        connection.Query<string>("pack_hashes", new { fromHash = beginning, toHash = beginning + "g" });

    private PackRow? Find(string hash) => connection.First<PackRow>("pack", new { hash });

    private long InsertPack(PolicyPack pack, DateTimeOffset now)
    {
        connection.Execute(
            "insert_pack",
            new
            {
                hash = pack.Hash,
                name = pack.Name,
                now,
            }
        );
        return Find(pack.Hash)!.PackId;
    }

    private void Insert(long packId, IEnumerable<PackFile> files) =>
        connection.Execute(
            "insert_pack_file",
            files.Select(f => new
            {
                packId,
                path = f.Path,
                text = f.Text,
            })
        );

    private sealed record PackRow
    {
        public long PackId { get; init; }
        public required string Name { get; init; }
    }
}
