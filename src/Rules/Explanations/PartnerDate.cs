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
            .. partner.Competencies.SelectMany((c, at) => Of(partner, c, at)),
            .. partner.Enrollments.SelectMany((e, at) => Of(partner, e, at)),
            .. partner.Exams.Select((x, at) => Of(partner, x, at)),
        ];

    private static IEnumerable<PartnerDate> Of(PartnerFacts partner, PartnerCompetency competency, int at)
    {
        yield return new(
            new($"competency_{at + 1}_from_on", competency.FromOn, IsOptional: false),
            day => With(competency with { FromOn = day!.Value })
        );
        yield return new(
            new($"competency_{at + 1}_to_on", competency.ToOn, IsOptional: true, IsKnownAhead: true),
            day => With(competency with { ToOn = day })
        );

        PartnerFacts With(PartnerCompetency other) =>
            partner with
            {
                Competencies = Changed(partner.Competencies, at, other),
            };
    }

    private static IEnumerable<PartnerDate> Of(PartnerFacts partner, Enrollment enrollment, int at)
    {
        yield return new(
            new($"enrollment_{at + 1}_signed_on", enrollment.SignedOn, IsOptional: false),
            day => With(enrollment with { SignedOn = day!.Value })
        );
        yield return new(
            new($"enrollment_{at + 1}_ends_on", enrollment.EndsOn, IsOptional: true, IsKnownAhead: true),
            day => With(enrollment with { EndsOn = day })
        );

        PartnerFacts With(Enrollment other) =>
            partner with
            {
                Enrollments = Changed(partner.Enrollments, at, other),
            };
    }

    private static PartnerDate Of(PartnerFacts partner, ConsultantExam exam, int at) =>
        new(
            new($"exam_{at + 1}_passed_on", exam.PassedOn, IsOptional: false),
            day => partner with { Exams = Changed(partner.Exams, at, exam with { PassedOn = day!.Value }) }
        );

    private static List<T> Changed<T>(IReadOnlyList<T> facts, int at, T fact) =>
        [.. facts.Select((f, i) => i == at ? fact : f)];
}
