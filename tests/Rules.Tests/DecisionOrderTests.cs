using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests;

public class DecisionOrderTests
{
    [Fact]
    public void Decisions_come_by_rule_set_and_then_by_the_ordinal_order_of_the_subjects() =>
        Assert.Equal(
            [
                "retirement voucher V-1",
                "retirement voucher V-10",
                "retirement voucher V-9",
                "retirement voucher v-1",
                "expiry voucher V-1",
                "expiry voucher V-10",
                "expiry voucher V-9",
                "expiry voucher v-1",
                "entitlement agreement A",
                "eligibility voucher V-9",
                "payment voucher V-9",
                "payment payment_request W-1",
                "reconciliation payment U-1",
                "reconciliation payment_request W-1",
            ],
            Scene
                .New()
                .Voucher("v-1")
                .DeliveredVoucher("V-9")
                .Voucher("V-10")
                .Voucher("V-1")
                .Request("W-1", voucher: "V-9")
                .Payment("U-1", paid: "2020-03-12", request: "W-1")
                .AsOf("2020-04-01")
                .All.Select(d => $"{d.RuleSet.Text()} {d.Subject.Text()} {d.SubjectId}")
        );
}
