using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Explanations;

/// <summary>A date among the facts of a partner, and the facts with another in its place.</summary>
/// <param name="Date">The date; its name has the number of the fact among the partner's.</param>
/// <param name="With">The facts with another date; an optional one may be absent.</param>
internal sealed record PartnerDate(FactDate Date, Func<DateOnly?, PartnerFacts> With)
{
    /// <summary>The dates of a partner's facts, which are in order.</summary>
    public static IEnumerable<PartnerDate> Of(PartnerFacts partner) =>
        [
            .. partner.Competencies.SelectMany(
                (c, at) =>
                    new PartnerDate[]
                    {
                        new(
                            new($"competency_{at + 1}_from_on", c.FromOn, IsOptional: false),
                            day =>
                                partner with
                                {
                                    Competencies = Changed(
                                        partner.Competencies,
                                        at,
                                        c with
                                        {
                                            FromOn = day!.Value,
                                        }
                                    ),
                                }
                        ),
                        new(
                            new($"competency_{at + 1}_to_on", c.ToOn, IsOptional: true, IsKnownAhead: true),
                            day =>
                                partner with
                                {
                                    Competencies = Changed(partner.Competencies, at, c with { ToOn = day }),
                                }
                        ),
                    }
            ),
            .. partner.Enrollments.SelectMany(
                (e, at) =>
                    new PartnerDate[]
                    {
                        new(
                            new($"enrollment_{at + 1}_signed_on", e.SignedOn, IsOptional: false),
                            day =>
                                partner with
                                {
                                    Enrollments = Changed(
                                        partner.Enrollments,
                                        at,
                                        e with
                                        {
                                            SignedOn = day!.Value,
                                        }
                                    ),
                                }
                        ),
                        new(
                            new(
                                $"enrollment_{at + 1}_ends_on",
                                e.EndsOn,
                                IsOptional: true,
                                IsKnownAhead: true
                            ),
                            day =>
                                partner with
                                {
                                    Enrollments = Changed(partner.Enrollments, at, e with { EndsOn = day }),
                                }
                        ),
                    }
            ),
            .. partner.Exams.Select(
                (x, at) =>
                    new PartnerDate(
                        new($"exam_{at + 1}_passed_on", x.PassedOn, IsOptional: false),
                        day =>
                            partner with
                            {
                                Exams = Changed(partner.Exams, at, x with { PassedOn = day!.Value }),
                            }
                    )
            ),
        ];

    private static List<T> Changed<T>(IReadOnlyList<T> facts, int at, T fact) =>
        [.. facts.Select((f, i) => i == at ? fact : f)];
}
