using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Console;

/// <summary>Packs without faults that authors sent and nobody published yet. They are in the memory of this service only.</summary>
internal sealed class DraftPacks(Database database)
{
    private const int MostKept = 20;

    private readonly Lock access = new();
    private readonly List<Draft> drafts = [];

    /// <summary>Keeps a pack; the oldest makes room.</summary>
    /// <returns>The draft, by the hash of all its text.</returns>
    public Draft Keep(PolicyPack pack, string by)
    {
        var draft = new Draft(PolicyPackReader.TextHashOf(pack.Files), pack, by);
        lock (access)
        {
            drafts.RemoveAll(d => d.Id == draft.Id);
            drafts.Add(draft);
            if (drafts.Count > MostKept)
            {
                drafts.RemoveAt(0);
            }
        }

        return draft;
    }

    /// <summary>The drafts, the latest first.</summary>
    public IReadOnlyList<Draft> List()
    {
        lock (access)
        {
            return [.. drafts.AsEnumerable().Reverse()];
        }
    }

    /// <summary>A draft.</summary>
    /// <exception cref="PlanningException">There is none any more.</exception>
    public Draft Find(string id) =>
        List().FirstOrDefault(d => d.Id == id)
        ?? throw new PlanningException(
            "There is no such draft. Drafts are kept until the service stops, the latest 20 of them: send the pack again."
        );

    /// <summary>A draft or a pack that the database keeps.</summary>
    /// <exception cref="PlanningException">There is none.</exception>
    public PolicyPack Pack(string id)
    {
        if (List().FirstOrDefault(d => d.Id == id) is { } draft)
        {
            return draft.Pack;
        }

        using var store = new Store(database);
        return ActivePolicies.Hashes(store, id) is [var hash]
            ? ActivePolicies.Load(store, hash)
            : throw new PlanningException($"There is no draft and no policy pack with the hash '{id}'.");
    }
}

/// <summary>A pack that an author sent.</summary>
/// <param name="Id">The hash of all its text.</param>
/// <param name="Pack">The pack.</param>
/// <param name="By">Who sent it.</param>
internal sealed record Draft(string Id, PolicyPack Pack, string By);
