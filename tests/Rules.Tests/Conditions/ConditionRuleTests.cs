using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Comparing;
using PlanningServices.Rules.Policies.Coverage;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Policies.Scenarios;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Conditions;

/// <summary>Rules that a pack brings decide beside those of the program, and answer the same questions.</summary>
public class ConditionRuleTests
{
    [Theory]
    [InlineData("50000.00", "Held (PAY-AMOUNT)")]
    [InlineData("50000.01", "Held (PAY-AMOUNT;PAY-SECOND-LOOK)")]
    public void A_request_above_the_limit_is_found_after_the_code_that_the_rule_names(
        string amount,
        string decision
    ) => Assert.Equal(decision, Requested(amount).AsOf("2020-04-01").PaymentOfRequest());

    [Fact]
    public void A_finding_says_in_its_sentence_and_evidence_what_the_rule_read()
    {
        var finding = Requested("60000").AsOf("2020-04-01").Finding("PAY-SECOND-LOOK");

        Assert.Equal("Large request", finding.Rule);
        Assert.Equal(
            "The request is for 60000.00 USD; above 50000.00 it is held for a second look.",
            finding.Sentence
        );
        Assert.Equal(
            [
                new("payment_request.currency", "USD"),
                new("payment_request.amount", "60000.00"),
                new("custom.second_look_above", "50000.00", new(2000, 1, 1)),
            ],
            finding.Evidence
        );
    }

    [Fact]
    public void A_rule_that_did_not_hold_says_why_not_with_the_values() =>
        Assert.Equal(
            "payment_request.amount (8000.00) is not more than custom.second_look_above (50000.00)",
            WhyNot(Requested("8000"), SubjectType.PaymentRequest, "R", "PAY-SECOND-LOOK")
        );

    [Theory]
    [InlineData(
        "payment_request.currency == \"EUR\"",
        "payment_request.currency (USD) is not equal to \"EUR\""
    )]
    [InlineData(
        "payment_request.currency in [\"EUR\", \"SEK\"]",
        "payment_request.currency is USD, not one of \"EUR\", \"SEK\""
    )]
    [InlineData("voucher.days in [1..4]", "voucher.days is 5, not in [1..4]")]
    [InlineData("voucher.cancelled_on is present", "voucher.cancelled_on is absent")]
    [InlineData("voucher.cancelled_on > 2020-01-01", "voucher.cancelled_on (absent) is not after 2020-01-01")]
    [InlineData("!(voucher.days == 5)", "voucher.days (5) is equal to 5")]
    [InlineData("engagement.cloud", "engagement.cloud: no")]
    [InlineData(
        "voucher.days > 9 || engagement.cloud",
        "voucher.days (5) is not more than 9 and engagement.cloud: no"
    )]
    [InlineData("voucher.days > 1 && voucher.days < 3", "voucher.days (5) is not less than 3")]
    [InlineData("as_of - voucher.redeemed_on > 60", "as_of - voucher.redeemed_on (30) is not more than 60")]
    [InlineData("count(vouchers where days > 3) > 1", "count(vouchers where days > 3) is 1, not > 1")]
    [InlineData(
        "exists(enrollments where offering == engagement.offering && ends_on < as_of)",
        "none of the enrollments is one where offering == engagement.offering && ends_on < as_of; engagement.offering is DDPS, as_of is 2020-04-01"
    )]
    [InlineData(
        "not exists(enrollments where offering == engagement.offering)",
        "found one of the enrollments (partner_id P1, offering DDPS, signed_on 2019-01-01)"
    )]
    public void Why_a_condition_does_not_hold_is_said_in_the_names_of_its_author(
        string condition,
        string why
    ) =>
        Assert.Equal(
            why,
            WhyNot(
                Scene
                    .New()
                    .Under(
                        RulePacks.When("PAY-TRY", "payment", "payment_request", "PAY-AMOUNT", null, condition)
                    )
                    .DeliveredVoucher()
                    .Request(),
                SubjectType.PaymentRequest,
                "R",
                "PAY-TRY"
            )
        );

    [Theory]
    [InlineData("retirement", "voucher", "RET-CREATED-LATE", "Void", "voucher.days == 5", "Void (RET-TRY)")]
    [InlineData(
        "expiry",
        "voucher",
        "EXP-SOON",
        "ExpiringSoon",
        "expiry.redeem_by > as_of",
        "Closed (EXP-TRY) redeem_by=2020-07-08"
    )]
    [InlineData(
        "entitlement",
        "agreement",
        "ENT-OVERDRAWN",
        null,
        "entitlement.balance <= 0 - 5",
        "Overdrawn (ENT-OVERDRAWN;ENT-TRY) granted=0;drawn=5;returned=0;balance=-5"
    )]
    [InlineData(
        "eligibility",
        "voucher",
        "ELG-REPEAT",
        "Ineligible",
        "consultant.partner_id == partner_location.partner_id && exists(consultant_exams where passed_on < voucher.created_on)",
        "Ineligible (ELG-TRY) evaluated_on=2020-03-02"
    )]
    [InlineData(
        "payment",
        "payment_request",
        "PAY-VOID",
        "Rejected",
        "rate.amount == payment_request.amount",
        "Rejected (PAY-TRY)"
    )]
    [InlineData(
        "payment",
        "voucher",
        "PAY-CLOSING",
        "ClosingSoon",
        "payment.last_day > as_of && count(payment_requests) == 1",
        "Requested (PAY-TRY) last_day=2020-05-01"
    )]
    [InlineData(
        "reconciliation",
        "payment_request",
        "REC-OVERDUE",
        null,
        "reconciliation.paid == 8000 && exists(payments where paid_on > payment_request.submitted_on)",
        "Paid (REC-TRY) approved=8000.00;paid=8000.00"
    )]
    [InlineData(
        "reconciliation",
        "payment",
        "REC-CURRENCY",
        null,
        "payment.amount == payment_request.amount",
        "Matched (REC-TRY) request_id=R"
    )]
    public void A_rule_may_be_about_any_subject(
        string ruleSet,
        string subject,
        string after,
        string? outcome,
        string condition,
        string decision
    )
    {
        var code = after[..4] + "TRY";
        var decided = Scene
            .New()
            .Under(RulePacks.When(code, ruleSet, subject, after, outcome, condition))
            .DeliveredVoucher()
            .Request()
            .Payment("P", "2020-03-20")
            .AsOf("2020-04-01");

        Assert.Equal(
            [decision],
            decided
                .All.Where(d => d.Codes.Split(';').Contains(code, StringComparer.Ordinal))
                .Select(Decided.Text)
        );
    }

    [Fact]
    public void A_payment_that_names_an_invoice_only_is_found_by_it_too()
    {
        var session = Books.Rules.Open(
            RulePacks.When(
                "REC-TRY",
                "reconciliation",
                "payment",
                "REC-CURRENCY",
                null,
                "payment.request_id is absent"
            ),
            ReferenceData.None,
            new(2020, 4, 1)
        );

        Assert.Equal(
            "REC-UNMATCHED;REC-TRY",
            session.Decide([new(new("P", null, "I-1", new(2020, 3, 1), 1m, "USD"), [])])[0].Codes
        );
    }

    /// <summary>What rejects a request of the pack's own makes way for the next one, as any rejection does.</summary>
    [Fact]
    public void A_request_that_a_rule_of_the_pack_rejects_is_no_duplicate_to_the_next()
    {
        var decided = Scene
            .New()
            .Under(
                RulePacks.When(
                    "PAY-TRY",
                    "payment",
                    "payment_request",
                    "PAY-DUPLICATE",
                    "Rejected",
                    "payment_request.invoice_number == \"I-1\""
                )
            )
            .DeliveredVoucher()
            .Request()
            .Request("S", "2020-03-11", invoice: "I-2")
            .Request("T", "2020-03-12", invoice: "I-3")
            .AsOf("2020-04-01");

        Assert.Equal(
            "Rejected (PAY-TRY), Approved approved=8000.00, Rejected (PAY-DUPLICATE)",
            string.Join(
                ", ",
                decided.PaymentOfRequest("R"),
                decided.PaymentOfRequest("S"),
                decided.PaymentOfRequest("T")
            )
        );
    }

    [Fact]
    public void Rules_stand_in_the_order_in_which_they_name_one_another()
    {
        var pack = RulePacks.With(
            RulePacks.Rule("PAY-B", "payment", "payment_request", "PAY-NO-RATE", null, "voucher.days == 5"),
            RulePacks.Rule("PAY-A", "payment", "payment_request", "PAY-B", null, "voucher.days == 5"),
            RulePacks.Rule("PAY-C", "payment", "payment_request", "PAY-NO-RATE", null, "voucher.days == 5")
        );

        Assert.Equal(
            "Held (PAY-B;PAY-A;PAY-C;PAY-AMOUNT)",
            Requested("1").Under(pack).AsOf("2020-04-01").PaymentOfRequest()
        );
    }

    /// <summary>An index serves customers with many facts; it finds what looking through all would.</summary>
    [Fact]
    public void Facts_are_found_by_key_as_they_are_by_looking_through_all()
    {
        var scene = Scene
            .New()
            .Under(
                RulePacks.With(
                    RulePacks.Rule(
                        "ELG-A",
                        "eligibility",
                        "voucher",
                        "ELG-REPEAT",
                        null,
                        "count(vouchers where days == voucher.days && country == \"US\") == 10"
                    ),
                    RulePacks.Rule(
                        "ELG-B",
                        "eligibility",
                        "voucher",
                        "ELG-REPEAT",
                        null,
                        "count(vouchers where !(days != voucher.days) && country == \"US\") == 10"
                    ),
                    RulePacks.Rule(
                        "ELG-C",
                        "eligibility",
                        "voucher",
                        "ELG-REPEAT",
                        null,
                        "exists(vouchers where division == voucher.division)"
                    )
                )
            );
        for (var i = 0; i < 30; i++)
        {
            scene.Voucher(
                $"V{i:00}",
                reserved: "2020-01-20",
                days: 1 + (i % 3),
                division: i == 7 ? "North" : null
            );
        }

        var codes = scene
            .AsOf("2020-02-01")
            .All.Where(d => d.RuleSet == RuleSetName.Eligibility)
            .Select(d =>
                string.Join(
                    ';',
                    d.Findings.Select(f => f.Code).Where(c => c is "ELG-A" or "ELG-B" or "ELG-C")
                )
            )
            .ToList();

        Assert.Equal(29, codes.Count(c => c == "ELG-A;ELG-B"));
        Assert.Equal(1, codes.Count(c => c == "ELG-A;ELG-B;ELG-C"));
    }

    [Fact]
    public void The_sample_scenarios_hold_and_exercise_every_rule_and_parameter()
    {
        var pack = Read(f => !IsScenario(f) || f.Path == "scenarios/rules.yaml");
        var results = ScenarioRunner.Run(pack, Books.Rules);

        Assert.Empty(results.SelectMany(r => r.Differences));
        Assert.Empty(Unexercised(pack, results));
    }

    [Fact]
    public void A_rule_without_a_scenario_is_not_exercised()
    {
        var pack = Read(f => !IsScenario(f));

        Assert.Equal(
            [
                "rules.yaml:7: ELG-ENDING",
                "rules.yaml:20: ELG-BUSY",
                "rules.yaml:31: PAY-SECOND-LOOK",
                "custom.engagements_at_once is 3 from 2000-01-01",
                "custom.enrollment_days is 30 from 2000-01-01",
                "custom.second_look_above is 50000.00 from 2000-01-01",
            ],
            Unexercised(pack, [])
        );
    }

    private static PolicyPack Read(Func<PackFile, bool> isKept) =>
        PolicyPackReader.Read("pack", [.. RulePacks.SampleFiles().Where(isKept)]);

    private static bool IsScenario(PackFile file) =>
        file.Path.StartsWith("scenarios/", StringComparison.Ordinal);

    /// <summary>What of the pack's own the scenarios leave out.</summary>
    private static IEnumerable<string> Unexercised(PolicyPack pack, IReadOnlyList<ScenarioResult> results) =>
        CoverageRun
            .Of(pack, Books.Rules, results)
            .Parts.SelectMany(p => p.Unexercised)
            .Where(u => u.File == "rules.yaml" || u.What.StartsWith("custom.", StringComparison.Ordinal))
            .Select(u => u.File == "rules.yaml" ? $"{u.File}:{u.Line}: {u.What}" : u.What);

    [Fact]
    public void Another_value_of_a_parameter_decides_otherwise()
    {
        var scene = Requested("9000");
        Assert.Equal("Held (PAY-AMOUNT)", scene.AsOf("2020-04-01").PaymentOfRequest());
        Assert.Equal(
            "Held (PAY-AMOUNT;PAY-SECOND-LOOK)",
            scene
                .Under(RulePacks.Sample.WhatIf("custom.second_look_above", "8999.99"))
                .AsOf("2020-04-01")
                .PaymentOfRequest()
        );
    }

    [Fact]
    public void The_nearest_change_may_be_one_of_a_parameter_that_only_a_rule_of_the_pack_reads()
    {
        var scene = Scene
            .Empty()
            .Agreement("A")
            .Competency("P1", "Windows and Devices")
            .Enrolled("P1", "DDPS", ends: "2020-02-14")
            .Voucher(reserved: "2020-01-20");
        Assert.Equal(
            "Ineligible (ELG-ENDING)",
            scene.Under(RulePacks.Sample).AsOf("2020-02-01").Eligibility()
        );

        var change = Assert.Single(
            NearestChange.Of(
                SubjectFacts.Of(scene.Facts, SubjectType.Voucher, "V"),
                RulePacks.Sample,
                new(2020, 2, 1),
                pack => Books.Rules.Open(pack, scene.Reference, new(2020, 2, 1))
            ),
            c => c is { RuleSet: RuleSetName.Eligibility, IsParameter: true }
        );
        Assert.Equal(
            ("custom.enrollment_days", "30", "24", "Eligible"),
            (change.Name, change.From, change.To, change.NewOutcome)
        );
    }

    [Fact]
    public void A_difference_between_packs_is_said_rule_by_rule()
    {
        var edited = RulePacks
            .SampleFiles()
            .Select(f =>
                f.Path == "rules.yaml"
                    ? f with
                    {
                        Text = f
                            .Text.Replace("== \"USD\"", "in [\"USD\", \"EUR\"]", StringComparison.Ordinal)
                            .Replace("outcome: Held", "outcome: Rejected", StringComparison.Ordinal),
                    }
                    : f
            )
            .Select(f =>
                f with
                {
                    Text = f.Text.Replace("ELG-BUSY", "ELG-TOO-BUSY", StringComparison.Ordinal),
                }
            );

        Assert.Equal(
            [
                "rule ELG-BUSY: removed, was Consultant delivers too much at once",
                "rule ELG-TOO-BUSY: added, Consultant delivers too much at once",
                "rule PAY-SECOND-LOOK, outcome: Held -> Rejected",
                "rule PAY-SECOND-LOOK, when: payment_request.currency == \"USD\" && payment_request.amount > custom.second_look_above -> payment_request.currency in [\"USD\", \"EUR\"] && payment_request.amount > custom.second_look_above",
            ],
            PolicyDiff
                .Of(RulePacks.Sample, PolicyPackReader.Read("pack", [.. edited]))
                .Where(c => c.Part == PolicyPart.Rules)
                .Select(c => c.ToString())
        );
    }

    [Fact]
    public void Rules_are_of_the_hash_of_a_pack() =>
        Assert.NotEqual(
            Policies.Packs.Shipped.Hash,
            RulePacks.When("RET-TRY", "retirement", "voucher", "RET-CLOUD", null, "voucher.days > 1").Hash
        );

    private static Scene Requested(string amount) =>
        Scene.New().Under(RulePacks.Sample).DeliveredVoucher().Request(amount: Money.Of(amount));

    private static string WhyNot(Scene scene, SubjectType subject, string id, string code) =>
        scene
            .Open("2020-04-01")
            .Explain(scene.Facts, subject, id)!
            .RuleSets.SelectMany(r => r.Rules)
            .Single(r => r.Code == code)
            .Because;
}
