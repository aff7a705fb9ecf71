using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Deciding;

/// <summary>
/// The finding codes for one kind of subject of a rule set, in the order a decision lists them, each with the
/// outcome it leads to (or null where it leads to none). The first finding that leads to an outcome decides.
/// </summary>
internal sealed class FindingTable<TOutcome>(params (string Code, TOutcome? Outcome)[] rows)
    where TOutcome : struct, Enum
{
    public IEnumerable<string> Codes => rows.Select(r => r.Code);

    /// <summary>The codes with the names of their outcomes.</summary>
    public IReadOnlyList<(string Code, string? Outcome)> Texts =>
        [.. rows.Select(r => (r.Code, r.Outcome is { } o ? Outcome<TOutcome>.Text(o) : null))];

    /// <summary>The findings about a subject that are of this table, in its order.</summary>
    public IReadOnlyList<Finding> FindingsOn(string subjectId, Findings findings)
    {
        if (!findings.TryGet(subjectId, out var all))
        {
            return [];
        }

        var ours = all.Where(f => IndexOf(f) >= 0).ToArray();
        Array.Sort(ours, Compare);
        return ours;
    }

    /// <summary>The outcome that the findings lead to, or <paramref name="otherwise"/>.</summary>
    public TOutcome OutcomeOf(IReadOnlyList<Finding> findings, TOutcome otherwise)
    {
        for (var i = 0; i < findings.Count; i++)
        {
            if (rows[IndexOf(findings[i])].Outcome is { } outcome)
            {
                return outcome;
            }
        }

        return otherwise;
    }

    /// <summary>
    /// By code; findings of one code by their sentence, which names what was found, so that the order in which
    /// rules fired does not show.
    /// </summary>
    private int Compare(Finding a, Finding b) =>
        IndexOf(a).CompareTo(IndexOf(b)) is not 0 and var byCode
            ? byCode
            : string.CompareOrdinal(a.Sentence, b.Sentence);

    private int IndexOf(Finding finding) => Array.FindIndex(rows, r => r.Code == finding.Code);
}
