using System.Diagnostics.CodeAnalysis;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Deciding;

/// <summary>All that the rules of one rule set found in one chunk, by the key of the subject.</summary>
internal sealed class Findings(IEnumerable<Finding> findings)
{
    private readonly Dictionary<string, List<Finding>> bySubject = Group(findings);

    public bool TryGet(string subjectId, [NotNullWhen(true)] out List<Finding>? found) =>
        bySubject.TryGetValue(subjectId, out found);

    private static Dictionary<string, List<Finding>> Group(IEnumerable<Finding> findings)
    {
        var grouped = new Dictionary<string, List<Finding>>(StringComparer.Ordinal);
        foreach (var finding in findings)
        {
            if (!grouped.TryGetValue(finding.SubjectId, out var found))
            {
                grouped.Add(finding.SubjectId, found = []);
            }

            found.Add(finding);
        }

        return grouped;
    }
}
