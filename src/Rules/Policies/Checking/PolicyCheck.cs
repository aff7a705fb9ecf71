using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Policies.Checking;

/// <summary>Looks in a pack without faults for what its authors may not have meant.</summary>
public static class PolicyCheck
{
    /// <summary>
    /// What there is to notice, in the order of files and lines; often nothing. What the pack acknowledges is left out.
    /// </summary>
    public static IReadOnlyList<PolicyNotice> Of(PolicyPack pack)
    {
        var all = AllOf(pack).ToList();
        return
        [
            .. all.Where(n => !pack.Acknowledged.Any(n.Is))
                .Concat(
                    pack.Acknowledged.Where(a => !all.Exists(n => n.Is(a)))
                        .Select(a => new PolicyNotice(
                            NoticesFile.Path,
                            a.Line,
                            $"nothing that starts with '{a.Notice}' is noticed in {a.File} any more. Take it out."
                        ))
                )
                .OrderBy(n => n.File, StringComparer.Ordinal)
                .ThenBy(n => n.Line),
        ];
    }

    private static IEnumerable<PolicyNotice> AllOf(PolicyPack pack)
    {
        var lines = new PackLines(pack);
        var reach = new Reach(pack);
        return new ParameterCheck(pack, lines, reach)
            .Notices()
            .Concat(new RequirementCheck(pack, lines, reach).Notices())
            .Concat(new RateCheck(pack, lines, reach).Notices())
            .Concat(new TableCheck(pack).Notices())
            .Concat(ReviewCheck.Notices(pack))
            .Concat(
                Unreachable
                    .In(pack, reach)
                    .Select(u => new PolicyNotice(
                        ParametersFile.Path,
                        lines.Version(u.Parameter, u.From),
                        $"{u.What} cannot occur: {u.Why}"
                    ))
            );
    }
}
