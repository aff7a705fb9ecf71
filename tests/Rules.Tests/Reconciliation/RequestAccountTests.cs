using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Reconciliation;

public class RequestAccountTests
{
    private static Scene Approved(string submitted = "2020-03-10") =>
        Scene.New().DeliveredVoucher().Request(submitted: submitted);

    // Submitted on 2020-03-10; 30 days later is 2020-04-09.
    [Theory]
    [InlineData("2020-03-09", "none")]
    [InlineData("2020-03-10", "Due approved=8000.00;paid=0.00")]
    [InlineData("2020-04-08", "Due approved=8000.00;paid=0.00")]
    [InlineData("2020-04-09", "Due approved=8000.00;paid=0.00")]
    [InlineData("2020-04-10", "Overdue (REC-OVERDUE) approved=8000.00;paid=0.00;band=31-60")]
    [InlineData("2020-05-08", "Overdue (REC-OVERDUE) approved=8000.00;paid=0.00;band=31-60")]
    [InlineData("2020-05-09", "Overdue (REC-OVERDUE) approved=8000.00;paid=0.00;band=31-60")]
    [InlineData("2020-05-10", "Overdue (REC-OVERDUE) approved=8000.00;paid=0.00;band=61-90")]
    [InlineData("2020-06-07", "Overdue (REC-OVERDUE) approved=8000.00;paid=0.00;band=61-90")]
    [InlineData("2020-06-08", "Overdue (REC-OVERDUE) approved=8000.00;paid=0.00;band=61-90")]
    [InlineData("2020-06-09", "Overdue (REC-OVERDUE) approved=8000.00;paid=0.00;band=over 90")]
    [InlineData("2021-06-09", "Overdue (REC-OVERDUE) approved=8000.00;paid=0.00;band=over 90")]
    public void What_is_approved_is_due_and_then_ages(string asOf, string expected) =>
        Assert.Equal(expected, Approved().AsOf(asOf).Reconciliation());

    [Theory]
    [InlineData("7999.99", "PartlyPaid (REC-PARTLY-PAID) approved=8000.00;paid=7999.99")]
    [InlineData("8000.00", "Paid approved=8000.00;paid=8000.00")]
    [InlineData("8000.01", "Overpaid (REC-OVERPAID) approved=8000.00;paid=8000.01")]
    public void What_is_paid_is_what_was_approved(string amount, string expected) =>
        Assert.Equal(
            expected,
            Approved().Payment("X", paid: "2020-03-20", Money.Of(amount)).AsOf("2020-06-01").Reconciliation()
        );

    [Theory]
    [InlineData("2020-03-19", "Due approved=8000.00;paid=0.00")]
    [InlineData("2020-03-20", "Paid approved=8000.00;paid=8000.00")]
    [InlineData("2020-03-21", "Paid approved=8000.00;paid=8000.00")]
    public void A_payment_counts_from_its_day(string asOf, string expected) =>
        Assert.Equal(expected, Approved().Payment("X", paid: "2020-03-20").AsOf(asOf).Reconciliation());

    [Theory]
    [InlineData("8000.00", "8000.00", "PaidTwice (REC-PAID-TWICE) approved=8000.00;paid=16000.00")]
    [InlineData("3000.00", "5000.00", "Paid approved=8000.00;paid=8000.00")]
    [InlineData("8000.00", "0.01", "Overpaid (REC-OVERPAID) approved=8000.00;paid=8000.01")]
    [InlineData("8000.00", "8000.01", "Overpaid (REC-OVERPAID) approved=8000.00;paid=16000.01")]
    [InlineData("3000.00", "13000.00", "Overpaid (REC-OVERPAID) approved=8000.00;paid=16000.00")]
    [InlineData("3000.00", "4000.00", "PartlyPaid (REC-PARTLY-PAID) approved=8000.00;paid=7000.00")]
    public void Several_payments_add_up(string first, string second, string expected) =>
        Assert.Equal(
            expected,
            Approved()
                .Payment("X1", paid: "2020-03-20", Money.Of(first))
                .Payment("X2", paid: "2020-03-21", Money.Of(second))
                .AsOf("2020-06-01")
                .Reconciliation()
        );

    [Fact]
    public void Paid_twice_is_said_rather_than_overpaid_whatever_was_paid_beside()
    {
        var decided = Approved()
            .Payment("X1", paid: "2020-03-20")
            .Payment("X2", paid: "2020-03-21")
            .Payment("X3", paid: "2020-03-22", amount: 0.01m)
            .AsOf("2020-06-01");

        Assert.Equal("PaidTwice (REC-PAID-TWICE) approved=8000.00;paid=16000.01", decided.Reconciliation());
        Assert.Equal(
            "The approved amount of 8000.00 USD was paid 2 times.",
            decided.Sentence("REC-PAID-TWICE")
        );
    }

    [Fact]
    public void Three_times_is_more_than_once() =>
        Assert.Equal(
            "PaidTwice (REC-PAID-TWICE) approved=8000.00;paid=24000.00",
            Approved()
                .Payment("X1", paid: "2020-03-20")
                .Payment("X2", paid: "2020-03-21")
                .Payment("X3", paid: "2020-03-22")
                .AsOf("2020-06-01")
                .Reconciliation()
        );

    [Theory]
    [InlineData("2020-04-09", null, "Due approved=0.50;paid=0.00")]
    [InlineData("2020-04-10", null, "Overdue (REC-OVERDUE) approved=0.50;paid=0.00;band=31-60")]
    [InlineData("2020-04-10", "0.01", "PartlyPaid (REC-PARTLY-PAID) approved=0.50;paid=0.01")]
    [InlineData("2020-04-10", "0.49", "PartlyPaid (REC-PARTLY-PAID) approved=0.50;paid=0.49")]
    [InlineData("2020-04-10", "0.50", "Paid approved=0.50;paid=0.50")]
    [InlineData("2020-04-10", "0.51", "Overpaid (REC-OVERPAID) approved=0.50;paid=0.51")]
    public void Amounts_below_one_count_as_any_other(string asOf, string? paid, string expected)
    {
        var scene = Scene
            .New()
            .Under(Pack.WithRates(new Rate("US", 5, 0.50m, "USD", new(2011, 2, 14), null)))
            .DeliveredVoucher()
            .Request(amount: 0.50m);

        Assert.Equal(
            expected,
            (paid is null ? scene : scene.Payment("X", paid: "2020-03-20", Money.Of(paid)))
                .AsOf(asOf)
                .Reconciliation()
        );
    }

    [Fact]
    public void A_payment_in_another_currency_does_not_count() =>
        Assert.Equal(
            "Due approved=8000.00;paid=0.00",
            Approved().Payment("X", paid: "2020-03-20", currency: "CAD").AsOf("2020-04-01").Reconciliation()
        );

    [Theory]
    [InlineData("2020-03-19", "NothingDue approved=0.00;paid=0.00")]
    [InlineData("2020-03-20", "PaidNotApproved (REC-NOT-APPROVED) approved=0.00;paid=0.01")]
    public void A_rejected_request_is_not_to_be_paid(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .DeliveredVoucher()
                .Request(location: "P1-DE")
                .Payment("X", paid: "2020-03-20", amount: 0.01m)
                .AsOf(asOf)
                .Reconciliation()
        );

    [Fact]
    public void Nor_is_a_request_on_hold() =>
        Assert.Equal(
            "PaidNotApproved (REC-NOT-APPROVED) approved=0.00;paid=16000.00",
            Scene
                .New()
                .DeliveredVoucher()
                .Request(amount: 1m)
                .Payment("X1", paid: "2020-03-20")
                .Payment("X2", paid: "2020-03-20")
                .AsOf("2020-04-01")
                .Reconciliation()
        );

    // Submitted on 2020-03-10; an approved request would be overdue from 2020-04-10.
    [Theory]
    [InlineData("2020-04-09")]
    [InlineData("2020-04-10")]
    [InlineData("2020-04-11")]
    public void What_is_not_to_be_paid_is_never_overdue(string asOf) =>
        Assert.Equal(
            "NothingDue approved=0.00;paid=0.00",
            Scene.New().DeliveredVoucher().Request(location: "P1-DE").AsOf(asOf).Reconciliation()
        );

    [Fact]
    public void A_payment_that_names_no_request_counts_by_its_invoice_number() =>
        Assert.Equal(
            "Paid approved=8000.00;paid=8000.00",
            Approved().Payment("X", paid: "2020-03-20", request: null).AsOf("2020-04-01").Reconciliation()
        );

    [Theory]
    [InlineData("I-1", "I-2")]
    [InlineData("I-2", "I-1")]
    public void It_does_not_count_for_a_request_with_another_number(string invoice, string paidInvoice) =>
        Assert.Equal(
            "Due approved=8000.00;paid=0.00",
            Scene
                .New()
                .DeliveredVoucher()
                .Request(invoice: invoice)
                .Payment("X", paid: "2020-03-20", request: null, invoice: paidInvoice)
                .AsOf("2020-04-01")
                .Reconciliation()
        );

    [Fact]
    public void Requests_with_other_numbers_change_nothing_in_that() =>
        Assert.Equal(
            "Paid approved=8000.00;paid=8000.00",
            Approved()
                .Request("R2", invoice: "I-2")
                .OthersRequest("RX", submitted: "2020-03-10", invoice: "I-3")
                .Payment("X", paid: "2020-03-20", request: null)
                .AsOf("2020-04-01")
                .Reconciliation()
        );

    [Theory]
    [InlineData("2020-03-24", "Paid approved=8000.00;paid=8000.00")]
    [InlineData("2020-03-25", "Due approved=8000.00;paid=0.00")]
    [InlineData("2020-03-26", "Due approved=8000.00;paid=0.00")]
    public void It_no_longer_counts_when_a_second_request_has_that_number(string asOf, string expected)
    {
        var paid = Approved().Payment("X", paid: "2020-03-20", request: null);

        Assert.Equal(
            expected,
            paid.OthersRequest("RX", submitted: "2020-03-25", invoice: "I-1").AsOf(asOf).Reconciliation()
        );
    }

    [Fact]
    public void Two_own_requests_with_one_invoice_number_take_no_payment_by_it()
    {
        var decided = Approved()
            .Request("R2", submitted: "2020-03-11")
            .Payment("X", paid: "2020-03-20", request: null)
            .AsOf("2020-04-01");

        Assert.Equal("Due approved=8000.00;paid=0.00", decided.Reconciliation("R"));
        Assert.Equal("NothingDue approved=0.00;paid=0.00", decided.Reconciliation("R2"));
    }

    [Fact]
    public void Decisions_carry_the_money_of_each_request_and_payment() =>
        Assert.Equal(
            [
                new AccountValues("USD", 8000m, 9000m, null),
                new PaymentValues("USD", 9000m, "R"),
                new PaymentValues("CAD", 5m, null),
            ],
            Approved()
                .Payment("X1", paid: "2020-03-20", amount: 9000m)
                .Payment("X2", paid: "2020-03-20", amount: 5m, currency: "CAD")
                .AsOf("2020-04-01")
                .All.Where(d => d.RuleSet == RuleSetName.Reconciliation)
                .Select(d => d.Values)
        );
}
