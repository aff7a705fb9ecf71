using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Conditions;

/// <summary>
/// What conditions on a payment request mean. The request R of 8000.00 USD was submitted on 2020-03-10 for voucher V,
/// which was created on 2020-01-02, redeemed on 2020-03-02 and never cancelled; it is decided as of 2020-04-01.
/// </summary>
public class ConditionTests
{
    private static readonly (string Condition, bool Holds)[] Conditions =
    [
        // Comparing.
        ("payment_request.amount == 8000", true),
        ("payment_request.amount == 8000.00", true),
        ("payment_request.amount != 8000", false),
        ("payment_request.amount > 8000", false),
        ("payment_request.amount >= 8000", true),
        ("payment_request.amount < 8000.01", true),
        ("8000 <= payment_request.amount", true),
        ("payment_request.currency == \"USD\"", true),
        ("payment_request.currency == \"EUR\"", false),
        ("voucher.redeemed_on == 2020-03-02", true),
        ("voucher.redeemed_on > 2020-03-02", false),
        ("voucher.redeemed_on >= voucher.created_on", true),
        ("engagement.cloud", false),
        ("engagement.cloud == false", true),
        ("retirement.outcome == \"Allowed\"", true),
        ("expiry.outcome != \"Closed\"", false),
        // Putting together: "and" before "or".
        ("payment_request.amount > 1 && payment_request.amount > 9000", false),
        ("payment_request.amount > 1 || payment_request.amount > 9000 && voucher.days > 99", true),
        ("(payment_request.amount > 1 || voucher.days > 1) && voucher.days > 99", false),
        ("!engagement.cloud", true),
        ("!(payment_request.amount > 1)", false),
        ("not engagement.cloud && voucher.days == 5", true),
        // Lists and ranges; a round bracket leaves the end out.
        ("payment_request.currency in [\"EUR\", \"USD\"]", true),
        ("payment_request.currency in [\"EUR\"]", false),
        ("voucher.days in [1..5]", true),
        ("voucher.days in [1..5)", false),
        ("voucher.days in (4..5]", true),
        ("voucher.days in (5..9]", false),
        ("voucher.redeemed_on in [2020-03-01..2020-03-31]", true),
        ("as_of in [2020-04-01..2020-04-01]", true),
        ("as_of in (2020-04-01..2020-05-01]", false),
        // What is absent is greater than nothing, smaller than nothing and equal to nothing but what is absent.
        ("voucher.cancelled_on is absent", true),
        ("voucher.cancelled_on is present", false),
        ("voucher.cancelled_on > 2020-01-01", false),
        ("voucher.cancelled_on <= 2020-01-01", false),
        ("voucher.cancelled_on == 2020-01-01", false),
        ("voucher.cancelled_on != 2020-01-01", true),
        ("voucher.cancelled_on + 1 > 2020-01-01", false),
        ("voucher.cancelled_on - voucher.created_on < 5", false),
        ("voucher.division in [\"North\"]", false),
        ("voucher.division == voucher.product", true),
        ("max(voucher.cancelled_on, voucher.redeemed_on) is absent", true),
        // Calculating.
        ("payment_request.amount / voucher.days == 1600", true),
        ("payment_request.amount - rate.amount == 0", true),
        ("payment_request.amount + 1 * 2 == 8002", true),
        ("(payment_request.amount + 1) * 2 == 16002", true),
        ("10 - 4 - 3 == voucher.days - 2", true),
        ("-voucher.days == 0 - 5", true),
        ("voucher.days / 2 == 2.5", true),
        ("voucher.days / (voucher.days - 5) > 0", false),
        ("voucher.days / (voucher.days - 5) is absent", true),
        ("payment_request.amount * 999999999999999 * 999999999999999 is absent", true),
        ("voucher.redeemed_on + 8 == payment_request.submitted_on", true),
        ("payment_request.submitted_on - 8 == voucher.redeemed_on", true),
        ("payment_request.submitted_on - voucher.redeemed_on == 8", true),
        ("voucher.redeemed_on + 999999999 == 9999-12-31", true),
        ("voucher.redeemed_on - 999999999 == 0001-01-01", true),
        ("abs(voucher.redeemed_on - payment_request.submitted_on) == 8", true),
        ("max(payment_request.amount, 9000) == 9000", true),
        ("min(voucher.redeemed_on, 2020-01-01) == 2020-01-01", true),
        ("year(voucher.redeemed_on) == 2020 && month(voucher.redeemed_on) == 3", true),
        ("day(voucher.redeemed_on) == 2", true),
        ("starts_with(voucher.engagement, \"windows\")", true),
        // The business date.
        ("as_of == 2020-04-01", true),
        ("as_of > 2020-04-01", false),
        ("2020-04-01 < as_of", false),
        ("as_of > voucher.redeemed_on", true),
        ("as_of - 30 == voucher.redeemed_on", true),
        ("as_of - voucher.redeemed_on == 30", true),
        ("as_of - voucher.redeemed_on + 5 <= 35", true),
        ("as_of - voucher.redeemed_on - 5 < 25", false),
        ("30 == as_of - voucher.redeemed_on", true),
        ("voucher.redeemed_on + 60 - as_of == 30", true),
        ("as_of + 30 > 2020-04-30", true),
        ("as_of - voucher.redeemed_on < 999999999", true),
        ("as_of - voucher.redeemed_on > 29.5", true),
        ("as_of - voucher.cancelled_on > 0", false),
        ("year(as_of) == 2020", true),
        ("as_of is present", true),
        // Parameters, shipped ones too.
        ("payment_request.submitted_on <= voucher.redeemed_on + payment.window_days", true),
        ("payment_request.amount > custom.second_look_above", false),
        ("voucher.redeemed_on >= custom.pilot_on", false),
        ("voucher.product == custom.pilot_product", false),
        ("voucher.created_on > retirement.last_creation_on", false),
        ("expiry.anchor == \"assigned\" && voucher.days > 1", true),
        // Collections: the customer has the vouchers V and W, of 5 and 3 days, and the requests R and S.
        ("exists(vouchers where days == 3)", true),
        ("exists(vouchers where days == 4)", false),
        ("not exists(vouchers where days == 4)", true),
        ("count(vouchers) == 2", true),
        ("count(vouchers where voucher_id != voucher.voucher_id) == 1", true),
        ("count(vouchers where engagement == voucher.engagement && days < voucher.days) == 1", true),
        ("count(vouchers where redeemed_on is present && as_of - redeemed_on == 30) == 1", true),
        ("count(vouchers where expiry == \"Active\") == 1", true),
        ("sum(days of vouchers) == 8", true),
        ("sum(days * 2 of vouchers where days > 3) == 10", true),
        ("sum(amount of payment_requests where currency == payment_request.currency) == 8100", true),
        ("sum(amount of payment_requests where voucher_id == \"no such\") == 0", true),
        ("exists(enrollments where offering == engagement.offering && ends_on is absent)", true),
        ("exists(enrollments where offering == \"AZDPS\")", false),
        ("exists(partner_competencies where level == \"silver\")", true),
        ("exists(vouchers where created_on > as_of)", false),
    ];

    private static readonly Decided Decided = Scene
        .New()
        .Under(
            RulePacks.With([
                .. Conditions.Select(
                    (c, i) =>
                        RulePacks.Rule(Code(i), "payment", "payment_request", "PAY-AMOUNT", null, c.Condition)
                ),
            ])
        )
        .DeliveredVoucher()
        .Voucher("W", created: "2020-03-01", days: 3)
        .Voucher("X", created: "2020-05-01", days: 4)
        .Request()
        .Request("S", amount: 100m, voucher: "W")
        .AsOf("2020-04-01");

    public static TheoryData<string, bool> All => [.. Conditions];

    [Theory]
    [MemberData(nameof(All))]
    public void A_condition_holds_or_not(string condition, bool holds)
    {
        var code = Code(Array.FindIndex(Conditions, c => c.Condition == condition));

        Assert.Equal(holds, Decided.Finds(code, "R"));
    }

    private static string Code(int at) => FormattableString.Invariant($"PAY-C{at}");
}
