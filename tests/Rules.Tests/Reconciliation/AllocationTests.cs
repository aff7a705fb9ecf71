using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Tests.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Reconciliation;

/// <summary>Requests R, R1 and R2 are approved with 8000.00 USD each; RX is another customer's.</summary>
public class AllocationTests
{
    private static Scene Requested() =>
        Scene
            .New()
            .DeliveredVoucher()
            .Request()
            .DeliveredVoucher("V1")
            .Request("R1", voucher: "V1", submitted: "2020-03-11", invoice: "I-2")
            .DeliveredVoucher("V2")
            .Request("R2", voucher: "V2", submitted: "2020-03-20", invoice: "I-3");

    [Theory]
    // a day before the allocation the payment matches the request that it names
    [InlineData(
        "2020-04-04",
        "Matched request_id=R",
        "Overpaid (REC-OVERPAID) approved=8000.00;paid=16000.00"
    )]
    [InlineData(
        "2020-04-05",
        "PartlyMatched (REC-PARTLY-MATCHED) allocated=8000.00",
        "Due approved=8000.00;paid=0.00"
    )]
    [InlineData("2020-04-06", "Matched allocated=16000.00", "Due approved=8000.00;paid=0.00")]
    public void An_allocation_counts_from_its_day_and_then_alone(string asOf, string payment, string named)
    {
        var decided = Requested()
            .Payment("X", paid: "2020-04-01", amount: 16000m)
            .Allocation("X", "2020-04-05", 8000m, "R1")
            .Allocation("X", "2020-04-06", 8000m, "R2")
            .AsOf(asOf);

        Assert.Equal(payment, decided.ReconciliationOfPayment("X"));
        Assert.Equal(named, decided.Reconciliation());
    }

    [Theory]
    [InlineData(
        7999.99,
        "PartlyMatched (REC-PARTLY-MATCHED) allocated=7999.99",
        "PartlyPaid (REC-PARTLY-PAID) approved=8000.00;paid=7999.99"
    )]
    [InlineData(8000.00, "Matched allocated=8000.00", "Paid approved=8000.00;paid=8000.00")]
    [InlineData(
        8000.01,
        "Unmatched (REC-UNMATCHED;REC-ALLOCATION) allocated=0.00",
        "Due approved=8000.00;paid=0.00"
    )]
    public void No_more_is_allocated_than_is_left(double amount, string payment, string request)
    {
        var decided = Requested()
            .Payment("X", paid: "2020-04-01")
            .Allocation("X", "2020-04-02", (decimal)amount)
            .AsOf("2020-04-05");

        Assert.Equal(payment, decided.ReconciliationOfPayment("X"));
        Assert.Equal(request, decided.Reconciliation());
    }

    [Theory]
    // by day, then by request; one that does not count takes nothing away
    [InlineData(
        "2020-04-02",
        "2020-04-02",
        "2020-04-02",
        "Paid approved=8000.00;paid=8000.00",
        "Due approved=8000.00;paid=0.00",
        "PartlyPaid (REC-PARTLY-PAID) approved=8000.00;paid=100.00"
    )]
    [InlineData(
        "2020-04-03",
        "2020-04-02",
        "2020-04-04",
        "Due approved=8000.00;paid=0.00",
        "Paid approved=8000.00;paid=8000.00",
        "PartlyPaid (REC-PARTLY-PAID) approved=8000.00;paid=100.00"
    )]
    [InlineData(
        "2020-04-03",
        "2020-04-04",
        "2020-04-02",
        "Paid approved=8000.00;paid=8000.00",
        "Due approved=8000.00;paid=0.00",
        "PartlyPaid (REC-PARTLY-PAID) approved=8000.00;paid=100.00"
    )]
    public void Allocations_are_taken_in_their_order(
        string r,
        string r1,
        string r2,
        string first,
        string second,
        string third
    )
    {
        var decided = Requested()
            .Payment("X", paid: "2020-04-01", amount: 8100m)
            .Allocation("X", r2, 100m, "R2")
            .Allocation("X", r1, 8000m, "R1")
            .Allocation("X", r, 8000m)
            .AsOf("2020-04-05");

        Assert.Equal("Matched (REC-ALLOCATION) allocated=8100.00", decided.ReconciliationOfPayment("X"));
        Assert.Equal(
            [first, second, third],
            [decided.Reconciliation(), decided.Reconciliation("R1"), decided.Reconciliation("R2")]
        );
    }

    [Theory]
    [InlineData("2020-03-09", "Unmatched (REC-UNMATCHED;REC-ALLOCATION) allocated=0.00")]
    [InlineData("2020-03-10", "Matched allocated=8000.00")]
    public void The_request_exists_from_its_day(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Requested()
                .Payment("X", paid: "2020-03-01")
                .Allocation("X", "2020-03-02", 8000m)
                .AsOf(asOf)
                .ReconciliationOfPayment("X")
        );

    [Theory]
    [InlineData("2020-03-31", "Due approved=8000.00;paid=0.00")]
    [InlineData("2020-04-01", "Paid approved=8000.00;paid=8000.00")]
    public void An_allocation_before_its_payment_waits_for_it(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Requested()
                .Payment("X", paid: "2020-04-01")
                .Allocation("X", "2020-03-15", 8000m)
                .AsOf(asOf)
                .Reconciliation()
        );

    [Fact]
    public void A_payment_that_is_allocated_is_not_matched_by_its_invoice_number()
    {
        var decided = Requested()
            .Payment("X", paid: "2020-04-01", request: null)
            .Allocation("X", "2020-04-02", 8000m, "R1")
            .AsOf("2020-04-05");

        Assert.Equal("Due approved=8000.00;paid=0.00", decided.Reconciliation());
        Assert.Equal("Paid approved=8000.00;paid=8000.00", decided.Reconciliation("R1"));
    }

    [Fact]
    public void Each_allocation_counts_as_a_payment_of_its_amount()
    {
        var decided = Requested()
            .Payment("X", paid: "2020-04-01", amount: 9000m)
            .Payment("Y", paid: "2020-04-01")
            .Allocation("X", "2020-04-02", 8000m)
            .AsOf("2020-04-05");

        Assert.Equal("PaidTwice (REC-PAID-TWICE) approved=8000.00;paid=16000.00", decided.Reconciliation());
        Assert.Equal(["X, Y"], decided.Evidence("payments"));
    }

    [Fact]
    public void A_payment_of_another_customer_pays_in_part_and_is_decided_there()
    {
        var decided = Requested()
            .OthersRequest("RX", "2020-03-01", "I-X")
            .OthersPayment("X", paid: "2020-04-01", amount: 9000m)
            .Allocation("X", "2020-04-02", 1000m, "RX")
            .Allocation("X", "2020-04-03", 8000m)
            .AsOf("2020-04-05");

        Assert.Equal("none", decided.ReconciliationOfPayment("X"));
        Assert.Equal("Paid approved=8000.00;paid=8000.00", decided.Reconciliation());
    }

    [Fact]
    public void What_is_allocated_to_other_customers_before_is_not_left()
    {
        var decided = Requested()
            .OthersRequest("RX", "2020-03-01", "I-X")
            .OthersPayment("X", paid: "2020-04-01", amount: 8000m)
            .Allocation("X", "2020-04-02", 0.01m, "RX")
            .Allocation("X", "2020-04-03", 8000m)
            .AsOf("2020-04-05");

        Assert.Equal("Due approved=8000.00;paid=0.00", decided.Reconciliation());
    }

    [Fact]
    public void The_findings_say_in_their_order_why_allocations_do_not_count()
    {
        var decided = Requested()
            .Request("R3", submitted: "2020-04-02", invoice: "I-4")
            .OthersRequest("RX", "2020-03-01", "I-X", currency: "CAD")
            .Payment("X", paid: "2020-03-25", amount: 8001m)
            .Allocation("X", "2020-03-30", 8000m, "R1")
            .Allocation("X", "2020-03-31", 5m, "R3")
            .Allocation("X", "2020-03-31", 6m, "RX")
            .Allocation("X", "2020-03-31", 7m)
            .AsOf("2020-04-01");

        Assert.Equal(
            "PartlyMatched (REC-PARTLY-MATCHED;REC-ALLOCATION;REC-ALLOCATION;REC-ALLOCATION) allocated=8000.00",
            decided.ReconciliationOfPayment("X")
        );
        var findings = decided.All.Single(d => d.SubjectId == "X").Findings;
        Assert.Equal(
            [
                "8000.00 of 8001.00 USD are allocated to requests; 1.00 are not.",
                "On 2020-03-31, request R was allocated 7.00 USD, which do not count: only 1.00 are left of the payment.",
                "On 2020-03-31, request R3 was allocated 5.00 USD, which do not count: the request is not submitted yet.",
                "On 2020-03-31, request RX was allocated 6.00 USD, which do not count: the request is in CAD.",
            ],
            findings.Select(f => f.Sentence)
        );
        Assert.Equal(
            [
                new("payment_allocation.request_id", "RX"),
                new("payment_allocation.allocated_on", "2020-03-31"),
                new("payment_allocation.amount", "6.00"),
                new("payment.currency", "USD"),
                new("payment_request.currency", "CAD"),
                new("payment.left", "1.00"),
            ],
            findings[^1].Evidence
        );
    }

    [Fact]
    public void An_explanation_says_why_rules_on_allocations_do_not_hold()
    {
        var scene = Requested().Payment("X", paid: "2020-04-01").Allocation("X", "2020-04-02", 8000m);

        var explained = scene.Open("2020-04-05").Explain(scene.Facts, SubjectType.Payment, "X")!;

        Assert.Contains(new Evidence("allocation R", "8000.00, 2020-04-02"), explained.Facts);
        Assert.Equal(
            [
                ("REC-UNMATCHED", "allocation shares count is 1, not 0 and allocated is 8000.00, not 0.00"),
                ("REC-CURRENCY", "request is absent"),
                ("REC-PARTLY-MATCHED", "allocated (8000.00) is not less than payment amount (8000.00)"),
            ],
            explained.RuleSets[0].Rules.Take(3).Select(r => (r.Code, r.Because))
        );
        Assert.EndsWith(
            "allocation amount (8000.00) is not more than left (8000.00)",
            explained.RuleSets[0].Rules[3].Because,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("2020-04-01", "Unmatched (REC-UNMATCHED)")]
    [InlineData("2020-04-02", "PartlyMatched (REC-PARTLY-MATCHED) allocated=3.00")]
    [InlineData("2020-04-03", "Matched allocated=5.00")]
    public void A_payment_without_a_request_is_decided_by_its_allocations(string asOf, string expected)
    {
        PaymentRequest[] requests =
        [
            new("R1", "V1", "P1-US", Dates.Of("2020-03-10"), 3m, "USD", "I-1"),
            new("R2", "V2", "P1-US", Dates.Of("2020-04-03"), 2m, "USD", "I-2"),
        ];
        var payment = new InvoicePayment(new("X", null, "I-9", Dates.Of("2020-03-20"), 5m, "USD"), [])
        {
            Allocations =
            [
                new("X", "R1", 3m, Dates.Of("2020-04-02")),
                new("X", "R2", 2m, Dates.Of("2020-04-03")),
            ],
            AllocatedRequests = requests,
        };

        Assert.Equal(expected, Decided.Text(Scene.New().Open(asOf).Decide([payment]).Single()));
    }
}
