using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Tests.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Reconciliation;

public class PaymentMatchTests
{
    private static Scene Requested() => Scene.New().DeliveredVoucher().Request(submitted: "2020-03-10");

    [Theory]
    [InlineData("2020-03-19", "none")]
    [InlineData("2020-03-20", "Matched request_id=R")]
    [InlineData("2020-03-21", "Matched request_id=R")]
    public void A_payment_is_matched_by_the_request_it_names(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Requested()
                .Payment("X", paid: "2020-03-20", invoice: "other")
                .AsOf(asOf)
                .ReconciliationOfPayment("X")
        );

    [Theory]
    [InlineData("2020-03-09", "Unmatched (REC-UNMATCHED)")]
    [InlineData("2020-03-10", "Matched request_id=R")]
    [InlineData("2020-03-11", "Matched request_id=R")]
    public void A_payment_before_its_request_is_unmatched_until_then(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Requested().Payment("X", paid: "2020-03-01").AsOf(asOf).ReconciliationOfPayment("X")
        );

    [Fact]
    public void A_payment_that_names_a_request_is_not_matched_by_its_invoice_number()
    {
        var decided = Requested()
            .Request("R2", submitted: "2020-04-02")
            .Payment("X", paid: "2020-03-20", request: "R2", invoice: "I-1")
            .AsOf("2020-04-01");

        Assert.Equal("Unmatched (REC-UNMATCHED)", decided.ReconciliationOfPayment("X"));
        Assert.Equal("Due approved=8000.00;paid=0.00", decided.Reconciliation("R"));
    }

    [Fact]
    public void The_finding_says_that_no_request_may_be_meant()
    {
        var finding = Requested()
            .Payment("X", paid: "2020-03-01")
            .AsOf("2020-03-09")
            .Finding("REC-UNMATCHED");

        Assert.Equal("The payment names request R, which is not submitted yet.", finding.Sentence);
        Assert.Equal(
            [
                new("payment.request_id", "R"),
                new("payment.invoice_number", "I-1"),
                new("payment_requests", "0"),
            ],
            finding.Evidence
        );
    }

    [Fact]
    public void A_payment_in_another_currency_than_its_request_is_a_mismatch()
    {
        var decided = Requested()
            .Payment("X", paid: "2020-03-20", amount: 7m, currency: "CAD")
            .AsOf("2020-04-01");

        Assert.Equal("CurrencyMismatch (REC-CURRENCY)", decided.ReconciliationOfPayment("X"));
        Assert.Equal("7.00 CAD was paid; request R is in USD.", decided.Sentence("REC-CURRENCY"));
    }

    [Fact]
    public void A_payment_by_invoice_number_is_not_decided_with_the_customer() =>
        Assert.Equal(
            "none",
            Requested()
                .Payment("X", paid: "2020-03-20", request: null)
                .AsOf("2020-04-01")
                .ReconciliationOfPayment("X")
        );

    [Theory]
    // no request is submitted, one is, and then two
    [InlineData("2020-03-09", "Unmatched (REC-UNMATCHED)")]
    [InlineData("2020-03-10", "Matched request_id=R1")]
    [InlineData("2020-03-24", "Matched request_id=R1")]
    [InlineData("2020-03-25", "Unmatched (REC-UNMATCHED)")]
    public void It_is_matched_by_the_one_request_with_its_number(string asOf, string expected) =>
        Assert.Equal(expected, Decide(asOf, "2020-03-01", "USD"));

    [Theory]
    [InlineData("2020-03-09", "0", "No request has invoice number I-1.")]
    [InlineData("2020-03-25", "2", "2 requests have invoice number I-1, and the payment names none of them.")]
    public void The_finding_says_how_many_requests_have_its_number(
        string asOf,
        string requests,
        string sentence
    )
    {
        var finding = DecisionOn(asOf, "2020-03-01", "USD")!.Findings.Single();

        Assert.Equal(sentence, finding.Sentence);
        Assert.Equal(
            [
                new("payment.request_id", "absent"),
                new("payment.invoice_number", "I-1"),
                new("payment_requests", requests),
            ],
            finding.Evidence
        );
    }

    [Theory]
    [InlineData("2020-03-14", "none")]
    [InlineData("2020-03-15", "Matched request_id=R1")]
    [InlineData("2020-03-16", "Matched request_id=R1")]
    public void It_is_decided_from_its_day(string asOf, string expected) =>
        Assert.Equal(expected, Decide(asOf, "2020-03-15", "USD"));

    [Fact]
    public void It_may_be_in_another_currency_than_that_request() =>
        Assert.Equal("CurrencyMismatch (REC-CURRENCY)", Decide("2020-03-20", "2020-03-15", "CAD"));

    [Fact]
    public void Payments_by_invoice_number_are_decided_in_the_order_of_their_ids()
    {
        var decided = Scene
            .New()
            .Open("2020-04-01")
            .Decide(
                (InvoicePayment[])
                    [
                        new(new("X2", null, "I-1", Dates.Of("2020-03-01"), 2m, "USD"), []),
                        new(new("X1", null, "I-1", Dates.Of("2020-03-01"), 1m, "USD"), []),
                    ]
            );

        Assert.Equal(["X1", "X2"], decided.Select(d => d.SubjectId));
        Assert.Equal(
            [new PaymentValues("USD", 1m, null), new PaymentValues("USD", 2m, null)],
            decided.Select(d => d.Values)
        );
    }

    private static string Decide(string asOf, string paid, string currency) =>
        DecisionOn(asOf, paid, currency) is { } decision ? Decided.Text(decision) : "none";

    /// <summary>A payment by an invoice number that R1 carries from 2020-03-10 and R2 from 2020-03-25.</summary>
    private static Decision? DecisionOn(string asOf, string paid, string currency) =>
        Scene
            .New()
            .Open(asOf)
            .Decide(
                (InvoicePayment[])
                    [
                        new(
                            new("X", null, "I-1", Dates.Of(paid), 5m, currency),
                            [
                                new("R1", "V1", "P1-US", Dates.Of("2020-03-10"), 5m, "USD", "I-1"),
                                new("R2", "V2", "P1-US", Dates.Of("2020-03-25"), 5m, "CAD", "I-1"),
                            ]
                        ),
                    ]
            )
            .SingleOrDefault();
}
