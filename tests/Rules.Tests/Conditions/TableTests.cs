using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Checking;
using PlanningServices.Rules.Policies.Comparing;
using PlanningServices.Rules.Policies.Coverage;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Policies.Scenarios;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Conditions;

/// <summary>Decision tables decide beside the rules, row by row.</summary>
public class TableTests
{
    private const string Head = """
        name,A try
        rule_set,payment
        subject,payment_request
        after,PAY-AMOUNT
        hit_policy,{0}
        source,A test.
        sentence,It was found.

        """;

    [Fact]
    public void A_finding_of_a_table_says_its_sentence_with_the_values_of_the_row_and_names_the_row()
    {
        var finding = Scene
            .New()
            .Under(RulePacks.Sample)
            .DeliveredVoucher(days: 10)
            .Request(submitted: "2020-08-01", amount: 16000m)
            .AsOf("2020-08-02")
            .Finding("PAY-DESK");

        Assert.Equal("Countries and durations that hold", finding.Rule);
        Assert.Equal("A request for 10 days in US is looked at by the desk in Denver.", finding.Sentence);
        Assert.Equal(
            [
                new("voucher.country", "US"),
                new("voucher.days", "10"),
                new("payment_request.submitted_on", "2020-08-01"),
                new("value.desk", "Denver"),
                new("table_row", "tables/durations.csv:47"),
            ],
            finding.Evidence
        );
    }

    [Theory]
    [InlineData("first", "PAY-A")]
    [InlineData("unique", "PAY-A")]
    [InlineData("collect", "PAY-A;PAY-B")]
    public void The_hit_policy_says_which_of_the_rows_that_hold_are_found(string policy, string codes) =>
        Assert.Equal(codes, Decided(policy, "voucher.days,code", "5,PAY-A", ">= 10,PAY-C", "-,PAY-B"));

    /// <summary>A column, and a cell that holds or does not for a request of 8000.00 USD for 5 days in the US.</summary>
    private static readonly (string Column, string Cell, bool Holds)[] Cells =
    [
        ("voucher.country", "\"\"\"US\"\",\"\"CA\"\"\"", true),
        ("voucher.country", "US", true),
        ("voucher.country", "\"not(\"\"US\"\")\"", false),
        ("voucher.country", "\"not(\"\"SE\"\", \"\"DK\"\")\"", true),
        ("voucher.days", "5", true),
        ("voucher.days", "\"1, 5\"", true),
        ("voucher.days", "< 5", false),
        ("voucher.days", "[5..9]", true),
        ("voucher.days", "(5..9]", false),
        ("voucher.days", "]4..6[", true),
        ("voucher.days", "not([5..9])", false),
        ("voucher.days", "> payment.window_days", false),
        ("voucher.days", "< payment.window_days", true),
        ("payment_request.amount", "\">= 8000,  < 1\"", true),
        ("payment_request.amount", "7999.99", false),
        ("payment_request.amount > 100", "TRUE", true),
        ("payment_request.amount > 100", "WAHR", true),
        ("payment_request.amount > 100", "FALSCH", false),
        ("voucher.cancelled_on", "absent", true),
        ("voucher.cancelled_on", "present", false),
        ("voucher.cancelled_on", "not([2020-01-01..2020-12-31])", true),
        ("as_of", ">= 2020-04-01", true),
        ("as_of - voucher.redeemed_on", "[30..30]", true),
        ("as_of - voucher.redeemed_on", "> 30", false),
        ("count(vouchers where days > 3)", "1", true),
    ];

    [Fact]
    public void Cells_are_unary_tests()
    {
        string[] tables =
        [
            .. Cells
                .Index()
                .Select(c =>
                    Head.Replace("{0}", "first", StringComparison.Ordinal)
                    + $"{c.Item.Column},code\n{c.Item.Cell},PAY-{c.Index:00}"
                ),
        ];

        Assert.Equal(
            Cells.Index().Where(c => c.Item.Holds).Select(c => $"PAY-{c.Index:00}"),
            CodesOf(PolicyPackReader.Read("pack", RulePacks.WithTables(tables))).Split(';').Order()
        );
    }

    [Theory]
    [InlineData("\"8000,50\"", "name;A try", false)]
    [InlineData("8000,00", "name;A try", true)]
    [InlineData("< 8000,5", "name;A try", true)]
    [InlineData("8000.00", "name\tA try", true)]
    public void Files_of_other_locales_are_read_as_they_were_meant(string cell, string start, bool holds)
    {
        var separator = start[4];
        var table =
            Head.Replace(',', separator).Replace("{0}", "first", StringComparison.Ordinal)
            + $"payment_request.amount{separator}code{separator}{separator}\r\n{cell}{separator}PAY-A{separator}{separator}\r\n{separator}{separator}\r\n";

        Assert.Equal(holds ? "PAY-A" : "", CodesOf(RulePacks.WithTable(table)));
    }

    [Fact]
    public void Why_not_names_the_row_that_came_nearest()
    {
        var pack = Table(
            "first",
            "voucher.country,voucher.days,code",
            "US,>= 10,PAY-A",
            "SE,5,PAY-A",
            "-,5,PAY-B"
        );

        Assert.Equal("line 11 of tables/try.csv holds first, and gives PAY-B", WhyNot(pack, "PAY-A"));
        Assert.Equal(
            "no row of tables/durations.csv that gives it holds; nearest is line 47, where voucher.days is 5, not 10",
            WhyNot(RulePacks.Sample, "PAY-DESK")
        );
    }

    [Theory]
    [InlineData(
        "first",
        new[]
        {
            "voucher.country,voucher.days,code",
            "US,[1..5],PAY-A",
            "US,[6..10],PAY-A",
            "US,[2..9],PAY-B",
        },
        "tables/try.csv:11: the row can never be found, since all it holds for is found by 2 rows before it, such as line 9."
    )]
    [InlineData(
        "first",
        new[] { "voucher.country,voucher.days,code", "-,>= 5,PAY-A", "US,5,PAY-B" },
        "tables/try.csv:10: the row can never be found, since all it holds for is found by line 9."
    )]
    [InlineData(
        "unique",
        new[]
        {
            "voucher.country,payment_request.submitted_on,code",
            "US,< 2020-07-01,PAY-A",
            "\"US,CA\",[2020-06-01..2020-12-31],PAY-B",
        },
        "tables/try.csv:10: the row holds together with line 9, for voucher.country US, payment_request.submitted_on 2020-06-01 to 2020-06-30. In a table with hit policy unique no two do."
    )]
    [InlineData(
        "first",
        new[]
        {
            "voucher.country,payment_request.submitted_on,code",
            "US,[2020-01-01..2020-06-30],PAY-A",
            "US,[2020-08-01..2020-12-31],PAY-A",
        },
        "tables/try.csv:10: between this row and line 9, which differ in payment_request.submitted_on alone, nothing is found for 2020-07-01 to 2020-07-31."
    )]
    [InlineData(
        "collect",
        new[] { "voucher.country,code", "US,PAY-A", "SE,PAY-A", "US,PAY-A" },
        "tables/try.csv:11: the row says what line 9 says. Keep one."
    )]
    public void Rows_that_were_not_meant_so_are_noticed(string policy, string[] rows, string notice) =>
        Assert.Equal([notice], NoticesOf(Table(policy, rows)));

    [Theory]
    [InlineData("first", new[] { "voucher.days,code", "[1..5],PAY-A", "-,PAY-B" })]
    [InlineData("first", new[] { "voucher.days,code", "< custom.engagements_at_once,PAY-A", "< 2,PAY-B" })]
    [InlineData("first", new[] { "payment_request.amount,code", "< 5,PAY-A", "> 5,PAY-A", "-,PAY-B" })]
    [InlineData("unique", new[] { "payment_request.amount,code", "< 5,PAY-A", "[5..7],PAY-A", "> 7,PAY-B" })]
    [InlineData("collect", new[] { "voucher.days,code", "< 5,PAY-A", "< 7,PAY-B" })]
    public void Rows_that_can_be_meant_so_are_not(string policy, string[] rows) =>
        Assert.Empty(NoticesOf(Table(policy, rows)));

    [Fact]
    public void A_gap_of_one_amount_is_a_gap() =>
        Assert.Equal(
            [
                "tables/try.csv:10: between this row and line 9, which differ in payment_request.amount alone, nothing is found for 5.00.",
            ],
            NoticesOf(Table("first", "payment_request.amount,code", "< 5,PAY-A", "> 5,PAY-A"))
        );

    [Fact]
    public void The_sample_table_has_forty_rows_of_which_none_is_noticed()
    {
        Assert.Equal(
            40,
            RulePacks.Sample.Rules.OfType<PlanningServices.Rules.Conditions.TableRule>().Single().Rows.Count
        );
        Assert.Empty(NoticesOf(RulePacks.Sample));
    }

    [Fact]
    public void A_row_is_exercised_by_a_scenario_that_expects_its_code()
    {
        var pack = RulePacks.Sample;
        var rows = CoverageRun
            .Of(pack, Books.Rules, ScenarioRunner.Run(pack, Books.Rules))
            .Parts.Single(p => p.Name == "table rows");

        Assert.Equal((40, 2), (rows.Total, rows.Exercised));
        Assert.Equal(
            new Unexercised(
                "tables/durations.csv",
                11,
                "row with voucher.country: \"AU\", voucher.days: 10, payment_request.submitted_on: [2020-07-01..2021-06-30]"
            ),
            rows.Unexercised[0]
        );
    }

    [Fact]
    public void A_difference_between_packs_is_said_row_by_row() =>
        Assert.Equal(
            [
                "table tables/try.csv, hit policy: first -> collect",
                "table tables/try.csv, row with voucher.days: 5: PAY-A, It was found. -> PAY-B, It was found.",
                "table tables/try.csv, row with voucher.days: > 5: removed, was PAY-B, It was found.",
                "table tables/try.csv, row with voucher.days: 3: added, PAY-B, It was found.",
            ],
            PolicyDiff
                .Of(
                    Table("first", "voucher.days,code", "5,PAY-A", "> 5,PAY-B"),
                    Table("collect", "voucher.days,code", "5,PAY-B", "3,PAY-B")
                )
                .Where(c => c.Part == PolicyPart.Rules)
                .Select(c => c.ToString())
        );

    [Fact]
    public void Rows_in_another_order_are_a_difference() =>
        Assert.Contains(
            "table tables/try.csv, order of the rows: as it was -> another",
            PolicyDiff
                .Of(
                    Table("first", "voucher.days,code", "5,PAY-A", "> 3,PAY-B"),
                    Table("first", "voucher.days,code", "> 3,PAY-B", "5,PAY-A")
                )
                .Select(c => c.ToString())
        );

    internal static PolicyPack Table(string policy, params string[] rows) =>
        RulePacks.WithTable(Head.Replace("{0}", policy, StringComparison.Ordinal) + string.Join('\n', rows));

    private static string Decided(string policy, params string[] rows) => CodesOf(Table(policy, rows));

    private static string CodesOf(PolicyPack pack) =>
        string.Join(
            ';',
            Requested(pack)
                .AsOf("2020-04-01")
                .PaymentOfRequest()
                .Split(['(', ';', ')'])
                .Where(c => c.StartsWith("PAY-", StringComparison.Ordinal))
        );

    private static IEnumerable<string> NoticesOf(PolicyPack pack) =>
        PolicyCheck
            .Of(pack)
            .Where(n => n.File.StartsWith("tables/", StringComparison.Ordinal))
            .Select(n => $"{n.File}:{n.Line}: {n.Message}");

    private static Scene Requested(PolicyPack pack) =>
        Scene.New().Under(pack).DeliveredVoucher().Request(amount: 8000m);

    private static string WhyNot(PolicyPack pack, string code)
    {
        var scene = Requested(pack);
        return scene
            .Open("2020-04-01")
            .Explain(scene.Facts, SubjectType.PaymentRequest, "R")!
            .RuleSets.SelectMany(r => r.Rules)
            .Single(r => r.Code == code)
            .Because;
    }
}
