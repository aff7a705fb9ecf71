using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests;

public class SameSessionTests
{
    private static readonly IReadOnlyList<InvoicePayment> Unmatched =
    [
        new(new("X0", null, "I-0", Dates.Of("2020-03-20"), 5m, "USD"), []),
    ];

    [Fact]
    public void The_same_facts_decided_twice_in_one_session_give_the_same_decisions()
    {
        var scene = WithFindingsOfEveryRuleSet();
        var session = scene.Open("2020-07-01");

        var once = Decide();

        Assert.Equal(
            [
                "retirement voucher V1: Allowed",
                "retirement voucher V2: Allowed",
                "retirement voucher V3: Void (RET-CLOUD)",
                "retirement voucher V4: Allowed",
                "expiry voucher V1: Closed redeem_by=2020-07-08",
                "expiry voucher V2: Closed redeem_by=2020-07-08",
                "expiry voucher V3: Closed redeem_by=2020-08-28",
                "expiry voucher V4: Expired (EXP-LIFE) redeem_by=2020-06-30;days=Returned",
                "entitlement agreement A: Overdrawn (ENT-CONVERSION-ENDED;ENT-OVERDRAWN) granted=0;drawn=35;returned=5;balance=-30",
                "eligibility voucher V1: Eligible evaluated_on=2020-03-02",
                "eligibility voucher V2: Ineligible (ELG-REPEAT) evaluated_on=2020-03-02",
                "payment payment_request R1: Approved approved=24000.00",
                "payment payment_request R2: Rejected (PAY-DUPLICATE)",
                "payment voucher V1: Requested last_day=2020-05-01",
                "payment voucher V2: Lapsed (PAY-LAPSED) last_day=2020-05-01",
                "reconciliation payment_request R1: Overdue (REC-OVERDUE) approved=24000.00;paid=0.00;band=over 90",
                "reconciliation payment_request R2: PaidNotApproved (REC-NOT-APPROVED) approved=0.00;paid=8000.00",
                "reconciliation payment X1: Matched request_id=R2",
            ],
            once.Select(d => d.Split('|')[0])
        );
        Assert.Equal(once, Decide());
        var payment = DecidePayment();
        Assert.Equal(payment, DecidePayment());
        Assert.Equal(once, Decide());
        Assert.Equal(payment, DecidePayment());

        List<string> Decide() => TextOf(session.Decide(scene.Facts).Decisions);
        List<string> DecidePayment() => TextOf(session.Decide(Unmatched));
    }

    private static Scene WithFindingsOfEveryRuleSet() =>
        Scene
            .New()
            .Grant("G", "2020-02-01", days: 10, GrantSource.TrainingConversion)
            .DeliveredVoucher("V1", days: 15)
            .DeliveredVoucher("V2", days: 15)
            .Voucher("V3", created: "2020-03-01", engagement: "azure")
            .Voucher("V4")
            .Request("R1", voucher: "V1", amount: 24000m)
            .Request("R2", voucher: "V1", amount: 24000m)
            .Payment("X1", paid: "2020-03-20", request: "R2");

    private static List<string> TextOf(IReadOnlyList<Decision> decisions) =>
        [
            .. decisions.Select(d =>
                $"{d.RuleSet.Text()} {d.Subject.Text()} {d.SubjectId}: {Decided.Text(d)}|"
                + string.Join('|', d.Findings.Select(f => f.Sentence + string.Join(',', f.Evidence)))
            ),
        ];
}
