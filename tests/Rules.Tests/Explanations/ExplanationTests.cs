using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Tests.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Explanations;

public class ExplanationTests
{
    private static Explanation Explain(
        Scene scene,
        string asOf,
        SubjectType subject = SubjectType.Voucher,
        string id = "V"
    ) => scene.Open(asOf).Explain(scene.Facts, subject, id)!;

    private static string Because(Explanation explanation, string code) =>
        explanation.RuleSets.SelectMany(r => r.Rules).Single(r => r.Code == code).Because;

    private static string Because(Scene scene, string asOf, string code) =>
        Because(Explain(scene, asOf), code);

    [Fact]
    public void A_page_lists_the_facts_as_known_and_every_rule_set_that_may_apply()
    {
        var page = Explain(Scene.New().Voucher(assigned: "2020-01-10", reserved: "2020-03-01"), "2020-02-01");

        Assert.Equal(
            [
                "customer_id C",
                "agreement_id A",
                "engagement windows-office",
                "days 5",
                "country US",
                "created_on 2020-01-02",
                "assigned_on 2020-01-10",
                "consultant_id K1",
            ],
            page.Facts.Select(f => $"{f.Name} {f.Value}")
        );
        Assert.Equal(
            [
                "Retirement Allowed",
                "Expiry Active",
                "Eligibility The voucher is not reserved.",
                "Payment The voucher is not validly redeemed.",
            ],
            page.RuleSets.Select(r => $"{r.RuleSet} {r.Decision?.Outcome}{r.NotDecided}")
        );
    }

    [Fact]
    public void It_says_what_the_last_day_was_measured_against()
    {
        var expiry = Explain(Scene.New().Voucher(assigned: "2020-01-10"), "2020-02-01").RuleSets[1];

        Assert.Equal(
            [
                new("expiry.anchor", "assigned", new(2000, 1, 1)),
                new("voucher.assigned_on", "2020-01-10"),
                new("expiry.life_days", "180", new(2000, 1, 1)),
                new("expires_on", "2020-07-08"),
                new("retirement.last_redemption_on", "2022-01-01", new(2000, 1, 1)),
                new("redeem_by", "2020-07-08"),
            ],
            expiry.Basis.Take(6)
        );
    }

    [Fact]
    public void It_tells_the_rules_that_held_from_those_that_did_not()
    {
        var rules = Explain(Scene.New().Voucher(created: "2021-07-01"), "2021-08-01").RuleSets[0].Rules;

        Assert.Equal(
            [
                ("Cancelled", false, "voucher cancelled on is absent"),
                ("RET-CREATED-LATE", true, ""),
                (
                    "RET-ASSIGNED-LATE",
                    false,
                    "voucher assigned on (absent) is not after last creation on (2021-06-30)"
                ),
                ("RET-CLOUD", false, "engagement is cloud: no"),
                (
                    "RET-REDEEMED-LATE",
                    false,
                    "voucher redeemed on (absent) is not after last redemption on (2022-01-01)"
                ),
            ],
            rules.Select(r => (r.Code, r.Held, r.Because))
        );
        Assert.Equal("The voucher was created after the last day to create one.", rules[1].Description);
    }

    [Theory]
    [InlineData("2020-02-01", "EXP-SOON", "warning band is absent")]
    [InlineData("2020-02-01", "EXP-LIFE", "business date (2020-02-01) is not after redeem by (2020-06-30)")]
    [InlineData("2020-02-01", "EXP-REDEEMED-LATE", "voucher redeemed on is absent")]
    [InlineData(
        "2020-07-01",
        "EXP-SOON",
        "business date (2020-07-01) is not on or before redeem by (2020-06-30)"
    )]
    [InlineData(
        "2020-07-01",
        "EXP-PROGRAM-END",
        "last redemption on (2022-01-01) is not before expires on (2020-06-30)"
    )]
    [InlineData("2020-08-01", "EXP-LIFE", "voucher redeemed on is 2020-07-15")]
    public void It_says_which_condition_of_a_rule_stood_against_it(
        string asOf,
        string code,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Because(Scene.New().Voucher(created: "2020-01-02", redeemed: "2020-07-15"), asOf, code)
        );

    [Theory]
    [InlineData("ELG-NOT-ENROLLED", "found enrollment (partner id P1, offering DDPS, signed on 2019-01-01)")]
    [InlineData(
        "ELG-COMPETENCY",
        "found partner competency (partner id P1, competency Windows and Devices, level silver, from on 2019-01-01)"
    )]
    [InlineData(
        "ELG-CONSULTANT",
        "found consultant exam (consultant id K1, competency Windows and Devices, passed on 2019-01-01)"
    )]
    [InlineData("ELG-COUNTRY", "location country and voucher country are both US")]
    [InlineData("ELG-DURATION", "engagement durations contains voucher days: yes")]
    [InlineData("ELG-REPEAT", "voucher days (5) is not repeat days (15)")]
    [InlineData(
        "PAY-LAPSED",
        "request in time is payment request (request id R, voucher id V, location id P1-US, submitted on 2020-03-10, amount 8000.00, currency USD, invoice number I-1)"
    )]
    public void It_says_what_a_partner_has_that_a_rule_found_missing_in_others(
        string code,
        string expected
    ) => Assert.Equal(expected, Because(Scene.New().DeliveredVoucher().Request(), "2020-04-01", code));

    [Fact]
    public void It_says_that_there_is_nothing_earlier()
    {
        var scene = Scene.New().DeliveredVoucher(days: 15).Request(amount: 24000m);

        Assert.Equal("first alike is absent", Because(scene, "2020-04-01", "ELG-REPEAT"));
        Assert.Equal(
            "requests for voucher count is 1, not more than 1",
            Because(Explain(scene, "2020-04-01", SubjectType.PaymentRequest, "R"), "PAY-DUPLICATE")
        );
    }

    [Theory]
    [InlineData("R1", "earlier acceptable is absent")]
    [InlineData("R2", "")]
    public void It_says_which_of_two_requests_has_nothing_earlier(string request, string expected)
    {
        var scene = Scene
            .New()
            .DeliveredVoucher()
            .Request("R1", submitted: "2020-03-10")
            .Request("R2", submitted: "2020-03-11");

        Assert.Equal(
            expected,
            Because(Explain(scene, "2020-04-01", SubjectType.PaymentRequest, request), "PAY-DUPLICATE")
        );
    }

    [Theory]
    [InlineData("2020-07-08", "status Reserved")]
    [InlineData("2020-07-09", "days Returned, status Expired")]
    public void It_says_what_follows_for_days_and_status(string asOf, string expected) =>
        Assert.Equal(
            expected,
            string.Join(", ", Consequences(Reserved(), asOf).Select(c => $"{c.Name} {c.Outcome}"))
        );

    [Fact]
    public void It_says_why_a_voucher_has_no_other_status() =>
        Assert.Equal(
            [
                "Cancelled: retirement outcome is Allowed, not Cancelled",
                "Void: retirement outcome is Allowed, not Void",
                "Redeemed: outcome is Active, not Closed",
                "Expired: outcome is Active, not Expired",
                "Delivered: voucher engagement completed on is absent",
                "Reserved: ",
                "Assigned: ",
            ],
            Consequences(Reserved(), "2020-03-01").Single().Rows.Select(r => $"{r.Code}: {r.Because}")
        );

    [Fact]
    public void It_says_why_days_are_lost()
    {
        var days = Consequences(Reserved().Agreement("A", ends: "2020-07-08"), "2020-07-09")[0];

        Assert.Equal("Lost", days.Outcome);
        Assert.Equal(
            "Returned: agreement ends on is 2020-07-08 and agreement ends on (2020-07-08) is not on or after expired on (2020-07-09)",
            days.Rows.Select(r => $"{r.Code}: {r.Because}").Single()
        );
    }

    private static Scene Reserved() => Scene.New().Voucher(assigned: "2020-01-10", reserved: "2020-02-01");

    private static IReadOnlyList<ConsequenceExplanation> Consequences(Scene scene, string asOf) =>
        Explain(scene, asOf).RuleSets[1].Consequences;

    [Fact]
    public void It_explains_an_agreement_with_each_of_its_grants()
    {
        var page = Explain(
            Scene
                .New()
                .Grant("G1", "2020-01-01", days: 10)
                .Grant("G2", "2020-02-03", days: 5, GrantSource.TrainingConversion),
            "2020-04-01",
            SubjectType.Agreement,
            "A"
        );

        Assert.Equal(
            "Open (ENT-CONVERSION-ENDED) granted=10;drawn=0;returned=0;balance=10",
            Decided.Text(page.RuleSets[0].Decision!)
        );
        Assert.Equal(
            "grant granted on (2020-01-01) is not on or after accrual ended on (2021-02-01); grant source is TrainingConversion, not Accrual",
            Because(page, "ENT-ACCRUAL-ENDED")
        );
        Assert.Equal("before removal is 10, not less than 0", Because(page, "ENT-OVERDRAWN"));
    }

    [Fact]
    public void It_explains_a_payment_request_in_both_rule_sets()
    {
        var page = Explain(
            Scene.New().DeliveredVoucher().Request().Payment("X", paid: "2020-03-20"),
            "2020-04-01",
            SubjectType.PaymentRequest,
            "R"
        );

        Assert.Equal(
            ["Approved approved=8000.00", "Paid approved=8000.00;paid=8000.00"],
            page.RuleSets.Select(r => Decided.Text(r.Decision!))
        );
        Assert.Equal("life retirement is void or cancelled: no", Because(page, "PAY-VOID"));
        Assert.Equal(
            "redeemed on is 2020-03-02 and redeemed on (2020-03-02) is not after request submitted on (2020-03-10)",
            Because(page, "PAY-NOT-REDEEMED")
        );
        Assert.Equal("submission outcome is Approved", Because(page, "REC-NOT-APPROVED"));
    }

    [Fact]
    public void It_explains_a_payment()
    {
        var page = Explain(
            Scene.New().DeliveredVoucher().Request().Payment("X", paid: "2020-03-20"),
            "2020-04-01",
            SubjectType.Payment,
            "X"
        );

        Assert.Equal("Matched request_id=R", Decided.Text(page.RuleSets.Single().Decision!));
        Assert.Equal("payment currency and request currency are both USD", Because(page, "REC-CURRENCY"));
    }

    [Fact]
    public void It_explains_a_payment_by_invoice_number()
    {
        var session = Scene.New().Open("2020-04-01");
        var payment = new InvoicePayment(new("X", null, "I-1", Dates.Of("2020-03-20"), 5m, "USD"), []);

        var page = session.Explain(payment)!;

        Assert.Equal("Unmatched (REC-UNMATCHED)", Decided.Text(page.RuleSets.Single().Decision!));
        Assert.Equal("request is absent", Because(page, "REC-CURRENCY"));
        Assert.Null(Scene.New().Open("2020-03-19").Explain(payment));
    }

    [Fact]
    public void It_explains_a_partner_with_an_engagement_from_the_facts_it_asks_about()
    {
        var scene = Scene
            .Empty()
            .Competency("P1", "Windows and Devices", CompetencyLevel.Gold, "2019-03-01", "2020-05-31")
            .Competency("P1", "Datacenter")
            .Enrolled("P1", "SDPS")
            .Enrolled("P1", "DDPS", "2018-05-01", "2019-04-30")
            .Exam("K1", "Datacenter")
            .Exam("K1", "Windows and Devices", "2020-04-01");

        var page = scene.Open("2020-03-01").Explain(scene.Reference.FactsOf("P1"), "P1/windows-office")!;

        Assert.Equal(
            [
                "partner_id P1",
                "competency_2 Windows and Devices, gold from 2019-03-01 to 2020-05-31",
                "enrollment_1 DDPS, from 2018-05-01 to 2019-04-30",
            ],
            page.Facts.Select(f => $"{f.Name} {f.Value}")
        );
        Assert.Equal(
            "NotQualified (QLF-CONSULTANT;QLF-NOT-ENROLLED)",
            Decided.Text(page.RuleSets.Single().Decision!)
        );
        Assert.Equal(
            [
                "requirements.windows-office silver Windows and Devices",
                "partner_competency Windows and Devices gold from 2019-03-01 to 2020-05-31",
                "engagement.offering DDPS",
                "enrollment DDPS from 2018-05-01 to 2019-04-30",
                "retirement.last_redemption_on 2022-01-01",
                "qualification.warning_days 60",
            ],
            page.RuleSets.Single().Basis.Select(b => $"{b.Name} {b.Value}")
        );
        Assert.Equal(
            "found partner competency (partner id P1, competency Windows and Devices, level gold, from on 2019-03-01, to on 2020-05-31)",
            Because(page, "QLF-COMPETENCY")
        );
        Assert.Equal("has consultant: no", Because(page, "QLF-ENDING"));
        Assert.Null(scene.Open("2020-03-01").Explain(scene.Reference.FactsOf("P1"), "P1/exchange"));
    }

    [Theory]
    [InlineData(SubjectType.Voucher)]
    [InlineData(SubjectType.Agreement)]
    [InlineData(SubjectType.PaymentRequest)]
    [InlineData(SubjectType.Payment)]
    [InlineData(SubjectType.PartnerEngagement)]
    public void There_is_nothing_to_explain_about_a_subject_that_is_not_there(SubjectType subject)
    {
        var scene = Scene.New().Voucher(created: "2020-01-02");

        Assert.Null(scene.Open("2020-01-01").Explain(scene.Facts, subject, "V"));
    }
}
