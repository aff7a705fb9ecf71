using PlanningServices.Rules.Facts;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Explain;

/// <summary>
/// The facts that cross customers, kept from one question to the next: they are the same, unless something was imported since, or is
/// being imported.
/// </summary>
internal sealed class ReferenceFacts
{
    /// <summary>Of more partners they would hold too much memory.</summary>
    private const int MostPartnersKept = 5_000;

    private Kept? last;

    /// <summary>What is known of them.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="known">What <paramref name="store"/> reads; absent for what is known now.</param>
    public ReferenceData Of(Store store, AsKnown? known)
    {
        var latest = store.Imports.List() is [var newest, ..] ? newest : null;
        var import = known?.ImportId ?? latest?.ImportId;
        if (import is null || (known is null && latest!.FinishedAt is null))
        {
            return store.Facts.LoadReferenceData();
        }

        if (last is { } before && before.Import == import && before.LatestFinishedAt == latest?.FinishedAt)
        {
            return before.Reference;
        }

        var reference = store.Facts.LoadReferenceData();
        if (reference.PartnerIds.Count <= MostPartnersKept)
        {
            last = new(import.Value, latest?.FinishedAt, reference);
        }

        return reference;
    }

    private sealed record Kept(long Import, DateTimeOffset? LatestFinishedAt, ReferenceData Reference);
}
