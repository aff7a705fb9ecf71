using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Tests.Conditions;

/// <summary>What a rule author sees of each fault of a table.</summary>
public class TableFileTests
{
    private const string Table = """
        name,A try
        rule_set,payment
        subject,payment_request
        after,PAY-AMOUNT
        hit_policy,first
        source,A test.
        voucher.country,voucher.days,payment_request.submitted_on,payment_request.amount,value.desk,code,outcome,sentence
        "US,CA",5,>= 2020-01-01,> 100,Oslo,PAY-A,Held,"{voucher.days} days go to {value.desk}."

        """;

    [Theory]
    [InlineData(
        "hit_policy,first",
        "hit_policy,last",
        5,
        "table: 'hit_policy' is 'last'. Expected one of first, collect, unique."
    )]
    [InlineData(
        "name,A try",
        "name,A,try",
        1,
        "'name' has more than one value. Put a text with a comma in double quotes; of columns, those that give come after those that read."
    )]
    [InlineData("source,A test.", "name,Another", 6, "'name' is there twice. Keep one.")]
    [InlineData(
        "after,PAY-AMOUNT",
        "after,PAY-LATER",
        4,
        "table: 'after' is 'PAY-LATER'. Expected a code of 'payment' on 'payment_request' before this one: PAY-VOID, PAY-NOT-REDEEMED, PAY-WINDOW, PAY-RESERVATION, PAY-DELIVERABLES, PAY-COUNTRY, PAY-PARTNER, PAY-INELIGIBLE, PAY-DUPLICATE, PAY-NO-RATE, PAY-AMOUNT."
    )]
    [InlineData(
        "subject,payment_request",
        "subject,agreement",
        3,
        "table: 'payment' does not decide on 'agreement'. Expected payment_request or voucher."
    )]
    [InlineData(
        "voucher.country,",
        "voucher.contry,",
        7,
        "cell A7: 'voucher.contry' is not known here. The nearest is 'voucher.country'."
    )]
    [InlineData(
        "voucher.country,",
        "voucher.days,",
        7,
        "cell B7: there are two columns 'voucher.days'. Keep one."
    )]
    [InlineData(
        ",code,outcome",
        ",codes,outcome",
        7,
        "cell F7: 'codes' is not known here. Known are agreement.*, as_of, custom.*, eligibility.*, engagement.*, entitlement.*, expiry.*, partner_location.*, payment.*, payment_request.*, qualification.*, rate.*, reconciliation.*, reserved_location.*, retirement.*, voucher.*."
    )]
    [InlineData(
        ",5,>=",
        ",,>=",
        8,
        "cell B8: the cell is empty. Write '-' where any value holds; of merged cells only the first has a value."
    )]
    [InlineData(",5,>=", ",five,>=", 8, "cell B8: 'five' is no number. Expected one such as 50000 or 0.25.")]
    [InlineData(",5,>=", ",1.5,>=", 8, "cell B8: '1.5' is no whole number, and the column has only such.")]
    [InlineData(",5,>=", ",[5..1],>=", 8, "cell B8: nothing is in '[5..1]'. Expected the smaller end first.")]
    [InlineData(",5,>=", ",[1-5],>=", 8, "cell B8: '1-5' is no number. Expected one such as 50000 or 0.25.")]
    [InlineData(
        ",5,>=",
        ",not 5,>=",
        8,
        "cell B8: '(' is missing. Expected not(...) with values, comparisons or ranges in it."
    )]
    [InlineData(
        ",5,>=",
        ",5 days,>=",
        8,
        "cell B8: '5 days' is no number. Expected one such as 50000 or 0.25."
    )]
    [InlineData(
        ",5,>=",
        ",> paymet.window_days,>=",
        8,
        "cell B8: 'paymet.window_days' is not known here. The nearest is 'payment.window_days'."
    )]
    [InlineData(
        ",5,>=",
        ",> expiry.anchor,>=",
        8,
        "cell B8: '>' compares a whole number with a text. Both must be of one kind."
    )]
    [InlineData(
        ">= 2020-01-01",
        "1/2/2020",
        8,
        "cell C8: '1/2/2020' is a date as a spreadsheet shows it: it is unclear whether the day or the month comes first. Write a single day as [2020-06-30..2020-06-30]; spreadsheets do not change that form."
    )]
    [InlineData(
        ">= 2020-01-01",
        ">= 2020-02-30",
        8,
        "cell C8: '2020-02-30' is no date of the calendar. Expected one as yyyy-MM-dd."
    )]
    [InlineData(">= 2020-01-01", "\">= \"\"2020\"\"\"", 8, "cell C8: '2020' is a text. Expected a date.")]
    [InlineData(
        "> 100",
        "\"50,000\"",
        8,
        "cell D8: '50,000' can be one number or a list. Write numbers without a comma, and a blank after each comma of a list."
    )]
    [InlineData(
        "\"US,CA\"",
        "> US",
        8,
        "cell A8: '>' cannot compare a text. Possible are values, and not() with values."
    )]
    [InlineData("\"US,CA\"", "\"\"\"US\"", 8, "cell A8: a text has no second '\"'.")]
    [InlineData(
        ",PAY-A,",
        ",,",
        8,
        "row: 'code' is ''. Expected a finding code of 5 to 40 capital letters, digits and '-', such as PAY-SECOND-LOOK."
    )]
    [InlineData(
        ",PAY-A,",
        ",PAY-VOID,",
        8,
        "row: code 'PAY-VOID' is there already. Give each rule a code of its own."
    )]
    [InlineData(
        ",Held,",
        ",Approved,",
        8,
        "row: 'outcome' is 'Approved'. Expected Rejected or Held, or no outcome."
    )]
    [InlineData(
        "{voucher.days} days",
        "{voucher.dais} days",
        8,
        "cell H8: 'voucher.dais' is not known here. The nearest is 'voucher.days'."
    )]
    [InlineData(
        "{value.desk}.\"",
        "{value.desk}.\",more",
        8,
        "cell I8: 'more' stands beyond the last column. Put a text with a separator in double quotes."
    )]
    [InlineData(
        "{value.desk}.\"",
        "{value.desk}.",
        8,
        "a field starts with '\"' here, and no other '\"' ends it."
    )]
    [InlineData(
        "\"{voucher.days} days go to {value.desk}.\"",
        "",
        8,
        "row: 'sentence' is empty. Expected what is found, in words."
    )]
    public void A_fault_names_its_line_and_cell_what_was_found_and_what_is_possible(
        string text,
        string replacement,
        int line,
        string message
    ) =>
        Assert.Contains(
            new PolicyFault("pack/tables/try.csv", line, message),
            FaultsOf(Table.Replace(text, replacement, StringComparison.Ordinal))
        );

    [Theory]
    [InlineData(
        "1,5",
        "voucher.days",
        "cell A10: '1,5' can be one number or a list. Write numbers without a comma, and a blank after each comma of a list."
    )]
    [InlineData(
        "50.000",
        "payment_request.amount",
        "cell A10: '50.000' can be 50000 or 50.000. Write numbers without signs between thousands."
    )]
    [InlineData(
        "30.06.2020",
        "payment_request.submitted_on",
        "cell A10: '30.06.2020' is a date as a spreadsheet shows it: it is unclear whether the day or the month comes first. Write a single day as [2020-06-30..2020-06-30]; spreadsheets do not change that form."
    )]
    public void A_file_with_semicolons_says_what_can_be_read_in_two_ways(
        string cell,
        string column,
        string message
    ) =>
        Assert.Equal(
            [message],
            FaultsOf(
                    $"name;A try\nrule_set;payment\nsubject;payment_request\nafter;PAY-AMOUNT\nhit_policy;first\nsource;A test.\nsentence;Found.\noutcome;Held\n{column};code\n{cell};PAY-A\n"
                )
                .Select(f => f.Message)
        );

    [Fact]
    public void A_code_leads_to_one_outcome() =>
        Assert.Equal(
            [
                "row: code 'PAY-A' leads to 'Rejected' here and to 'Held' above. Give each outcome a code of its own.",
            ],
            FaultsOf(Table + "SE,5,-,-,Oslo,PAY-A,Rejected,Found.\n").Select(f => f.Message)
        );

    [Fact]
    public void Ten_thousand_rows_are_one_rule()
    {
        var countries = Iso.Countries.Order(StringComparer.Ordinal).ToList();
        var rows = string.Join(
            '\n',
            Enumerable
                .Range(0, 10_000)
                .Select(i =>
                    FormattableString.Invariant(
                        $"\"{countries[i % countries.Count]}\",[{i}..{i + 5}],>= {new DateOnly(2000, 1, 1).AddDays(i):yyyy-MM-dd},> {i}.25,Desk {i},PAY-A,Held,\"{{voucher.days}} days go to {{value.desk}}.\""
                    )
                )
        );
        var files = RulePacks.WithTables(string.Join('\n', Table.Split('\n')[..7]) + "\n" + rows);

        Assert.Single(PolicyPackReader.Read("pack", files).Rules);
    }

    private static IReadOnlyList<PolicyFault> FaultsOf(string table) =>
        Assert
            .Throws<PolicyPackException>(() => PolicyPackReader.Read("pack", RulePacks.WithTables(table)))
            .Faults;
}
