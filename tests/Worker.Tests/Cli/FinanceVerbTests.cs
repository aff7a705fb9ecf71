namespace PlanningServices.Worker.Tests.Cli;

public sealed class FinanceVerbTests : IAsyncLifetime
{
    private readonly PlanningProcess planning = new();

    public async ValueTask InitializeAsync()
    {
        await planning.RunSampleNightAsync();
    }

    public ValueTask DisposeAsync()
    {
        planning.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Requests_are_listed_with_the_totals_of_the_lines_at_the_end()
    {
        var text = (
            await planning.RunAsync("finance", "list", "requests", "--band", "31-60", "--currency", "eur")
        ).Said();
        Assert.Contains("\n  PR-", text, StringComparison.Ordinal);
        Assert.Contains(
            "REC-OVERDUE  2021-03-31  4350.00 EUR was to be paid by",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            """
              requests  approved  = paid  + still due  + partly unpaid  paid beyond
              EUR       4,350.00    0.00     4,350.00             0.00         0.00

              paid beyond  twice  over  not approved  on hold
              EUR           0.00  0.00          0.00     0.00
            """,
            text,
            StringComparison.Ordinal
        );

        var csv = await planning.RunAsync("finance", "list", "requests", "--format", "csv");
        Assert.StartsWith("request_id,invoice_number,partner_id,", csv.Said(), StringComparison.Ordinal);
        Assert.Contains("  2,000.00      4,800.00", csv.Error, StringComparison.Ordinal);
        Assert.Contains(
            "\"approved\": 54000.00",
            (
                await planning.RunAsync(
                    "finance",
                    "list",
                    "requests",
                    "--outcome",
                    "paidtwice",
                    "--at-least",
                    "1000",
                    "--format",
                    "json"
                )
            ).Said(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Payments_ageing_and_changes_are_printed()
    {
        var payments = (
            await planning.RunAsync("finance", "list", "payments", "--outcome", "Unmatched")
        ).Said();
        Assert.Contains("REC-UNMATCHED", payments, StringComparison.Ordinal);
        Assert.Contains("  USD        16,000.00       0.00    16,000.00", payments, StringComparison.Ordinal);

        var ageing = (
            await planning.RunAsync("finance", "ageing", "--by", "partner", "--format", "csv")
        ).Said();
        Assert.StartsWith(
            "currency,partner_id,partner_name,requests,not_yet_due,31-60,61-90,over_90,due,set_aside\n",
            ageing,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "EUR,P-1007,Laurier Conseil,2,0.00,4350.00,0.00,14500.00,18850.00,0.00\n",
            ageing,
            StringComparison.Ordinal
        );

        (await planning.RunAsync("run", "nightly", "--as-of", "2021-06-30")).Said();
        var changes = (
            await planning.RunAsync("finance", "changes", "--from", "2021-03-31", "--to", "2021-06-30")
        ).Said();
        Assert.Contains(
            "  CHF       Due   PartlyPaid      1         0.00    +4,250.00    -4,250.00\n",
            changes,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_allocation_waits_for_a_second_person_above_the_threshold()
    {
        string[] threshold = ["--approval-threshold", "1000"];
        string[] allocate =
        [
            "finance",
            "allocate",
            "PM-00141",
            "PR-00195",
            "4350",
            "--by",
            "Ana",
            "--reason",
            "digits, swapped",
        ];
        Assert.Equal(
            "Entry 1 waits for somebody other than Ana: allocated 4350.00 of payment PM-00141 to request PR-00195. To confirm it: planning finance confirm 1 --by NAME\n",
            (await planning.RunAsync([.. allocate, .. threshold])).Said()
        );
        var list = (await planning.RunAsync("finance", "list", "allocations")).Said();
        Assert.Contains(
            "      1  allocated  PM-00141  PR-00195  4,350.00  Ana  digits, swapped\n",
            list,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Entry 2, import 2: allocated 4350.00 of payment PM-00141 to request PR-00195, from 2021-03-31 on. The next night counts it.\n",
            (await planning.RunAsync("finance", "confirm", "1", "--by", "Ben")).Said()
        );

        await RefusedAsync(
            "The amount is '4,350'; it must be an amount from 0.01 to 99999999999999.99, with a point before at most two decimals and no grouping. To see how: planning finance allocate --help",
            ["allocate", "PM-00141", "PR-00195", "4,350", "--by", "Ana", "--reason", "x"]
        );
        await RefusedAsync(
            "Option '--reason' is required. To see how: planning finance allocate --help",
            ["allocate", "PM-00141", "PR-00195", "1", "--by", "Ana"]
        );
        await RefusedAsync(
            "The entry is 'x'; it must be a number such as 7. To see how: planning finance confirm --help",
            ["confirm", "x", "--by", "Ana"]
        );
        await RefusedAsync(
            "No payment has the id 'PM-0014' on 2021-03-31. The nearest is 'PM-00014'.",
            ["suggest", "--payment", "PM-0014"]
        );
        Assert.StartsWith(
            "payment_id,payment_invoice,paid_on,currency,left,rank,ambiguous,request_id,",
            (await planning.RunAsync("finance", "suggest", "--format", "csv")).Said(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_is_not_known_is_refused_with_the_nearest()
    {
        await RefusedAsync(
            "No partner has the id 'P-101'. The nearest is 'P-1001'.",
            "list",
            "requests",
            "--partner",
            "P-101"
        );
        await RefusedAsync(
            "--band is '31-61'; it must be one of not yet due, 31-60, 61-90, over 90. The nearest is '31-60'.",
            "list",
            "requests",
            "--band",
            "31-61"
        );
        await RefusedAsync(
            "--currency is 'EUX'; it must be one of AUD, BRL, CAD, CHF, DKK, EUR, GBP, INR, JPY, NOK, PLN, SEK, USD. The nearest is 'EUR'.",
            "list",
            "payments",
            "--currency",
            "EUX"
        );
        await RefusedAsync(
            "The outcome is 'Unmached'; it must be one of Matched, Unmatched, CurrencyMismatch, PartlyMatched. The nearest is 'Unmatched'. To see how: planning finance list payments --help",
            "list",
            "payments",
            "--outcome",
            "Unmached"
        );
        await RefusedAsync(
            "--at-least is '5,000'; it must be an amount such as 5000.00. To see how: planning finance list payments --help",
            "list",
            "payments",
            "--at-least",
            "5,000"
        );
        await RefusedAsync(
            "No nightly run for 2020-01-01 is completed, so there are no figures of it. To see the runs: planning runs",
            "ageing",
            "--as-of",
            "2020-01-01"
        );
        await RefusedAsync(
            "--from is 2021-03-31 and --to is 2021-03-31; --from must be the earlier. To see how: planning finance changes --help",
            "changes",
            "--from",
            "2021-03-31",
            "--to",
            "2021-03-31"
        );
    }

    private async Task RefusedAsync(string message, params string[] args) =>
        (await planning.RunAsync(["finance", .. args])).Refused(2, message);
}
