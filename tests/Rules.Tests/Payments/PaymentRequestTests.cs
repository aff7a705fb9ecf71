using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Payments;

public class PaymentRequestTests
{
    private const string Approved = "Approved approved=8000.00";

    [Fact]
    public void A_request_in_order_is_approved_at_the_rate() =>
        Assert.Equal(
            Approved,
            Scene.New().DeliveredVoucher().Request().AsOf("2020-04-01").PaymentOfRequest()
        );

    [Theory]
    [InlineData("2020-03-09", "none")]
    [InlineData("2020-03-10", Approved)]
    [InlineData("2020-03-11", Approved)]
    public void A_request_is_decided_from_its_day(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene.New().DeliveredVoucher().Request(submitted: "2020-03-10").AsOf(asOf).PaymentOfRequest()
        );

    // Redeemed on 2020-03-02; 60 days later is 2020-05-01.
    [Theory]
    [InlineData("2020-04-30", Approved)]
    [InlineData("2020-05-01", Approved)]
    [InlineData("2020-05-02", "Rejected (PAY-WINDOW)")]
    public void Payment_is_asked_for_within_the_window(string submitted, string expected) =>
        Assert.Equal(
            expected,
            Scene.New().DeliveredVoucher().Request(submitted: submitted).AsOf("2020-06-01").PaymentOfRequest()
        );

    [Theory]
    [InlineData("2020-03-01", "Rejected (PAY-WINDOW)")]
    [InlineData("2020-03-02", Approved)]
    [InlineData("2020-03-03", Approved)]
    public void The_window_is_the_one_in_force_on_the_day_of_redemption(string redeemed, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Under(Pack.With(p => p with { WindowDays = p.WindowDays.Being(30).Then("2020-03-02", 60) }))
                .DeliveredVoucher(redeemed: redeemed)
                .Request(submitted: "2020-04-20")
                .AsOf("2020-06-01")
                .PaymentOfRequest()
        );

    [Theory]
    [InlineData("2020-03-01", Approved)]
    [InlineData("2020-03-02", Approved)]
    [InlineData("2020-03-03", "Rejected (PAY-NOT-REDEEMED)")]
    public void The_voucher_is_redeemed_when_payment_is_asked_for(string redeemed, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .DeliveredVoucher(redeemed: redeemed)
                .Request(submitted: "2020-03-02")
                .AsOf("2020-04-01")
                .PaymentOfRequest()
        );

    // The life of the voucher, from 2020-01-10, ends on 2020-07-08.
    [Theory]
    [InlineData("2020-07-07", Approved)]
    [InlineData("2020-07-08", Approved)]
    [InlineData("2020-07-09", "Rejected (PAY-NOT-REDEEMED)")]
    public void Only_a_valid_redemption_counts(string redeemed, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .DeliveredVoucher(redeemed: redeemed)
                .Request(submitted: "2020-07-10")
                .AsOf("2020-08-01")
                .PaymentOfRequest()
        );

    [Theory]
    // the voucher is created on 2020-01-02
    [InlineData("2020-01-01", "Rejected (PAY-NOT-REDEEMED;PAY-PARTNER)")]
    [InlineData("2020-01-02", "Rejected (PAY-NOT-REDEEMED;PAY-PARTNER)")]
    [InlineData("2020-01-03", "Rejected (PAY-NOT-REDEEMED;PAY-PARTNER)")]
    // and reserved on 2020-01-20
    [InlineData("2020-01-19", "Rejected (PAY-NOT-REDEEMED;PAY-PARTNER)")]
    [InlineData("2020-01-20", "Rejected (PAY-NOT-REDEEMED)")]
    [InlineData("2020-01-21", "Rejected (PAY-NOT-REDEEMED)")]
    public void A_request_may_come_before_its_voucher_and_is_rejected(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene.New().DeliveredVoucher().Request(submitted: "2020-01-01").AsOf(asOf).PaymentOfRequest()
        );

    [Fact]
    public void Of_a_voucher_that_is_not_created_nothing_else_is_said()
    {
        var decided = Scene
            .New()
            .DeliveredVoucher()
            .Request("R1", submitted: "2020-01-01", location: "P1-DE", amount: 1m)
            .Request("R2", submitted: "2020-01-01")
            .AsOf("2020-01-01");

        Assert.Equal("Rejected (PAY-NOT-REDEEMED;PAY-PARTNER)", decided.PaymentOfRequest("R1"));
        Assert.Equal("Rejected (PAY-NOT-REDEEMED;PAY-PARTNER)", decided.PaymentOfRequest("R2"));
        Assert.Equal("none", decided.PaymentOfVoucher());
    }

    [Theory]
    [InlineData("2020-03-31", Approved)]
    [InlineData("2020-04-01", "Rejected (PAY-VOID)")]
    [InlineData("2020-04-02", "Rejected (PAY-VOID)")]
    public void Nothing_is_paid_for_a_cancelled_voucher(string asOf, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Voucher(
                    assigned: "2020-01-10",
                    reserved: "2020-01-20",
                    started: "2020-02-01",
                    report: "2020-02-20",
                    deliverable: "2020-02-20",
                    redeemed: "2020-03-02",
                    cancelled: "2020-04-01"
                )
                .Request()
                .AsOf(asOf)
                .PaymentOfRequest()
        );

    [Fact]
    public void Nothing_is_paid_for_a_void_voucher() =>
        Assert.Equal(
            "Rejected (PAY-VOID)",
            Scene
                .New()
                .Voucher(
                    created: "2020-02-01",
                    reserved: "2020-02-02",
                    report: "2020-02-20",
                    deliverable: "2020-02-20",
                    redeemed: "2020-03-02",
                    engagement: "azure"
                )
                .Request()
                .AsOf("2020-04-01")
                .PaymentOfRequest()
        );

    [Theory]
    [InlineData("2020-01-31", Approved)]
    [InlineData("2020-02-01", Approved)]
    [InlineData("2020-02-02", "Rejected (PAY-RESERVATION)")]
    [InlineData(null, "Rejected (PAY-RESERVATION;PAY-PARTNER)")]
    public void The_voucher_is_reserved_before_delivery_starts(string? reserved, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Voucher(
                    reserved: reserved,
                    started: "2020-02-01",
                    report: "2020-02-20",
                    deliverable: "2020-02-20",
                    redeemed: "2020-03-02"
                )
                .Request()
                .AsOf("2020-04-01")
                .PaymentOfRequest()
        );

    [Theory]
    [InlineData("2020-03-01", "2020-03-01", true)]
    [InlineData("2020-03-02", "2020-03-02", true)]
    [InlineData("2020-03-03", "2020-03-02", false)]
    [InlineData("2020-03-02", "2020-03-03", false)]
    [InlineData(null, "2020-03-02", false)]
    [InlineData("2020-03-02", null, false)]
    public void Report_and_deliverable_are_in_before_redemption(
        string? report,
        string? deliverable,
        bool inTime
    ) =>
        Assert.Equal(
            inTime ? Approved : "Rejected (PAY-DELIVERABLES)",
            Scene
                .New()
                .Voucher(
                    reserved: "2020-01-20",
                    started: "2020-02-01",
                    report: report,
                    deliverable: deliverable,
                    redeemed: "2020-03-02"
                )
                .Request()
                .AsOf("2020-04-01")
                .PaymentOfRequest()
        );

    [Theory]
    [InlineData("2020-03-31", "2020-03-31")]
    [InlineData("2020-04-01", "2020-04-01")]
    [InlineData("2020-04-02", "absent")]
    public void A_report_or_deliverable_after_the_business_date_is_absent(string on, string evidence)
    {
        Assert.Equal(
            [evidence],
            Voucher(report: on).AsOf("2020-04-01").Evidence("voucher.completion_report_on")
        );
        Assert.Equal(
            [evidence],
            Voucher(deliverable: on).AsOf("2020-04-01").Evidence("voucher.deliverable_on")
        );

        static Scene Voucher(string? report = null, string? deliverable = null) =>
            Scene.New().Voucher(report: report, deliverable: deliverable, redeemed: "2020-03-02").Request();
    }

    [Theory]
    [InlineData("P1-US", Approved)]
    [InlineData("P1-DE", "Rejected (PAY-COUNTRY)")]
    [InlineData("P2-US", "Rejected (PAY-PARTNER)")]
    public void The_reserving_partner_asks_for_payment_in_the_country_of_delivery(
        string location,
        string expected
    ) =>
        Assert.Equal(
            expected,
            Scene.New().DeliveredVoucher().Request(location: location).AsOf("2020-04-01").PaymentOfRequest()
        );

    [Fact]
    public void Nothing_is_paid_for_an_ineligible_voucher() =>
        Assert.Equal(
            "Rejected (PAY-INELIGIBLE)",
            Scene.Empty().Agreement("A").DeliveredVoucher().Request().AsOf("2020-04-01").PaymentOfRequest()
        );

    [Theory]
    // the other request is submitted on the day before, on the day (its id is higher), on the day after
    [InlineData("2020-03-09", "Rejected (PAY-DUPLICATE)", Approved)]
    [InlineData("2020-03-10", Approved, "Rejected (PAY-DUPLICATE)")]
    [InlineData("2020-03-11", Approved, "Rejected (PAY-DUPLICATE)")]
    public void Of_two_requests_for_a_voucher_the_first_is_approved(
        string submitted,
        string first,
        string second
    )
    {
        var decided = Scene
            .New()
            .DeliveredVoucher()
            .Request("R1", submitted: "2020-03-10")
            .Request("R2", submitted: submitted)
            .AsOf("2020-04-01");

        Assert.Equal(first, decided.PaymentOfRequest("R1"));
        Assert.Equal(second, decided.PaymentOfRequest("R2"));
    }

    [Fact]
    public void A_rejected_request_makes_no_later_one_a_duplicate()
    {
        var decided = Scene
            .New()
            .DeliveredVoucher()
            .Request("R1", submitted: "2020-03-03", location: "P1-DE")
            .Request("R2", submitted: "2020-03-04")
            .Request("R3", submitted: "2020-03-05")
            .Request("R4", submitted: "2020-03-06", location: "P2-US")
            .AsOf("2020-04-01");

        Assert.Equal("Rejected (PAY-COUNTRY)", decided.PaymentOfRequest("R1"));
        Assert.Equal(Approved, decided.PaymentOfRequest("R2"));
        Assert.Equal("Rejected (PAY-DUPLICATE)", decided.PaymentOfRequest("R3"));
        Assert.Equal("Rejected (PAY-PARTNER;PAY-DUPLICATE)", decided.PaymentOfRequest("R4"));
    }

    [Fact]
    public void A_request_on_hold_makes_later_ones_duplicates_and_names_itself()
    {
        var decided = Scene
            .New()
            .DeliveredVoucher()
            .Request("R1", submitted: "2020-03-03", amount: 1m)
            .Request("R2", submitted: "2020-03-04")
            .Request("R3", submitted: "2020-03-05")
            .AsOf("2020-04-01");

        Assert.Equal("Held (PAY-AMOUNT)", decided.PaymentOfRequest("R1"));
        Assert.Equal("Rejected (PAY-DUPLICATE)", decided.PaymentOfRequest("R2"));
        Assert.Equal("Rejected (PAY-DUPLICATE)", decided.PaymentOfRequest("R3"));
        Assert.Equal(["R1", "R1"], decided.Evidence("earlier.request_id"));
    }

    // A request "a" comes after a request "B": ids are compared by their characters.
    [Theory]
    [InlineData("2020-03-04", "2020-03-03", "2020-03-05", "B")]
    [InlineData("2020-03-05", "2020-03-04", "2020-03-03", "a")]
    [InlineData("2020-03-04", "2020-03-03", "2020-03-03", "B")]
    [InlineData("2020-03-03", "2020-03-04", "2020-03-03", "A")]
    [InlineData("2020-03-03", "2020-03-03", "2020-03-03", "A")]
    public void A_duplicate_names_the_request_submitted_first_and_of_those_of_one_day_the_lowest_id(
        string submittedA,
        string submittedB,
        string submittedLowerA,
        string first
    )
    {
        var decided = Scene
            .New()
            .DeliveredVoucher()
            .Request("A", submitted: submittedA)
            .Request("B", submitted: submittedB)
            .Request("a", submitted: submittedLowerA)
            .AsOf("2020-04-01");

        Assert.Equal(Approved, decided.PaymentOfRequest(first));
        Assert.Equal([first, first], decided.Evidence("earlier.request_id"));
        Assert.Equal(["2020-03-03", "2020-03-03"], decided.Evidence("earlier.submitted_on"));
    }

    [Fact]
    public void A_request_for_another_voucher_is_no_duplicate()
    {
        var decided = Scene
            .New()
            .DeliveredVoucher("V")
            .DeliveredVoucher("W")
            .Request("R1", submitted: "2020-03-03", voucher: "V")
            .Request("R2", submitted: "2020-03-04", voucher: "V")
            .Request("R3", submitted: "2020-03-05", voucher: "W")
            .AsOf("2020-04-01");

        Assert.Equal("Rejected (PAY-DUPLICATE)", decided.PaymentOfRequest("R2"));
        Assert.Equal(Approved, decided.PaymentOfRequest("R3"));
    }

    [Theory]
    [InlineData("7999.99", "USD", "Held (PAY-AMOUNT)")]
    [InlineData("8000.00", "USD", Approved)]
    [InlineData("8000.01", "USD", "Held (PAY-AMOUNT)")]
    [InlineData("8000.00", "CAD", "Held (PAY-AMOUNT)")]
    public void The_amount_is_the_rate(string amount, string currency, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .DeliveredVoucher()
                .Request(amount: Money.Of(amount), currency: currency)
                .AsOf("2020-04-01")
                .PaymentOfRequest()
        );

    [Theory]
    [InlineData("7999.49", "Held (PAY-AMOUNT)")]
    [InlineData("7999.50", Approved)]
    [InlineData("8000.50", Approved)]
    [InlineData("8000.51", "Held (PAY-AMOUNT)")]
    public void A_tolerance_is_allowed_and_the_rate_is_paid_all_the_same(string amount, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Under(Pack.With(p => p with { Tolerance = p.Tolerance.Being(0.50m) }))
                .DeliveredVoucher()
                .Request(amount: Money.Of(amount))
                .AsOf("2020-04-01")
                .PaymentOfRequest()
        );

    // The rate of Sweden changes on 2021-01-01: 5 days at 14,500 SEK, then at 15,200 SEK.
    [Theory]
    [InlineData("2020-12-31", "Approved approved=72500.00")]
    [InlineData("2021-01-01", "Held (PAY-AMOUNT)")]
    [InlineData("2021-01-02", "Held (PAY-AMOUNT)")]
    public void The_rate_is_the_one_in_force_on_the_day_of_redemption(string redeemed, string expected) =>
        Assert.Equal(
            expected,
            Scene
                .New()
                .Voucher(
                    created: "2020-12-01",
                    reserved: "2020-12-02",
                    report: "2020-12-20",
                    deliverable: "2020-12-20",
                    redeemed: redeemed,
                    country: "SE",
                    location: "P1-SE"
                )
                .Request(submitted: "2021-01-10", location: "P1-SE", amount: 72500m, currency: "SEK")
                .AsOf("2021-02-01")
                .PaymentOfRequest()
        );

    [Fact]
    public void Without_a_rate_a_request_is_held() =>
        Assert.Equal("Held (PAY-NO-RATE)", FourDays().Request().AsOf("2020-04-01").PaymentOfRequest());

    [Fact]
    public void Hold_findings_are_listed_on_a_rejected_request_too() =>
        Assert.Equal(
            "Rejected (PAY-COUNTRY;PAY-NO-RATE)",
            FourDays().Request(location: "P1-DE").AsOf("2020-04-01").PaymentOfRequest()
        );

    [Fact]
    public void Findings_say_what_stands_against_the_request()
    {
        var decided = Scene
            .New()
            .Voucher(started: "2020-02-01", report: "2020-02-20", redeemed: "2020-03-02")
            .Request(amount: 7500m)
            .AsOf("2020-04-01");

        Assert.Equal(
            "Delivery started on 2020-02-01, and voucher V is not reserved.",
            decided.Sentence("PAY-RESERVATION")
        );
        Assert.Equal(
            "When voucher V was redeemed on 2020-03-02, the customer deliverable was not in.",
            decided.Sentence("PAY-DELIVERABLES")
        );
        Assert.Equal(
            "Partner P1 asks for payment, and voucher V is not reserved by anyone.",
            decided.Sentence("PAY-PARTNER")
        );
        Assert.Equal(
            "The request asks for 7500.00 USD; the rate for 5 days in US is 8000.00 USD.",
            decided.Sentence("PAY-AMOUNT")
        );
    }

    /// <summary>A delivered voucher of four days, which are allowed, and for which there is no rate.</summary>
    private static Scene FourDays() =>
        Scene
            .New()
            .Under(Pack.WithEngagement("windows-office", e => e with { Durations = [4] }))
            .DeliveredVoucher(days: 4);
}
