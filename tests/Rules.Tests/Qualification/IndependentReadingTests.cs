using CsCheck;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Tests.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Qualification;

/// <summary>
/// The rule set beside a second reading of the page on the domain, written from that page alone: of the program it uses the facts.
/// The business dates crowd around the days on which cloud engagements and the programme end.
/// </summary>
public class IndependentReadingTests
{
    private static readonly DateOnly LastRedemption = new(2022, 1, 1);
    private static readonly DateOnly CloudRetired = new(2020, 2, 1);

    private const int WarningDays = 60;

    private static readonly string[] Nothing = [];

    // As published: engagement, offering, whether any level or gold only is asked for, and the alternatives.
    private static readonly (string Code, string Offering, bool Gold, string[] Alternatives)[] Published =
    [
        ("windows-office", "DDPS", false, ["Windows and Devices"]),
        ("mobile-productivity", "DDPS", false, ["Enterprise Mobility Management", "Windows and Devices"]),
        ("security-poc", "DDPS", false, ["Enterprise Mobility Management"]),
        (
            "dynamics-ce-upgrade",
            "DYDPS",
            false,
            ["Cloud Business Applications", "Cloud Customer Relationship Management"]
        ),
        (
            "dynamics-ce-migration",
            "DYDPS",
            false,
            ["Cloud Business Applications", "Cloud Customer Relationship Management"]
        ),
        ("dynamics-fo-upgrade", "DYDPS", true, ["Enterprise Resource Planning"]),
        ("windows-server", "PVDPS", false, ["Datacenter"]),
        ("sharepoint", "SDPS", false, ["Collaboration and Content"]),
        ("ppm", "SDPS", false, ["Project and Portfolio Management"]),
        ("exchange", "S-EDPS", false, ["Messaging"]),
        ("skype", "S-EDPS", false, ["Communications"]),
        ("data-estate", "SSDPS", true, ["Data Analytics", "Data Platform"]),
        ("azure", "AZDPS", false, ["Cloud Platform"]),
    ];

    private static readonly Gen<DateOnly> Date = Gen.Frequency(
        (1, Gen.Int[-90, 90].Select(CloudRetired.AddDays)),
        (1, Gen.Int[-90, 90].Select(LastRedemption.AddDays)),
        (2, Gen.Int[0, 800].Select(new DateOnly(2019, 11, 1).AddDays))
    );

    // A day near the business date, so that most random partners are close to some bound; now and then none.
    private static readonly Gen<int> Near = Gen.Frequency(
        (2, Gen.Int[-2, 2]),
        (2, Gen.Int[57, 63]),
        (3, Gen.Int[-400, 400])
    );

    private static readonly Gen<int?> MaybeNear = Gen.Frequency(
        (1, Gen.Const((int?)null)),
        (2, Near.Select(days => (int?)days))
    );

    // One or two engagements make up a partner's world, so that its facts meet.
    private static readonly Gen<(PartnerFacts Partner, DateOnly On)> Partners = Gen.Select(
        Gen.Select(Date, Gen.Int[0, Published.Length - 1], Gen.Int[0, Published.Length - 1]),
        Gen.Select(Gen.Int[0, 5], Gen.Bool, Gen.Int[-500, 3], MaybeNear).List[0, 5],
        Gen.Select(Gen.Int[0, 5], Gen.Int[-500, 3], MaybeNear).List[0, 4],
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 5], Gen.Int[-500, 3]).List[0, 4],
        (world, competencies, enrollments, exams) =>
        {
            var (on, one, other) = world;
            string[] names = [.. Published[one].Alternatives, .. Published[other].Alternatives];
            string[] offerings = [Published[one].Offering, Published[other].Offering];
            return (
                new PartnerFacts
                {
                    PartnerId = "P1",
                    Competencies =
                    [
                        .. competencies.Select(c => new PartnerCompetency(
                            "P1",
                            names[c.Item1 % names.Length],
                            c.Item2 ? CompetencyLevel.Gold : CompetencyLevel.Silver,
                            on.AddDays(c.Item3),
                            c.Item4 is { } to ? on.AddDays(to) : null
                        )),
                    ],
                    Enrollments =
                    [
                        .. enrollments.Select(e => new Enrollment(
                            "P1",
                            offerings[e.Item1 % offerings.Length],
                            on.AddDays(e.Item2),
                            e.Item3 is { } ends ? on.AddDays(ends) : null
                        )),
                    ],
                    Exams =
                    [
                        .. exams.Select(e => new ConsultantExam(
                            $"K{e.Item1}",
                            names[e.Item2 % names.Length],
                            on.AddDays(e.Item3)
                        )),
                    ],
                },
                on
            );
        }
    );

    [Fact]
    public void Random_partners_are_decided_as_the_page_says()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Partners.Sample(
            any =>
            {
                string[] read = [.. Read(any.Partner, any.On)];
                Assert.Equal(read, Decide(any.Partner, any.On).Decisions.Select(Text));
                lock (seen)
                {
                    seen.UnionWith(read.Select(d => d.Split(' ')[1]));
                }
            },
            iter: 5_000
        );
        Assert.Equal(
            "CanEnroll, EndingSoon, NotQualified, Qualified, Retired",
            string.Join(", ", seen.Order(StringComparer.Ordinal))
        );
    }

    [Fact]
    public void Until_the_next_review_of_a_partner_nothing_changes() =>
        Partners.Sample(
            any =>
            {
                var decided = Decide(any.Partner, any.On);
                var days = (decided.NextReview?.DayNumber ?? any.On.DayNumber + 1000) - any.On.DayNumber - 1;
                int[] tried = days > 0 ? [1, (days + 1) / 2, days] : [];
                foreach (var later in tried.Select(any.On.AddDays))
                {
                    var then = Decide(any.Partner, later);
                    Assert.Equal(decided.Decisions.Select(Text), then.Decisions.Select(Text));
                    Assert.Equal(decided.NextReview, then.NextReview);
                }
            },
            iter: 2_000
        );

    private static PartnerDecisions Decide(PartnerFacts partner, DateOnly on) =>
        Books.Rules.Open(Packs.Shipped, ReferenceData.None, on).Decide(partner);

    private static string Text(Decision decision) =>
        $"{decision.SubjectId} {decision.Outcome} {decision.Codes} {decision.Details}";

    /// <summary>Section "qualification" of the page, one paragraph after the other.</summary>
    private static IEnumerable<string> Read(PartnerFacts partner, DateOnly on)
    {
        foreach (
            var (code, offering, gold, alternatives) in Published.OrderBy(e => e.Code, StringComparer.Ordinal)
        )
        {
            var named = partner.Competencies.Where(c => alternatives.Contains(c.Competency)).ToList();
            var enrolled = partner.Enrollments.Where(e => e.Offering == offering).ToList();
            if (!named.Exists(c => c.FromOn <= on) && !enrolled.Exists(e => e.SignedOn <= on))
            {
                continue;
            }

            var qualifying = named.FindAll(c =>
                c.FromOn <= on
                && (c.ToOn is null || c.ToOn >= on)
                && (!gold || c.Level == CompetencyLevel.Gold)
            );
            var covering = enrolled.FindAll(e => e.SignedOn <= on && (e.EndsOn is null || e.EndsOn >= on));

            List<string> codes =
            [
                .. on > LastRedemption || code == "azure" && on >= CloudRetired ? ["QLF-RETIRED"] : Nothing,
                .. qualifying.Count == 0 ? ["QLF-COMPETENCY"] : Nothing,
                .. HasExam(partner, on, qualifying, alternatives) ? Nothing : ["QLF-CONSULTANT"],
                .. covering.Count == 0 ? ["QLF-NOT-ENROLLED"] : Nothing,
            ];

            var lastDay = DateOnly.MaxValue;
            if (qualifying.Count > 0 && covering.Count > 0)
            {
                var competencyEnds = qualifying.Max(c => c.ToOn ?? DateOnly.MaxValue);
                var enrolmentEnds = covering.Max(e => e.EndsOn ?? DateOnly.MaxValue);
                lastDay = competencyEnds < enrolmentEnds ? competencyEnds : enrolmentEnds;
            }

            if (
                !codes.Exists(c => c is "QLF-COMPETENCY" or "QLF-CONSULTANT" or "QLF-NOT-ENROLLED")
                && lastDay.DayNumber - on.DayNumber <= WarningDays
            )
            {
                codes.Add("QLF-ENDING");
            }

            var outcome =
                codes.Contains("QLF-RETIRED") ? "Retired"
                : codes.Contains("QLF-COMPETENCY") || codes.Contains("QLF-CONSULTANT") ? "NotQualified"
                : codes.Contains("QLF-NOT-ENROLLED") ? "CanEnroll"
                : codes.Contains("QLF-ENDING") ? "EndingSoon"
                : "Qualified";
            var details =
                outcome is "Qualified" or "EndingSoon" && lastDay != DateOnly.MaxValue
                    ? $"until={lastDay:yyyy-MM-dd}"
                    : "";
            yield return $"P1/{code} {outcome} {string.Join(';', codes)} {details}";
        }
    }

    private static bool HasExam(
        PartnerFacts partner,
        DateOnly on,
        List<PartnerCompetency> qualifying,
        string[] alternatives
    ) =>
        partner.Exams.Any(x =>
            x.PassedOn <= on
            && (
                qualifying.Count > 0
                    ? qualifying.Exists(c => c.Competency == x.Competency)
                    : alternatives.Contains(x.Competency)
            )
        );
}
