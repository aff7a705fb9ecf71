using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests;

/// <summary>
/// Where nothing else is said, the value of a parameter is the one in force on the business date. Here each has
/// another value from 2020-05-01 on.
/// </summary>
public class PolicyVersionTests
{
    private const string From = "2020-05-01";

    [Fact]
    public void The_last_day_to_create_a_voucher() =>
        Changes(
            p => p with { LastCreationOn = p.LastCreationOn.Then(From, new(2020, 1, 1)) },
            Scene.New().Voucher(created: "2020-01-02"),
            d => d.Retirement(),
            "Allowed",
            "Void (RET-CREATED-LATE)"
        );

    [Fact]
    public void The_last_day_to_redeem_a_voucher() =>
        Changes(
            p => p with { LastRedemptionOn = p.LastRedemptionOn.Then(From, new(2020, 3, 1)) },
            Scene.New().Voucher(redeemed: "2020-03-02"),
            d => d.Retirement() + " " + d.Expiry(),
            "Allowed Closed redeem_by=2020-06-30",
            "LateRedemption (RET-REDEEMED-LATE) Expired (EXP-REDEEMED-LATE) redeem_by=2020-03-01;days=Returned"
        );

    [Fact]
    public void The_end_of_cloud_engagements() =>
        Changes(
            p => p with { CloudRetiredOn = p.CloudRetiredOn.Then(From, new(2020, 1, 1)) },
            Scene.New().Voucher(created: "2020-01-02", engagement: "azure"),
            d => d.Retirement(),
            "Allowed",
            "Void (RET-CLOUD)"
        );

    [Fact]
    public void The_end_of_conversion() =>
        Changes(
            p => p with { ConversionEndedOn = p.ConversionEndedOn.Then(From, new(2020, 1, 1)) },
            Scene.New().Grant("G", "2020-01-02", days: 10, GrantSource.TrainingConversion),
            d => d.Entitlement(),
            "Open granted=10;drawn=0;returned=0;balance=10",
            "Open (ENT-CONVERSION-ENDED) granted=0;drawn=0;returned=0;balance=0"
        );

    [Fact]
    public void The_day_the_remaining_days_are_removed() =>
        Changes(
            p => p with { DaysRemovedOn = p.DaysRemovedOn.Then(From, new(2020, 4, 1)) },
            Scene.New().Grant("G", "2020-01-02", days: 10),
            d => d.Entitlement(),
            "Open granted=10;drawn=0;returned=0;balance=10",
            "Removed (ENT-DAYS-REMOVED) granted=10;drawn=0;returned=0;balance=0"
        );

    [Fact]
    public void The_day_a_life_starts() =>
        Changes(
            p => p with { Anchor = p.Anchor.Then(From, ExpiryAnchor.Created) },
            Scene.New().Voucher(created: "2020-01-02", assigned: "2020-02-10"),
            d => d.Expiry(),
            "Active redeem_by=2020-08-08",
            "Active redeem_by=2020-06-30"
        );

    [Fact]
    public void The_warning_bands() =>
        Changes(
            p => p with { WarningBands = p.WarningBands.Then(From, [14, 90]) },
            Scene.New().Voucher(created: "2020-01-02"),
            d => d.Expiry(),
            "Active redeem_by=2020-06-30",
            "ExpiringSoon (EXP-SOON) redeem_by=2020-06-30;band=90"
        );

    [Fact]
    public void The_days_that_are_not_repeated() =>
        Changes(
            p => p with { RepeatDays = p.RepeatDays.Then(From, 5) },
            Scene.New().DeliveredVoucher("V1", days: 5).DeliveredVoucher("V2", days: 5),
            d => d.Eligibility("V2"),
            "Eligible evaluated_on=2020-03-02",
            "Ineligible (ELG-REPEAT) evaluated_on=2020-03-02"
        );

    [Fact]
    public void The_tolerance() =>
        Changes(
            p => p with { Tolerance = p.Tolerance.Then(From, 0.50m) },
            Scene.New().DeliveredVoucher().Request(amount: 8000.50m),
            d => d.PaymentOfRequest(),
            "Held (PAY-AMOUNT)",
            "Approved approved=8000.00"
        );

    [Fact]
    public void The_warning_before_the_last_day_to_ask_for_payment() =>
        Changes(
            p => p with { ClosingWarningDays = p.ClosingWarningDays.Then(From, 30) },
            Scene.New().DeliveredVoucher(redeemed: "2020-04-01"),
            d => d.PaymentOfVoucher(),
            "AwaitingRequest last_day=2020-05-31",
            "ClosingSoon (PAY-CLOSING) last_day=2020-05-31"
        );

    [Fact]
    public void The_days_to_pay() =>
        Changes(
            p => p with { PaymentDays = p.PaymentDays.Then(From, 10) },
            Scene.New().DeliveredVoucher().Request(submitted: "2020-04-10"),
            d => d.Reconciliation(),
            "Due approved=8000.00;paid=0.00",
            "Overdue (REC-OVERDUE) approved=8000.00;paid=0.00;band=11-60"
        );

    [Fact]
    public void The_ageing_bands() =>
        Changes(
            p => p with { AgeingBands = p.AgeingBands.Then(From, [45, 75]) },
            Scene.New().DeliveredVoucher().Request(submitted: "2020-03-10"),
            d => d.Reconciliation(),
            "Overdue (REC-OVERDUE) approved=8000.00;paid=0.00;band=31-60",
            "Overdue (REC-OVERDUE) approved=8000.00;paid=0.00;band=46-75"
        );

    private static void Changes(
        Func<Parameters, Parameters> change,
        Scene scene,
        Func<Decided, string> decision,
        string before,
        string after
    )
    {
        scene.Under(Pack.With(change));
        Assert.Equal(
            [before, after, after],
            new[] { "2020-04-30", From, "2020-05-02" }.Select(date => decision(scene.AsOf(date)))
        );
    }
}
