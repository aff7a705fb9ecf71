using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests;

/// <summary>Codes are listed in the order of the tables of docs/domain.md.</summary>
public class CodeOrderTests
{
    [Theory]
    [InlineData(RuleSetName.Retirement, "RET-CREATED-LATE;RET-ASSIGNED-LATE;RET-CLOUD;RET-REDEEMED-LATE")]
    [InlineData(RuleSetName.Expiry, "EXP-REDEEMED-LATE;EXP-PROGRAM-END;EXP-LIFE;EXP-SOON")]
    [InlineData(
        RuleSetName.Entitlement,
        "ENT-ACCRUAL-ENDED;ENT-CONVERSION-ENDED;ENT-OVERDRAWN;ENT-DAYS-REMOVED"
    )]
    [InlineData(
        RuleSetName.Eligibility,
        "ELG-NOT-ENROLLED;ELG-COMPETENCY;ELG-CONSULTANT;ELG-COUNTRY;ELG-DURATION;ELG-REPEAT"
    )]
    [InlineData(
        RuleSetName.Payment,
        "PAY-VOID;PAY-NOT-REDEEMED;PAY-WINDOW;PAY-RESERVATION;PAY-DELIVERABLES;PAY-COUNTRY;PAY-PARTNER;"
            + "PAY-INELIGIBLE;PAY-DUPLICATE;PAY-NO-RATE;PAY-AMOUNT;PAY-LAPSED;PAY-CLOSING"
    )]
    [InlineData(
        RuleSetName.Reconciliation,
        "REC-NOT-APPROVED;REC-PAID-TWICE;REC-OVERPAID;REC-PARTLY-PAID;REC-OVERDUE;REC-UNMATCHED;REC-CURRENCY;REC-PARTLY-MATCHED;REC-ALLOCATION"
    )]
    [InlineData(
        RuleSetName.Qualification,
        "QLF-RETIRED;QLF-COMPETENCY;QLF-CONSULTANT;QLF-NOT-ENROLLED;QLF-ENDING"
    )]
    public void A_rule_set_has_the_codes_of_its_tables(RuleSetName ruleSet, string codes) =>
        Assert.Equal(codes.Split(';'), RuleBook.CodesOf(ruleSet));

    // Below, every two codes that can stand in one decision do. Expiry and reconciliation find one thing at most.
    [Fact]
    public void A_retirement_decision_lists_them_in_that_order() =>
        Assert.Equal(
            "Void (RET-CREATED-LATE;RET-ASSIGNED-LATE;RET-CLOUD;RET-REDEEMED-LATE)",
            Scene
                .New()
                .Voucher(
                    created: "2021-07-01",
                    assigned: "2021-07-02",
                    redeemed: "2022-01-02",
                    engagement: "azure"
                )
                .AsOf("2022-02-01")
                .Retirement()
        );

    [Theory]
    [InlineData(4, "Overdrawn (ENT-ACCRUAL-ENDED;ENT-CONVERSION-ENDED;ENT-OVERDRAWN)")]
    [InlineData(6, "Removed (ENT-ACCRUAL-ENDED;ENT-CONVERSION-ENDED;ENT-DAYS-REMOVED)")]
    public void An_entitlement_decision_lists_them_in_that_order(int granted, string expected) =>
        Assert.StartsWith(
            expected,
            Scene
                .New()
                .Grant("G1", "2021-02-01", days: 10, GrantSource.TrainingConversion)
                .Grant("G2", "2021-02-01", days: 10)
                .Grant("G3", "2019-01-01", days: granted)
                .Voucher(created: "2021-06-01", days: 5)
                .AsOf("2021-07-01")
                .Entitlement(),
            StringComparison.Ordinal
        );

    [Fact]
    public void An_eligibility_decision_lists_them_in_that_order() =>
        Assert.StartsWith(
            "Ineligible (ELG-NOT-ENROLLED;ELG-COMPETENCY;ELG-CONSULTANT;ELG-COUNTRY;ELG-DURATION;ELG-REPEAT)",
            Scene
                .New()
                .Under(Pack.WithEngagement("windows-office", e => e with { Durations = [5] }))
                .Voucher("V1", reserved: "2020-01-20", days: 15)
                .Voucher(
                    "V2",
                    reserved: "2020-01-21",
                    started: "2020-02-01",
                    location: "P2-US",
                    country: "DE",
                    days: 15
                )
                .AsOf("2020-03-01")
                .Eligibility("V2"),
            StringComparison.Ordinal
        );

    // For 4 days there is no rate. Redeemed on 2020-03-02; the last day to ask for payment is 2020-05-01.
    [Theory]
    [InlineData(
        "azure",
        5,
        "2020-03-01",
        "PAY-VOID;PAY-NOT-REDEEMED;PAY-RESERVATION;PAY-DELIVERABLES;PAY-COUNTRY;PAY-PARTNER;PAY-AMOUNT"
    )]
    [InlineData(
        "azure",
        4,
        "2020-05-02",
        "PAY-VOID;PAY-WINDOW;PAY-RESERVATION;PAY-DELIVERABLES;PAY-COUNTRY;PAY-PARTNER;PAY-NO-RATE"
    )]
    [InlineData(
        "windows-office",
        4,
        "2020-03-01",
        "PAY-NOT-REDEEMED;PAY-RESERVATION;PAY-DELIVERABLES;PAY-COUNTRY;PAY-PARTNER;PAY-INELIGIBLE;PAY-NO-RATE"
    )]
    [InlineData(
        "windows-office",
        5,
        "2020-05-02",
        "PAY-WINDOW;PAY-RESERVATION;PAY-DELIVERABLES;PAY-COUNTRY;PAY-PARTNER;PAY-INELIGIBLE;PAY-AMOUNT"
    )]
    public void A_payment_decision_lists_them_in_that_order(
        string engagement,
        int days,
        string submitted,
        string codes
    ) =>
        Assert.Equal(
            $"Rejected ({codes})",
            Scene
                .New()
                .Voucher(
                    created: "2020-02-01",
                    reserved: "2020-02-10",
                    location: "P1-DE",
                    started: "2020-02-09",
                    redeemed: "2020-03-02",
                    country: "DE",
                    consultant: null,
                    engagement: engagement,
                    days: days
                )
                .Request(submitted: submitted, location: "P2-US", amount: 1m)
                .AsOf("2020-06-01")
                .PaymentOfRequest()
        );

    [Theory]
    [InlineData(5, "PAY-WINDOW;PAY-COUNTRY;PAY-PARTNER;PAY-DUPLICATE;PAY-AMOUNT")]
    [InlineData(4, "PAY-WINDOW;PAY-COUNTRY;PAY-PARTNER;PAY-DUPLICATE;PAY-NO-RATE")]
    public void So_does_one_on_a_duplicate(int days, string codes) =>
        Assert.Equal(
            $"Rejected ({codes})",
            Scene
                .New()
                .Under(Pack.WithEngagement("windows-office", e => e with { Durations = [4, 5] }))
                .Voucher(
                    reserved: "2020-01-20",
                    location: "P1-DE",
                    started: "2020-02-01",
                    report: "2020-02-20",
                    deliverable: "2020-02-20",
                    redeemed: "2020-03-02",
                    country: "DE",
                    days: days
                )
                .Request("R1", submitted: "2020-03-10", location: "P1-DE")
                .Request("R2", submitted: "2020-05-02", location: "P2-US")
                .AsOf("2020-06-01")
                .PaymentOfRequest("R2")
        );
}
