using System.Diagnostics;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Tests.Policies;

namespace PlanningServices.Rules.Tests.Conditions;

/// <summary>
/// A condition can only look: whatever else it tries is refused when the pack is read, with the place, what was found
/// and what is possible. Nothing of it is run for that.
/// </summary>
public class MisbehavingRuleTests
{
    private const string Functions =
        "Possible are abs, day, max, min, month, starts_with, year, exists, count and sum.";

    private const string Operator =
        "Expected a comparison, 'in', 'is', '&&', '||', '+', '-', '*', '/' or the end.";

    private const string Operand = "Expected a field, a value, a function or '('.";

    private const string Signs =
        "Expected names, numbers, dates, texts in double quotes and the signs of comparing and calculating.";

    private const string Known =
        "Known are agreement.*, as_of, eligibility.*, engagement.*, entitlement.*, expiry.*, partner_location.*, payment.*, payment_request.*, qualification.*, rate.*, reconciliation.*, reserved_location.*, retirement.*, voucher.*.";

    private const string Columns =
        "Expected one of voucher_id, agreement_id, engagement, days, division, product, country, created_on, assigned_on, reserved_on, reserved_location_id, consultant_id, engagement_started_on, engagement_completed_on, completion_report_on, deliverable_on, redeemed_on, cancelled_on, retirement, expiry.";

    [Theory]
    // Calling something, or making it.
    [InlineData(
        "voucher.voucher_id.Contains(\"V\")",
        1,
        "there is no function 'voucher.voucher_id.Contains'. " + Functions
    )]
    [InlineData(
        "voucher.days.ToString() == \"5\"",
        1,
        "there is no function 'voucher.days.ToString'. " + Functions
    )]
    [InlineData(
        "payment_request.GetType() != null",
        1,
        "there is no function 'payment_request.GetType'. " + Functions
    )]
    [InlineData("typeof(System.IO.File) != null", 1, "there is no function 'typeof'. " + Functions)]
    [InlineData(
        "System.IO.File.Exists(\"x\")",
        1,
        "there is no function 'System.IO.File.Exists'. " + Functions
    )]
    [InlineData("File.Delete(\"x\")", 1, "there is no function 'File.Delete'. " + Functions)]
    [InlineData("new System.Random().Next() > 0", 5, "'System.Random' cannot stand here. " + Operator)]
    [InlineData("new string(\"x\", 1000000) == \"y\"", 5, "'string' cannot stand here. " + Operator)]
    // Changing something, or doing it again and again.
    [InlineData("payment_request.amount = 7", 24, "'=' is no comparison. Write '=='.")]
    [InlineData("payment_request.amount += 7", 25, "'=' is no comparison. Write '=='.")]
    [InlineData("payment_request.amount++ > 1", 24, "'+' cannot stand here. " + Operand)]
    [InlineData("while (true) { }", 14, "'{' cannot stand here. " + Signs)]
    [InlineData("for (;;) {}", 10, "'{' cannot stand here. " + Signs)]
    [InlineData("goto again", 6, "'again' cannot stand here. " + Operator)]
    [InlineData("x => x > 1", 3, "'=' is no comparison. Write '=='.")]
    [InlineData("(payment_request) => true", 19, "'=' is no comparison. Write '=='.")]
    // Reaching into collections.
    [InlineData("vouchers.Clear()", 1, "there is no function 'vouchers.Clear'. " + Functions)]
    [InlineData("vouchers.Any(v => v.days > 5)", 16, "'=' is no comparison. Write '=='.")]
    [InlineData("vouchers[0].days > 5", 9, "'[' cannot stand here. " + Operator)]
    [InlineData("payment_request[\"amount\"] > 5", 16, "'[' cannot stand here. " + Operator)]
    // The clock, chance, the machine.
    [InlineData("as_of.AddDays(1) > as_of", 1, "there is no function 'as_of.AddDays'. " + Functions)]
    [InlineData("DateTime.Now > as_of", 1, "'DateTime.Now' is not known here. " + Known)]
    [InlineData(
        "DateOnly.FromDateTime(DateTime.Now) > as_of",
        1,
        "there is no function 'DateOnly.FromDateTime'. " + Functions
    )]
    [InlineData("now() > as_of", 1, "there is no function 'now'. " + Functions)]
    [InlineData("today > as_of", 1, "'today' is not known here. " + Known)]
    [InlineData("random() > 0.5", 1, "there is no function 'random'. " + Functions)]
    [InlineData(
        "Environment.MachineName == \"x\"",
        1,
        "'Environment.MachineName' is not known here. " + Known
    )]
    [InlineData("env(\"PATH\") == \"x\"", 1, "there is no function 'env'. " + Functions)]
    [InlineData("select(\"drop table voucher\")", 1, "there is no function 'select'. " + Functions)]
    [InlineData("eval(\"1 == 1\")", 1, "there is no function 'eval'. " + Functions)]
    [InlineData("import(\"os\")", 1, "there is no function 'import'. " + Functions)]
    // Other languages.
    [InlineData("`whoami` == \"root\"", 1, "'`' cannot stand here. " + Operand)]
    [InlineData("$(whoami) == \"root\"", 1, "'$' cannot stand here. " + Operand)]
    [InlineData("${payment.window_days} > 1", 1, "'$' cannot stand here. " + Operand)]
    [InlineData("{payment.window_days} > 1", 1, "'{' cannot stand here. " + Operand)]
    [InlineData("@\"c:\\x\" == voucher.product", 1, "'@' cannot stand here. " + Operand)]
    [InlineData(
        "'a' == voucher.product",
        1,
        "''' does not start a text here. Write texts as \"SE\", in double quotes on both sides."
    )]
    [InlineData(
        "\"unfinished == voucher.product",
        1,
        "'\"' does not start a text here. Write texts as \"SE\", in double quotes on both sides."
    )]
    // What does not end, or does not fit.
    [InlineData(
        "payment_request.amount > 1; payment_request.amount > 2",
        27,
        "';' cannot stand here. " + Operator
    )]
    [InlineData("payment_request.amount > 1 // done", 29, "'/' cannot stand here. " + Operand)]
    [InlineData("payment_request.amount > 1 /* done */", 29, "'*' cannot stand here. " + Operand)]
    [InlineData("payment_request.amount >", 25, "the text ends too early. " + Operand)]
    [InlineData("(payment_request.amount > 1", 28, "the text ends too early. Expected ')'.")]
    [InlineData("payment_request.amount > 1)", 27, "')' cannot stand here. " + Operator)]
    [InlineData("payment_request.amount ? 1 : 2", 24, "'?' cannot stand here. " + Signs)]
    [InlineData("payment_request.amount ?? 0 > 1", 24, "'?' cannot stand here. " + Operator)]
    [InlineData("payment_request?.amount > 1", 16, "'?' cannot stand here. " + Operator)]
    [InlineData("payment_request!.amount > 1", 16, "'!' cannot stand here. " + Operator)]
    [InlineData(
        "payment_request.amount is decimal",
        27,
        "'decimal' cannot stand here. Expected 'present' or 'absent'."
    )]
    [InlineData("payment_request.amount as decimal", 24, "'as' cannot stand here. " + Operator)]
    [InlineData("payment_request.amount % 2 == 0", 24, "'%' cannot stand here. " + Operator)]
    [InlineData("payment_request.amount ^ 2 == 0", 24, "'^' cannot stand here. " + Operator)]
    [InlineData("payment_request.amount << 2 == 0", 25, "'<' cannot stand here. " + Operand)]
    [InlineData("~payment_request.amount == 0", 1, "'~' cannot stand here. " + Operand)]
    [InlineData("payment_request.amount & 1 == 0", 24, "'&' is no operator. Write '&&'.")]
    [InlineData("payment_request.amount | 1 == 0", 24, "'|' is no operator. Write '||'.")]
    [InlineData("payment_request.amount / 0 > 1", 26, "this divides by zero.")]
    [InlineData("payment_request.amount / (3 - 3) > 1", 29, "this divides by zero.")]
    [InlineData(
        "payment_request.amount > 99999999999999999999999999999",
        26,
        "'99999999999999999999999999999' is too long. Expected at most 15 digits."
    )]
    // Values that are none.
    [InlineData(
        "payment_request.amount * 999999999999999 > 999999999999999 * 999999999999999 * 999999999999999",
        60,
        "the result of this is too large."
    )]
    [InlineData("payment_request.amount > 1e308", 26, "'1e308' cannot stand here.")]
    [InlineData("payment_request.amount > 0x10", 26, "'0x10' cannot stand here.")]
    [InlineData(
        "payment_request.amount > \"5\"",
        24,
        "'>' compares a number with a text. Both must be of one kind."
    )]
    // Kinds that do not fit.
    [InlineData(
        "payment_request.submitted_on > 5",
        30,
        "'>' compares a date with a whole number. Both must be of one kind."
    )]
    [InlineData(
        "payment_request.submitted_on > 2021-02-30",
        32,
        "'2021-02-30' is no date of the calendar. Expected one as yyyy-MM-dd."
    )]
    [InlineData(
        "payment_request.submitted_on + payment_request.submitted_on > as_of",
        30,
        "'+' stands between a date and a date. Expected numbers, a date and whole days, or two dates with '-' between them."
    )]
    [InlineData(
        "payment_request.submitted_on * 2 > as_of",
        30,
        "'*' stands between a date and a whole number. Expected numbers, a date and whole days, or two dates with '-' between them."
    )]
    [InlineData(
        "payment_request.submitted_on + 1.5 > as_of",
        30,
        "'+' stands between a date and a number. Expected numbers, a date and whole days, or two dates with '-' between them."
    )]
    [InlineData(
        "payment_request.amount",
        1,
        "this is a number. Expected something that holds or does not, such as a comparison."
    )]
    [InlineData(
        "payment_request.amount + 1",
        24,
        "this is a number. Expected something that holds or does not, such as a comparison."
    )]
    [InlineData("-payment_request.submitted_on > as_of", 2, "this is a date. Expected a number.")]
    [InlineData(
        "!payment_request.amount",
        2,
        "this is a number. Expected something that holds or does not, such as a comparison."
    )]
    [InlineData(
        "payment_request.currency > \"EUR\"",
        26,
        "'>' cannot compare a text. Possible are '==', '!=' and 'in'."
    )]
    [InlineData(
        "payment_request.currency in [\"EUR\", 5]",
        37,
        "'==' compares a text with a whole number. Both must be of one kind."
    )]
    [InlineData(
        "eligibility.outcome == \"Elligible\"",
        21,
        "this can never be \"Elligible\". Possible are \"Eligible\", \"Ineligible\"."
    )]
    // Names that there are not.
    [InlineData(
        "eligibility.outcome in [\"Eligible\", \"Nobody\"]",
        37,
        "this can never be \"Nobody\". Possible are \"Eligible\", \"Ineligible\"."
    )]
    [InlineData(
        "payment_request.currency == \"USS\"",
        26,
        "this can never be \"USS\", which there is not. The nearest is 'USD'."
    )]
    [InlineData("voucher.country in [\"SE\", \"UK\"]", 27, "this can never be \"UK\", which there is not.")]
    [InlineData(
        "voucher.engagement != \"exchnage\"",
        20,
        "this can never be \"exchnage\", which there is not. The nearest is 'exchange'."
    )]
    [InlineData(
        "exists(enrollments where offering == \"SDEPS\")",
        35,
        "this can never be \"SDEPS\", which there is not. The nearest is 'SDPS'."
    )]
    [InlineData(
        "payment_request.amont > 1",
        1,
        "'payment_request.amont' is not known here. The nearest is 'payment_request.amount'."
    )]
    [InlineData(
        "payment.windowdays > 1",
        1,
        "'payment.windowdays' is not known here. The nearest is 'payment.window_days'."
    )]
    [InlineData("custom.nothing > 1", 1, "'custom.nothing' is not known here. " + Known)]
    [InlineData(
        "consultant.consultant_id == \"K\"",
        1,
        "'consultant.consultant_id' is not known here. The nearest is 'voucher.consultant_id'."
    )]
    // What is the same for everyone, or matches too much.
    [InlineData(
        "expiry.warning_bands == 7",
        1,
        "parameter 'expiry.warning_bands' is a list. Expected one with a single value."
    )]
    [InlineData(
        "1 == 1",
        3,
        "this reads nothing of the subject, so it is the same for every one. Compare one of its fields."
    )]
    [InlineData(
        "true",
        1,
        "this reads nothing of the subject, so it is the same for every one. Compare one of its fields."
    )]
    [InlineData(
        "exists(vouchers)",
        1,
        "exists(vouchers) holds wherever there is one. Say which: exists(vouchers where ...)."
    )]
    // Collections used otherwise.
    [InlineData(
        "exists(vouchers where 1 == 1)",
        25,
        "this reads nothing of the vouchers, so all of them match or none. " + Columns
    )]
    [InlineData(
        "exists(vouchers where payment_request.amount > 1)",
        46,
        "this reads nothing of the vouchers, so all of them match or none. " + Columns
    )]
    [InlineData(
        "exists(customers where name == \"x\")",
        8,
        "'customers' is no collection here. Possible are vouchers, payment_requests, partner_competencies, enrollments."
    )]
    [InlineData(
        "exists(vouchers where exists(payment_requests where amount > 1))",
        23,
        "'exists' stands within another collection. Write it as a condition of its own."
    )]
    [InlineData(
        "count(vouchers where count(vouchers where days > 1) > 1) > 1",
        22,
        "'count' stands within another collection. Write it as a condition of its own."
    )]
    [InlineData(
        "sum(1 of vouchers) > 1",
        5,
        "'sum' adds up something of each of the vouchers. Expected one of days."
    )]
    [InlineData("sum(country of vouchers) > 1", 5, "this is a text. Expected a number.")]
    [InlineData(
        "sum(days of vouchers where country) > 1",
        28,
        "this is a text. Expected something that holds or does not, such as a comparison."
    )]
    [InlineData(
        "count(vouchers where secret == 1) > 1",
        22,
        "'secret' is not known of the vouchers. " + Columns
    )]
    [InlineData(
        "vouchers > 1",
        1,
        "'vouchers' is a collection. Ask for it with exists, count or sum, such as count(vouchers)."
    )]
    [InlineData(
        "count(payment_request.amount) > 1",
        7,
        "'payment_request.amount' is no collection here. Possible are vouchers, payment_requests, partner_competencies, enrollments."
    )]
    [InlineData("abs(\"x\") == \"x\"", 1, "'abs' cannot be used like this. Expected abs(number).")]
    [InlineData("abs(1, 2) == 1", 1, "'abs' cannot be used like this. Expected abs(number).")]
    [InlineData(
        "min(payment_request.amount, as_of) > 1",
        1,
        "'min' cannot be used like this. Expected min(date, date) or min(number, number)."
    )]
    [InlineData("engagement.cloud is absent", 18, "yes or no is never absent.")]
    [InlineData(
        "payment_request.amount is null",
        27,
        "'null' cannot stand here. Expected 'present' or 'absent'."
    )]
    [InlineData(
        "payment_request.amount == null",
        27,
        "there is no 'null'. Write 'is absent' or 'is present'."
    )]
    [InlineData("not not engagement.cloud", 5, "'not' cannot stand here. " + Operand)]
    [InlineData("!!engagement.cloud", 2, "'!' cannot stand here. " + Operand)]
    [InlineData("--payment_request.amount > 1", 2, "'-' cannot stand here. " + Operand)]
    [InlineData(
        "((((((((((((((((((((((payment_request.amount > 1))))))))))))))))))))))",
        21,
        "more than 20 brackets stand in one another here. Take some apart."
    )]
    [InlineData(
        "payment_request.amount > 1 and payment_request.amount < 5",
        28,
        "'and' is no operator. Write '&&'."
    )]
    [InlineData("пayment_request.amount > 1", 1, "'пayment_request.amount' cannot stand here. " + Operand)]
    [InlineData("payment_request.amount＞1", 23, "'＞' cannot stand here. " + Signs)]
    public void An_attempt_to_misbehave_is_refused_with_its_place(
        string condition,
        int column,
        string message
    )
    {
        var fault = Assert.Single(
            FaultsOf(RulePacks.Rule("PAY-TRY", "payment", "payment_request", "PAY-AMOUNT", "Held", condition))
        );

        // The first character of a condition is the tenth of its line.
        Assert.Equal($"pack/rules.yaml:10:{column + 9}: rule 'PAY-TRY': {message}", fault.ToString());
    }

    [Theory]
    [InlineData(
        "payment_request.amount > 1 && ",
        100,
        "this has 3000 characters. Expected at most 2000; several conditions in the list hold together."
    )]
    [InlineData(
        "(",
        5000,
        "this has 5000 characters. Expected at most 2000; several conditions in the list hold together."
    )]
    [InlineData("!", 1900, "'!' cannot stand here. " + Operand)]
    [InlineData("-", 1900, "'-' cannot stand here. " + Operand)]
    [InlineData("[", 1900, "more than 20 brackets stand in one another here. Take some apart.")]
    [InlineData("abs(", 480, "more than 20 brackets stand in one another here. Take some apart.")]
    public void However_long_an_attempt_is_it_is_refused_at_once(string text, int times, string message)
    {
        FaultsOf(RulePacks.Rule("PAY-TRY", "payment", "payment_request", "PAY-AMOUNT", "Held", text));
        var started = Stopwatch.GetTimestamp();

        var fault = Assert.Single(
            FaultsOf(
                RulePacks.Rule(
                    "PAY-TRY",
                    "payment",
                    "payment_request",
                    "PAY-AMOUNT",
                    "Held",
                    string.Concat(Enumerable.Repeat(text, times))
                )
            )
        );

        Assert.Equal($"rule 'PAY-TRY': {message}", fault.Message);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(1));
    }

    private static IReadOnlyList<PolicyFault> FaultsOf(string rule) =>
        Assert
            .Throws<PolicyPackException>(() =>
                PolicyPackReader.Read("pack", [.. SmallPack.Files, new("rules.yaml", $"rules:\n{rule}")])
            )
            .Faults;
}
