using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Eligibility;

public class EligibilityTests
{
    private const string Eligible = "Eligible";

    [Theory]
    [InlineData("2020-01-19", "none")]
    [InlineData("2020-01-20", "Eligible")]
    [InlineData("2020-01-21", "Eligible")]
    public void A_voucher_is_looked_at_from_its_reservation(string asOf, string expected) =>
        Assert.Equal(expected, Scene.New().Voucher(reserved: "2020-01-20").AsOf(asOf).Eligibility());

    [Theory]
    [InlineData("2020-06-30", "Eligible")]
    [InlineData("2020-07-01", "none")]
    public void An_expired_voucher_is_not_looked_at(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene.New().Voucher(created: "2020-01-02", reserved: "2020-01-20").AsOf(asOf).Eligibility()
        );

    [Fact]
    public void A_cancelled_or_void_voucher_is_not_looked_at()
    {
        var decided = Scene
            .New()
            .Voucher("V1", reserved: "2020-01-20", cancelled: "2020-02-01")
            .Voucher("V2", created: "2020-02-01", reserved: "2020-02-02", engagement: "azure")
            .AsOf("2020-03-01");

        Assert.Equal("none", decided.Eligibility("V1"));
        Assert.Equal("none", decided.Eligibility("V2"));
    }

    [Theory]
    [InlineData("2020-03-01", "Eligible")]
    [InlineData("2020-03-02", "Eligible evaluated_on=2020-03-02")]
    [InlineData("2020-03-03", "Eligible evaluated_on=2020-03-02")]
    [InlineData("2021-03-03", "Eligible evaluated_on=2020-03-02")]
    public void What_counts_is_the_day_of_redemption_once_it_is_redeemed(string asOf, string expected) =>
        Assert.Equal(expected, Scene.New().DeliveredVoucher().AsOf(asOf).Eligibility());

    // The partner's enrolment, on 2020-03-01.
    [Theory]
    [InlineData("DDPS", "2020-02-29", null, true)]
    [InlineData("DDPS", "2020-03-01", null, true)]
    [InlineData("DDPS", "2020-03-02", null, false)]
    [InlineData("DDPS", "2019-03-01", "2020-03-02", true)]
    [InlineData("DDPS", "2019-03-01", "2020-03-01", true)]
    [InlineData("DDPS", "2019-03-01", "2020-02-29", false)]
    [InlineData("SDPS", "2019-03-01", null, false)]
    public void The_partner_is_enrolled_in_the_offering(
        string offering,
        string signedOn,
        string? ends,
        bool enrolled
    ) =>
        Assert.Equal(
            enrolled ? Eligible : "Ineligible (ELG-NOT-ENROLLED)",
            Scene
                .Empty()
                .Agreement("A")
                .Competency("P1", "Windows and Devices")
                .Enrolled("P1", offering, signedOn, ends)
                .Enrolled("P2", "DDPS")
                .VoucherOfAnotherPartner()
                .Voucher(reserved: "2020-01-20")
                .AsOf("2020-03-01")
                .Eligibility()
        );

    // The partner's competency, on 2020-03-01.
    [Theory]
    [InlineData("Windows and Devices", "2020-02-29", null, true)]
    [InlineData("Windows and Devices", "2020-03-01", null, true)]
    [InlineData("Windows and Devices", "2020-03-02", null, false)]
    [InlineData("Windows and Devices", "2019-03-01", "2020-03-02", true)]
    [InlineData("Windows and Devices", "2019-03-01", "2020-03-01", true)]
    [InlineData("Windows and Devices", "2019-03-01", "2020-02-29", false)]
    [InlineData("Messaging", "2019-03-01", null, false)]
    public void The_partner_holds_a_competency_that_qualifies(
        string competency,
        string from,
        string? to,
        bool holds
    ) =>
        Assert.Equal(
            holds ? Eligible : "Ineligible (ELG-COMPETENCY)",
            Scene
                .Empty()
                .Agreement("A")
                .Enrolled("P1", "DDPS")
                .Competency("P1", competency, from: from, to: to)
                .Competency("P2", "Windows and Devices")
                .VoucherOfAnotherPartner()
                .Voucher(reserved: "2020-01-20")
                .AsOf("2020-03-01")
                .Eligibility()
        );

    [Theory]
    [InlineData("windows-office", "Windows and Devices", CompetencyLevel.Silver, true)]
    [InlineData("windows-office", "Windows and Devices", CompetencyLevel.Gold, true)]
    [InlineData("data-estate", "Data Platform", CompetencyLevel.Gold, true)]
    [InlineData("data-estate", "Data Platform", CompetencyLevel.Silver, false)]
    [InlineData("data-estate", "Data Analytics", CompetencyLevel.Gold, true)]
    public void Gold_satisfies_silver_and_any_alternative_is_enough(
        string engagement,
        string competency,
        CompetencyLevel level,
        bool holds
    ) =>
        Assert.Equal(
            holds ? Eligible : "Ineligible (ELG-COMPETENCY)",
            Scene
                .Empty()
                .Agreement("A")
                .Enrolled("P1", "DDPS")
                .Enrolled("P1", "SSDPS")
                .Competency("P1", competency, level)
                .Voucher(reserved: "2020-01-20", engagement: engagement)
                .AsOf("2020-03-01")
                .Eligibility()
        );

    [Theory]
    [InlineData("2020-02-29", "Eligible")]
    [InlineData("2020-03-01", "Ineligible (ELG-COMPETENCY)")]
    [InlineData("2020-03-02", "Ineligible (ELG-COMPETENCY)")]
    public void The_requirement_is_the_one_in_force_on_the_day_that_counts(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Under(
                    Pack.WithRequirements(
                        new(
                            "windows-office",
                            new(2019, 1, 1),
                            new(2020, 2, 29),
                            [new("Windows and Devices", CompetencyLevel.Silver)]
                        ),
                        new(
                            "windows-office",
                            new(2020, 3, 1),
                            null,
                            [new("Windows and Devices", CompetencyLevel.Gold)]
                        )
                    )
                )
                .Voucher(reserved: "2020-01-20")
                .AsOf(asOf)
                .Eligibility()
        );

    // In force from 2020-03-02: a level that the partner does not have.
    [Theory]
    [InlineData("2020-03-01", null)]
    [InlineData("2020-03-02", "ELG-COMPETENCY")]
    [InlineData("2020-03-03", "ELG-COMPETENCY")]
    public void The_requirement_is_the_one_in_force_on_the_day_of_redemption(string redeemed, string? code) =>
        Assert.Equal(
            Redeemed(code, redeemed),
            Scene
                .New()
                .Under(
                    Pack.WithRequirements(
                        new(
                            "windows-office",
                            new(2019, 1, 1),
                            new(2020, 3, 1),
                            [new("Windows and Devices", CompetencyLevel.Silver)]
                        ),
                        new(
                            "windows-office",
                            new(2020, 3, 2),
                            null,
                            [new("Windows and Devices", CompetencyLevel.Gold)]
                        )
                    )
                )
                .DeliveredVoucher(redeemed: redeemed)
                .AsOf("2020-04-01")
                .Eligibility()
        );

    [Fact]
    public void Where_no_requirement_is_in_force_nothing_qualifies() =>
        Assert.Equal(
            "Ineligible (ELG-COMPETENCY)",
            Scene
                .New()
                .Under(Pack.WithRequirements())
                .Voucher(reserved: "2020-01-20")
                .AsOf("2020-03-01")
                .Eligibility()
        );

    [Theory]
    [InlineData("2020-02-29", null)]
    [InlineData("2020-03-01", "ELG-CONSULTANT")]
    [InlineData("2020-03-02", "ELG-CONSULTANT")]
    public void A_consultant_is_needed_from_the_start_of_delivery(string asOf, string? code) =>
        Assert.Equal(
            code is null ? "Eligible" : $"Ineligible ({code})",
            Scene
                .New()
                .Voucher(reserved: "2020-01-20", started: "2020-03-01", consultant: null)
                .AsOf(asOf)
                .Eligibility()
        );

    // The consultant's exam, on 2020-03-01.
    [Theory]
    [InlineData("K1", "Windows and Devices", "2020-02-29", true)]
    [InlineData("K1", "Windows and Devices", "2020-03-01", true)]
    [InlineData("K1", "Windows and Devices", "2020-03-02", false)]
    [InlineData("K1", "Messaging", "2020-02-01", false)]
    [InlineData("K2", "Windows and Devices", "2020-02-01", false)]
    public void The_consultant_is_the_partners_and_has_passed_an_exam(
        string consultant,
        string competency,
        string passed,
        bool qualified
    ) =>
        Assert.Equal(
            qualified ? Eligible : "Ineligible (ELG-CONSULTANT)",
            Scene
                .Empty()
                .Agreement("A")
                .Enrolled("P1", "DDPS")
                .Competency("P1", "Windows and Devices")
                .Exam(consultant, competency, passed)
                .VoucherOfAnotherPartner()
                .Voucher(reserved: "2020-01-20", started: "2020-02-01", consultant: consultant)
                .AsOf("2020-03-01")
                .Eligibility()
        );

    [Fact]
    public void An_exam_of_another_consultant_does_not_count() =>
        Assert.Equal(
            "Ineligible (ELG-CONSULTANT)",
            Scene
                .Empty()
                .Agreement("A")
                .Enrolled("P1", "DDPS")
                .Competency("P1", "Windows and Devices")
                .Exam("K2", "Windows and Devices")
                .VoucherOfAnotherPartner()
                .Voucher(reserved: "2020-01-20", started: "2020-02-01")
                .AsOf("2020-03-01")
                .Eligibility()
        );

    // Redeemed on 2020-03-02, and decided a month later: what came after the redemption is known, and does not count.
    [Theory]
    [InlineData("2020-03-01", null, true)]
    [InlineData("2020-03-02", null, true)]
    [InlineData("2020-03-03", null, false)]
    [InlineData("2019-01-01", "2020-03-01", false)]
    [InlineData("2019-01-01", "2020-03-02", true)]
    [InlineData("2019-01-01", "2020-03-03", true)]
    public void A_competency_or_enrolment_is_held_on_the_day_of_redemption(
        string from,
        string? to,
        bool holds
    )
    {
        Assert.Equal(
            Redeemed(holds ? null : "ELG-NOT-ENROLLED"),
            Delivered()
                .Competency("P1", "Windows and Devices")
                .Enrolled("P1", "DDPS", from, to)
                .Exam("K1", "Windows and Devices")
                .AsOf("2020-04-01")
                .Eligibility()
        );
        Assert.Equal(
            Redeemed(holds ? null : "ELG-COMPETENCY"),
            Delivered()
                .Competency("P1", "Windows and Devices", from: from, to: to)
                .Enrolled("P1", "DDPS")
                .Exam("K1", "Windows and Devices")
                .AsOf("2020-04-01")
                .Eligibility()
        );
    }

    [Theory]
    [InlineData("2020-03-01", null)]
    [InlineData("2020-03-02", null)]
    [InlineData("2020-03-03", "ELG-CONSULTANT")]
    public void An_exam_is_passed_by_the_day_of_redemption(string passed, string? code) =>
        Assert.Equal(
            Redeemed(code),
            Delivered()
                .Competency("P1", "Windows and Devices")
                .Enrolled("P1", "DDPS")
                .Exam("K1", "Windows and Devices", passed)
                .AsOf("2020-04-01")
                .Eligibility()
        );

    // The consultant has passed the exam of the other alternative only. While the partner qualifies by this one, on
    // the day of redemption, 2020-03-02, that exam does not count; when it qualifies by none, it does.
    [Theory]
    [InlineData("P1", "2019-01-01", "2020-03-01", "ELG-COMPETENCY")]
    [InlineData("P1", "2019-01-01", "2020-03-02", "ELG-CONSULTANT")]
    [InlineData("P1", "2019-01-01", "2020-03-03", "ELG-CONSULTANT")]
    [InlineData("P1", "2020-03-01", null, "ELG-CONSULTANT")]
    [InlineData("P1", "2020-03-02", null, "ELG-CONSULTANT")]
    [InlineData("P1", "2020-03-03", null, "ELG-COMPETENCY")]
    [InlineData("P2", "2019-01-01", null, "ELG-COMPETENCY")]
    public void An_exam_of_the_other_alternative_counts_only_while_the_partner_qualifies_by_none(
        string partner,
        string from,
        string? to,
        string code
    ) =>
        Assert.Equal(
            Redeemed(code),
            Delivered("mobile-productivity")
                .VoucherOfAnotherPartner()
                .Competency(partner, "Enterprise Mobility Management", from: from, to: to)
                .Enrolled("P1", "DDPS")
                .Exam("K1", "Windows and Devices")
                .AsOf("2020-04-01")
                .Eligibility()
        );

    [Theory]
    [InlineData(CompetencyLevel.Silver, "ELG-COMPETENCY")]
    [InlineData(CompetencyLevel.Gold, "ELG-CONSULTANT")]
    public void A_competency_below_the_level_asked_for_does_not_qualify_a_consultant(
        CompetencyLevel level,
        string code
    ) =>
        Assert.Equal(
            Redeemed(code),
            Delivered("data-estate")
                .Competency("P1", "Data Platform", level)
                .Enrolled("P1", "SSDPS")
                .Exam("K1", "Data Analytics")
                .AsOf("2020-04-01")
                .Eligibility()
        );

    [Theory]
    [InlineData("Enterprise Mobility Management", false)]
    [InlineData("Windows and Devices", true)]
    public void An_exam_of_an_alternative_the_partner_does_not_hold_does_not_count(
        string exam,
        bool qualified
    ) =>
        Assert.Equal(
            qualified ? Eligible : "Ineligible (ELG-CONSULTANT)",
            Scene
                .Empty()
                .Agreement("A")
                .Enrolled("P1", "DDPS")
                .Competency("P1", "Windows and Devices")
                .Exam("K1", exam)
                .Voucher(reserved: "2020-01-20", started: "2020-02-01", engagement: "mobile-productivity")
                .AsOf("2020-03-01")
                .Eligibility()
        );

    [Theory]
    [InlineData("Enterprise Mobility Management", "ELG-COMPETENCY")]
    [InlineData("Messaging", "ELG-COMPETENCY;ELG-CONSULTANT")]
    public void Where_the_partner_qualifies_by_none_an_exam_of_any_alternative_counts(
        string exam,
        string codes
    ) =>
        Assert.Equal(
            $"Ineligible ({codes})",
            Scene
                .Empty()
                .Agreement("A")
                .Enrolled("P1", "DDPS")
                .Exam("K1", exam)
                .Voucher(reserved: "2020-01-20", started: "2020-02-01", engagement: "mobile-productivity")
                .AsOf("2020-03-01")
                .Eligibility()
        );

    [Theory]
    [InlineData("P1-US", "US", true)]
    [InlineData("P1-DE", "DE", true)]
    [InlineData("P1-DE", "US", false)]
    public void The_location_is_in_the_country_of_delivery(string location, string country, bool same) =>
        Assert.Equal(
            same ? Eligible : "Ineligible (ELG-COUNTRY)",
            Scene
                .New()
                .Voucher(reserved: "2020-01-20", location: location, country: country)
                .AsOf("2020-03-01")
                .Eligibility()
        );

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void The_days_are_one_of_the_durations_of_the_engagement(int days, bool allowed) =>
        Assert.Equal(
            allowed ? Eligible : "Ineligible (ELG-DURATION)",
            Scene.New().Voucher(reserved: "2020-01-20", days: days).AsOf("2020-03-01").Eligibility()
        );

    [Fact]
    public void All_findings_are_listed_in_the_order_of_the_codes() =>
        Assert.Equal(
            "Ineligible (ELG-NOT-ENROLLED;ELG-COMPETENCY;ELG-CONSULTANT;ELG-COUNTRY;ELG-DURATION)",
            Scene
                .New()
                .Voucher(
                    reserved: "2020-01-20",
                    started: "2020-02-01",
                    location: "P2-US",
                    country: "DE",
                    days: 7
                )
                .AsOf("2020-03-01")
                .Eligibility()
        );

    [Fact]
    public void A_finding_about_the_consultant_says_what_is_missing()
    {
        Assert.Equal(
            "Delivery started on 2020-02-01, and no consultant is named.",
            Sentence(consultant: null)
        );
        Assert.Equal(
            "Consultant K2 works for partner P2, not for P1, who reserved the voucher.",
            Sentence(consultant: "K2")
        );
        Assert.Equal(
            "Consultant K1 had passed no exam that counts for exchange by the business date.",
            Sentence(consultant: "K1", engagement: "exchange")
        );

        static string Sentence(string? consultant, string engagement = "windows-office") =>
            Scene
                .New()
                .Voucher(
                    reserved: "2020-01-20",
                    started: "2020-02-01",
                    consultant: consultant,
                    engagement: engagement
                )
                .AsOf("2020-03-01")
                .Sentence("ELG-CONSULTANT");
    }

    /// <summary>A voucher that P1 and K1 delivered and redeemed on 2020-03-02, without what is asked of them.</summary>
    private static Scene Delivered(string engagement = "windows-office") =>
        Scene
            .Empty()
            .Agreement("A")
            .Voucher(
                reserved: "2020-01-20",
                started: "2020-02-01",
                redeemed: "2020-03-02",
                engagement: engagement
            );

    [Theory]
    [InlineData(null, "the business date")]
    [InlineData("2020-03-02", "2020-03-02")]
    public void A_finding_writes_the_date_out_where_it_is_settled(string? redeemed, string date) =>
        Assert.Equal(
            $"Partner P2 has no enrolment in DDPS that covers {date}.",
            Scene
                .New()
                .Voucher(reserved: "2020-01-20", location: "P2-US", redeemed: redeemed)
                .AsOf("2020-03-05")
                .Sentence("ELG-NOT-ENROLLED")
        );

    private static string Redeemed(string? code, string redeemed = "2020-03-02") =>
        (code is null ? "Eligible" : $"Ineligible ({code})") + $" evaluated_on={redeemed}";
}
