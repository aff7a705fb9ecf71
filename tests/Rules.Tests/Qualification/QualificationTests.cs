using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Qualification;

/// <summary>Which engagements a partner may deliver. The business date is 2020-03-01 unless a test says otherwise.</summary>
public class QualificationTests
{
    private const string Day = "2020-03-01";
    private const string Competency = "NotQualified (QLF-COMPETENCY)";
    private const string Consultant = "NotQualified (QLF-CONSULTANT)";
    private const string NotEnrolled = "CanEnroll (QLF-NOT-ENROLLED)";

    [Fact]
    public void A_partner_with_competency_consultant_and_enrolment_is_qualified() =>
        Assert.Equal("Qualified", Scene.New().Qualification(Day));

    // The engagements of DDPS and those that ask for Windows and Devices; each once.
    [Fact]
    public void Subjects_are_the_engagements_that_ask_for_what_the_partner_holds_or_belong_to_its_offerings() =>
        Assert.Equal(
            ["P1/mobile-productivity", "P1/security-poc", "P1/windows-office"],
            Scene.New().Qualifications(Day).Select(d => d.SubjectId)
        );

    [Fact]
    public void A_partner_that_has_nothing_to_do_with_an_engagement_is_no_subject() =>
        Assert.Empty(Scene.Empty().Exam("K1", "Windows and Devices").Qualifications(Day));

    // A competency of any level that an alternative names, from its first day on, also when it has ended.
    [Theory]
    [InlineData("2020-03-02", null, "none")]
    [InlineData("2020-03-01", null, "NotQualified (QLF-COMPETENCY;QLF-CONSULTANT;QLF-NOT-ENROLLED)")]
    [InlineData("2019-03-01", "2019-12-31", "NotQualified (QLF-COMPETENCY;QLF-CONSULTANT;QLF-NOT-ENROLLED)")]
    public void A_competency_makes_a_subject_from_its_first_day(string from, string? to, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .Empty()
                .Competency("P1", "Data Platform", from: from, to: to)
                .Qualification(Day, engagement: "data-estate")
        );

    [Theory]
    [InlineData("2020-03-02", null, "none")]
    [InlineData("2020-03-01", null, "NotQualified (QLF-COMPETENCY;QLF-CONSULTANT)")]
    [InlineData("2018-03-01", "2019-02-28", "NotQualified (QLF-COMPETENCY;QLF-CONSULTANT;QLF-NOT-ENROLLED)")]
    public void So_does_an_enrolment(string signedOn, string? ends, string expected) =>
        Assert.Equal(expected, Scene.Empty().Enrolled("P1", "DDPS", signedOn, ends).Qualification(Day));

    [Theory]
    // The first day.
    [InlineData("2020-03-02", null, "NotQualified (QLF-COMPETENCY)")]
    [InlineData("2020-03-01", null, "Qualified")]
    [InlineData("2020-02-29", null, "Qualified")]
    // The last day.
    [InlineData("2019-03-01", "2020-02-29", "NotQualified (QLF-COMPETENCY)")]
    [InlineData("2019-03-01", "2020-03-01", "EndingSoon (QLF-ENDING) until=2020-03-01")]
    [InlineData("2019-03-01", "2020-03-02", "EndingSoon (QLF-ENDING) until=2020-03-02")]
    public void The_competency_is_held_from_its_first_to_its_last_day(
        string from,
        string? to,
        string expected
    ) => Assert.Equal(expected, With("Windows and Devices", from, to).Qualification(Day));

    [Theory]
    [InlineData(CompetencyLevel.Silver, Competency)]
    [InlineData(CompetencyLevel.Gold, "Qualified")]
    public void Gold_is_held_where_gold_is_asked_for(CompetencyLevel level, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .Empty()
                .Competency("P1", "Data Platform", level)
                .Enrolled("P1", "SSDPS")
                .Exam("K1", "Data Platform")
                .Qualification(Day, engagement: "data-estate")
        );

    [Fact]
    public void Gold_satisfies_silver() =>
        Assert.Equal(
            "Qualified",
            Scene
                .Empty()
                .Competency("P1", "Windows and Devices", CompetencyLevel.Gold)
                .Enrolled("P1", "DDPS")
                .Exam("K1", "Windows and Devices")
                .Qualification(Day)
        );

    [Theory]
    [InlineData("2020-03-02", Consultant)]
    [InlineData("2020-03-01", "Qualified")]
    [InlineData("2020-02-29", "Qualified")]
    public void A_consultant_has_passed_an_exam_by_the_business_date(string passed, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .Empty()
                .Competency("P1", "Windows and Devices")
                .Enrolled("P1", "DDPS")
                .Exam("K1", "Windows and Devices", passed)
                .Qualification(Day)
        );

    // P1 qualifies by Windows and Devices; K2 works for P2.
    [Theory]
    [InlineData("K1", "Windows and Devices", "Qualified")]
    [InlineData("K1", "Enterprise Mobility Management", Consultant)]
    [InlineData("K2", "Windows and Devices", Consultant)]
    public void It_is_an_exam_of_the_competency_by_which_the_partner_qualifies_and_of_its_own_consultant(
        string consultant,
        string competency,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Scene
                .Empty()
                .Competency("P1", "Windows and Devices")
                .Enrolled("P1", "DDPS")
                .Exam(consultant, competency)
                .Qualification(Day, engagement: "mobile-productivity")
        );

    [Theory]
    [InlineData("Enterprise Mobility Management", Competency)]
    [InlineData("Windows and Devices", Competency)]
    [InlineData("Messaging", "NotQualified (QLF-COMPETENCY;QLF-CONSULTANT)")]
    public void Where_the_partner_qualifies_by_none_an_exam_of_any_alternative_counts(
        string competency,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Scene
                .Empty()
                .Enrolled("P1", "DDPS")
                .Exam("K1", competency)
                .Qualification(Day, engagement: "mobile-productivity")
        );

    [Theory]
    // The first day.
    [InlineData("2020-03-02", null, NotEnrolled)]
    [InlineData("2020-03-01", null, "Qualified")]
    [InlineData("2020-02-29", null, "Qualified")]
    // The last day.
    [InlineData("2019-03-01", "2020-02-29", NotEnrolled)]
    [InlineData("2019-03-01", "2020-03-01", "EndingSoon (QLF-ENDING) until=2020-03-01")]
    [InlineData("2019-03-01", "2020-03-02", "EndingSoon (QLF-ENDING) until=2020-03-02")]
    public void The_enrolment_covers_its_first_to_its_last_day(
        string signedOn,
        string? ends,
        string expected
    ) => Assert.Equal(expected, Enrolled("DDPS", signedOn, ends).Qualification(Day));

    [Fact]
    public void An_enrolment_in_another_offering_is_none() =>
        Assert.Equal(NotEnrolled, Enrolled("SDPS", "2019-01-01", null).Qualification(Day));

    // The end is 60 days after 2020-03-01 on 2020-04-30.
    [Theory]
    [InlineData("2020-05-01", "Qualified until=2020-05-01")]
    [InlineData("2020-04-30", "EndingSoon (QLF-ENDING) until=2020-04-30")]
    [InlineData("2020-04-29", "EndingSoon (QLF-ENDING) until=2020-04-29")]
    public void The_warning_starts_60_days_before_the_end(string end, string expected)
    {
        Assert.Equal(expected, Enrolled("DDPS", "2019-01-01", end).Qualification(Day));
        Assert.Equal(expected, With("Windows and Devices", "2019-01-01", end).Qualification(Day));
    }

    [Fact]
    public void The_warning_starts_as_many_days_before_the_end_as_the_pack_says() =>
        Assert.Equal(
            "Qualified until=2020-04-30",
            Enrolled("DDPS", "2019-01-01", "2020-04-30")
                .Under(
                    Pack.With(p => p with { QualificationWarningDays = p.QualificationWarningDays.Being(59) })
                )
                .Qualification(Day)
        );

    [Fact]
    public void Under_a_pack_without_that_number_there_is_no_warning() =>
        Assert.Equal(
            "Qualified until=2020-03-01",
            Enrolled("DDPS", "2019-01-01", "2020-03-01")
                .Under(
                    Pack.With(p =>
                        p with
                        {
                            QualificationWarningDays = new("qualification.warning_days", []),
                        }
                    )
                )
                .Qualification(Day)
        );

    // The enrolment ends on 2020-08-31.
    [Theory]
    [InlineData("2020-08-30", "Qualified until=2020-08-30")]
    [InlineData("2020-08-31", "Qualified until=2020-08-31")]
    [InlineData("2020-09-01", "Qualified until=2020-08-31")]
    [InlineData(null, "Qualified until=2020-08-31")]
    public void The_end_is_the_earlier_of_competency_and_enrolment(string? to, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .Empty()
                .Competency("P1", "Windows and Devices", to: to)
                .Enrolled("P1", "DDPS", ends: "2020-08-31")
                .Exam("K1", "Windows and Devices")
                .Qualification(Day)
        );

    [Theory]
    // An open end beside an end.
    [InlineData("2019-06-01", null, "2019-06-01", "2020-06-30", "Qualified")]
    // The later of two ends.
    [InlineData("2019-06-01", "2020-08-31", "2019-06-01", "2020-06-30", "Qualified until=2020-08-31")]
    // A row after a gap, and one before: neither counts, nor does its end.
    [InlineData("2020-03-02", null, "2019-06-01", "2020-06-30", "Qualified until=2020-06-30")]
    [InlineData("2019-06-01", "2020-02-29", "2019-06-01", "2020-06-30", "Qualified until=2020-06-30")]
    [InlineData("2020-03-02", null, "2019-06-01", "2020-02-29", Competency)]
    public void Of_two_rows_of_the_competency_those_that_qualify_count_and_the_last_of_their_ends(
        string from,
        string? to,
        string otherFrom,
        string? otherTo,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Scene
                .Empty()
                .Competency("P1", "Windows and Devices", CompetencyLevel.Gold, from, to)
                .Competency("P1", "Windows and Devices", CompetencyLevel.Silver, otherFrom, otherTo)
                .Enrolled("P1", "DDPS")
                .Exam("K1", "Windows and Devices")
                .Qualification(Day)
        );

    [Theory]
    [InlineData("2019-06-01", null, "2019-06-01", "2020-06-30", "Qualified")]
    [InlineData("2019-06-01", "2020-08-31", "2019-06-01", "2020-06-30", "Qualified until=2020-08-31")]
    [InlineData("2020-03-02", null, "2019-06-01", "2020-06-30", "Qualified until=2020-06-30")]
    [InlineData("2020-03-02", null, "2019-06-01", "2020-02-29", NotEnrolled)]
    public void So_it_is_with_two_enrolments(
        string signedOn,
        string? ends,
        string otherSigned,
        string? otherEnds,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Scene
                .Empty()
                .Competency("P1", "Windows and Devices")
                .Exam("K1", "Windows and Devices")
                .Enrolled("P1", "DDPS", signedOn, ends)
                .Enrolled("P1", "DDPS", otherSigned, otherEnds)
                .Qualification(Day)
        );

    // A competency below the level does not hold off the end of one at the level.
    [Fact]
    public void A_row_that_does_not_qualify_does_not_count_for_the_end() =>
        Assert.Equal(
            "EndingSoon (QLF-ENDING) until=2020-03-31",
            Scene
                .Empty()
                .Competency("P1", "Data Platform", CompetencyLevel.Gold, to: "2020-03-31")
                .Competency("P1", "Data Platform", CompetencyLevel.Silver)
                .Enrolled("P1", "SSDPS")
                .Exam("K1", "Data Platform")
                .Qualification(Day, engagement: "data-estate")
        );

    [Theory]
    [InlineData("2020-01-31", "Qualified")]
    [InlineData("2020-02-01", "Retired (QLF-RETIRED)")]
    [InlineData("2020-02-02", "Retired (QLF-RETIRED)")]
    public void A_cloud_engagement_is_retired_from_the_day_cloud_engagements_end(
        string asOf,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Scene
                .Empty()
                .Competency("P1", "Cloud Platform")
                .Enrolled("P1", "AZDPS")
                .Exam("K1", "Cloud Platform")
                .Qualification(asOf, engagement: "azure")
        );

    [Theory]
    [InlineData("2021-12-31", "Qualified")]
    [InlineData("2022-01-01", "Qualified")]
    [InlineData("2022-01-02", "Retired (QLF-RETIRED)")]
    public void Every_engagement_is_retired_after_the_last_day_to_redeem(string asOf, string expected) =>
        Assert.Equal(expected, Scene.New().Qualification(asOf));

    [Fact]
    public void A_retired_engagement_tells_what_is_missing_too_and_has_no_end()
    {
        Assert.Equal(
            "Retired (QLF-RETIRED;QLF-COMPETENCY;QLF-CONSULTANT;QLF-NOT-ENROLLED)",
            Scene
                .Empty()
                .Competency("P1", "Cloud Platform", to: "2019-12-31")
                .Qualification(Day, engagement: "azure")
        );
        Assert.Equal(
            "Retired (QLF-RETIRED;QLF-ENDING)",
            Scene
                .New()
                .Enrolled("P2", "DDPS")
                .Enrolled("P1", "AZDPS", ends: "2020-03-31")
                .Competency("P1", "Cloud Platform")
                .Exam("K1", "Cloud Platform")
                .Qualification(Day, engagement: "azure")
        );
    }

    // Windows and Devices alone, then both, then Enterprise Mobility Management alone.
    [Theory]
    [InlineData("2020-02-29", "Qualified")]
    [InlineData("2020-03-01", Competency)]
    public void The_requirement_is_the_version_in_force_on_the_business_date(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Under(
                    Pack.WithRequirements(
                        new(
                            "windows-office",
                            new(2000, 1, 1),
                            new(2020, 2, 29),
                            [new("Windows and Devices", default)]
                        ),
                        new(
                            "windows-office",
                            new(2020, 3, 1),
                            null,
                            [new("Windows and Devices", CompetencyLevel.Gold)]
                        )
                    )
                )
                .Qualification(asOf)
        );

    [Fact]
    public void Where_no_requirement_is_in_force_only_an_enrolment_makes_a_subject() =>
        Assert.Equal(
            ["P1/mobile-productivity", "P1/security-poc", "P1/windows-office"],
            Scene.New().Under(Pack.WithRequirements()).Qualifications(Day).Select(d => d.SubjectId)
        );

    private static Scene With(string competency, string from, string? to) =>
        Scene
            .Empty()
            .Competency("P1", competency, from: from, to: to)
            .Enrolled("P1", "DDPS")
            .Exam("K1", "Windows and Devices");

    private static Scene Enrolled(string offering, string signedOn, string? ends) =>
        Scene
            .Empty()
            .Competency("P1", "Windows and Devices")
            .Enrolled("P1", offering, signedOn, ends)
            .Exam("K1", "Windows and Devices");
}
