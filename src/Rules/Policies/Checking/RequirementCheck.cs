using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Policies.Checking;

/// <summary>
/// Notices requirements and alternatives that make no difference, and dates without a requirement. (A requirement
/// without alternatives, one with a gap or an overlap between its versions and an engagement without one are faults,
/// so no pack gets here with them.)
/// </summary>
internal sealed class RequirementCheck(PolicyPack pack, PackLines lines, Reach reach)
{
    private readonly DateOnly last = DateOnly.FromDayNumber((int)reach.LastRedemption);

    public IEnumerable<PolicyNotice> Notices() =>
        pack
            .Requirements.Index()
            .SelectMany(r => Pointless(r.Index, r.Item).Concat(Unused(r.Index, r.Item)))
            .Concat(Late())
            .Concat(Ended())
            .Concat(UnusedNames());

    private IEnumerable<PolicyNotice> Pointless(int at, Requirement requirement)
    {
        for (var i = 0; i < requirement.AnyOf.Count; i++)
        {
            var one = requirement.AnyOf[i];
            var wider = requirement
                .AnyOf.Index()
                .Where(a =>
                    a.Index != i
                    && a.Item.Competency == one.Competency
                    && (
                        a.Item.MinimumLevel < one.MinimumLevel
                        || (a.Item.MinimumLevel == one.MinimumLevel && a.Index < i)
                    )
                )
                .Select(a => a.Item)
                .FirstOrDefault();
            if (wider is null)
            {
                continue;
            }

            yield return Notice(
                lines.Alternative(at, i),
                wider.MinimumLevel == one.MinimumLevel
                    ? $"requirement for '{requirement.Engagement}': '{one.MinimumLevel} {one.Competency}' is listed twice."
                    : (FormattableString)
                        $"requirement for '{requirement.Engagement}': '{one.MinimumLevel} {one.Competency}' is pointless beside '{wider.MinimumLevel} {wider.Competency}', which it satisfies too."
            );
        }
    }

    private IEnumerable<PolicyNotice> Unused(int at, Requirement requirement)
    {
        if (requirement.From > last)
        {
            yield return Notice(
                lines.Requirement(at),
                $"requirement for '{requirement.Engagement}': the version from {requirement.From} is never used, since eligibility is looked at on {last} at the latest, the last day to redeem."
            );
        }
    }

    /// <summary>The engagements whose first requirement starts after that of others.</summary>
    private IEnumerable<PolicyNotice> Late()
    {
        var first = pack.Requirements.Min(r => r.From);
        return pack
            .Requirements.Index()
            .GroupBy(r => r.Item.Engagement, StringComparer.Ordinal)
            .Select(versions => versions.MinBy(v => v.Item.From))
            .Where(v => v.Item.From > first)
            .Select(v =>
                Notice(
                    lines.Requirement(v.Index),
                    $"requirement for '{v.Item.Engagement}': there is none before {v.Item.From}, while others start on {first}, so ELG-COMPETENCY is found on every voucher from {first} to {v.Item.From.AddDays(-1)}."
                )
            );
    }

    private IEnumerable<PolicyNotice> Ended() =>
        pack
            .Requirements.Index()
            .GroupBy(r => r.Item.Engagement, StringComparer.Ordinal)
            .Select(versions => versions.MaxBy(v => v.Item.From))
            .Where(v => v.Item.To < last)
            .Select(v =>
                Notice(
                    lines.Requirement(v.Index),
                    $"requirement for '{v.Item.Engagement}': it ends on {v.Item.To} and none follows, so ELG-COMPETENCY is found on every voucher from {v.Item.To!.Value.AddDays(1)} to {last}, the last day to redeem."
                )
            );

    private IEnumerable<PolicyNotice> UnusedNames()
    {
        var required = pack
            .Requirements.SelectMany(r => r.AnyOf)
            .Select(a => a.Competency)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var competency in lines.Competencies.Where(c => !required.Contains(c.Value)))
        {
            yield return new PolicyNotice(
                RequirementsFile.Path,
                competency.Line,
                $"competency '{competency.Value}' is in no requirement, so holding it qualifies for nothing."
            );
        }

        var offerings = pack.Engagements.Values.Select(e => e.Offering).ToHashSet(StringComparer.Ordinal);
        foreach (var offering in lines.Offerings.Where(o => !offerings.Contains(o.Key)))
        {
            yield return new PolicyNotice(
                EngagementsFile.Path,
                offering.Line,
                $"offering '{offering.Key}' has no engagement, so an enrolment in it serves nothing."
            );
        }
    }

    private PolicyNotice Notice(int line, FormattableString message) =>
        new(lines.RequirementsPath, line, TextFormat.Of(message));
}
