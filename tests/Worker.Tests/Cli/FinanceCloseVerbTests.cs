namespace PlanningServices.Worker.Tests.Cli;

/// <summary>Exceptions and sign-off, as they are typed.</summary>
public sealed class FinanceCloseVerbTests : IAsyncLifetime
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
    public async Task Exceptions_are_listed_and_worked_on()
    {
        Assert.Contains(
            "\n  35 exceptions, 0 of them late\n",
            await SaidAsync("list"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            "PR-00195 is Open, with Ben; revision 1-1.\n",
            await SaidAsync("assign", "PR-00195", "--to", "Ben", "--by", "Ana")
        );
        Assert.Equal(
            "PR-00195 is InWork, with Ben; revision 1-2.\n",
            await SaidAsync("set", "PR-00195", "IN-WORK", "--by", "Ben", "--revision", "1-1")
        );
        Assert.Equal(
            "PR-00195 is InWork, with Ben; revision 1-3.\n",
            await SaidAsync("comment", "PR-00195", "The bank, again.", "--by", "Ana")
        );
        var csv = await SaidAsync("list", "--owner", "ben", "--format", "csv");
        Assert.Equal(
            "subject,subject_id,kind,state,owner,reason,comments,opened_on,number,age_days,kind_on,due_on,late,revision,invoice_number,partner_id,partner_name,customer_id,currency,at_stake,codes,sentence\n"
                + "payment_request,PR-00195,Overdue,InWork,Ben,,1,2021-03-31,1,0,2021-03-31,2021-04-20,,1-3,LC-2021-00107,P-1007,Laurier Conseil,banque-du-midi,EUR,4350.00,REC-OVERDUE,"
                + "\"4350.00 EUR was to be paid by 2021-03-25, 30 days after the request was submitted on 2021-02-23.\"\n",
            csv
        );
        await SaidAsync("resolve", "PR-00195", "--by", "Ben");
        Assert.Contains(
            "\"state\": \"Resolved\"",
            await SaidAsync("show", "PR-00195", "--format", "json"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("PR-00195", await SaidAsync("list"), StringComparison.Ordinal);
        Assert.Contains("PR-00195", await SaidAsync("list", "--all"), StringComparison.Ordinal);
        Assert.Contains(
            "  None.",
            await SaidAsync("list", "--late", "--kind", "overdue"),
            StringComparison.Ordinal
        );

        await RefusedAsync(
            "PR-00195 is at revision 1-4, not 1-3: somebody did something about it, or a night found other figures, the last thing done about it is 'Resolved' by Ben. Nothing was written. To look again: planning finance exceptions show PR-00195",
            ["exceptions", "accept", "PR-00195", "--by", "Ana", "--reason", "x", "--revision", "1-3"]
        );
        await RefusedAsync(
            "Option '--reason' is required. To see how: planning finance exceptions accept --help",
            ["exceptions", "accept", "PR-00195", "--by", "Ana"]
        );
        await RefusedAsync(
            "--reason is empty; an exception is accepted with a reason.",
            ["exceptions", "accept", "PR-00195", "--by", "Ana", "--reason", ""]
        );
        await RefusedAsync(
            "The kind is 'overdo'; it must be one of PaidNotApproved, PaidTwice, Overpaid, PartlyPaid, Overdue, Held, Unmatched, CurrencyMismatch, PartlyMatched. The nearest is 'Overdue'. To see how: planning finance exceptions list --help",
            ["exceptions", "list", "--kind", "overdo"]
        );

        async Task<string> SaidAsync(params string[] args) =>
            (await planning.RunAsync(["finance", "exceptions", .. args])).Said();
    }

    [Fact]
    public async Task Figures_are_signed_verified_and_reopened()
    {
        string[] prepare = ["finance", "sign-off", "prepare", "--as-of", "2021-03-31", "--by", "Ana"];
        var prepared = (await planning.RunAsync(prepare)).Said();
        var hash = prepared.Split('\n')[0][^64..];
        await RefusedAsync(
            "ANA prepared the figures of 2021-03-31, so somebody else must approve them.",
            ["sign-off", "approve", "2021-03-31", "--by", "ANA"]
        );
        Assert.Equal(
            $"The figures of 2021-03-31 are signed off, by Ana and Ben: {hash}\n",
            (await planning.RunAsync("finance", "sign-off", "approve", "2021-03-31", "--by", "Ben")).Said()
        );
        var file = planning.PathTo("signed.txt");
        Assert.EndsWith(
            $": {hash}\n",
            (await planning.RunAsync("finance", "verify", "2021-03-31", "--output", file)).Said(),
            StringComparison.Ordinal
        );
        Assert.Equal(
            hash,
            Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(
                    await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)
                )
            )
        );

        await RefusedAsync(
            "The date is '31.3.2021'; it must be a day of the calendar written yyyy-MM-dd, such as 2021-06-30. To see how: planning finance verify --help",
            ["verify", "31.3.2021"]
        );
        await RefusedAsync(
            "No nightly run for 2021-04-30 is completed, so there are no figures of it. To see the runs: planning runs",
            ["sign-off", "prepare", "--as-of", "2021-04-30", "--by", "Ana"]
        );
        await RefusedAsync(
            "The figures of 2021-04-30 were never signed off. To see which were: planning finance sign-off list",
            ["sign-off", "show", "2021-04-30"]
        );
        (await planning.RunAsync("runs", "undo", "1", "--reason", "wrong facts", "--by", "Ana")).Refused(
            2,
            "Run 1 'nightly' for 2021-03-31 was not taken back: Ana and Ben signed the figures of 2021-03-31. To reopen them: planning finance sign-off reopen 2021-03-31 --by NAME --reason TEXT"
        );
        (
            await planning.RunAsync(
                "finance",
                "sign-off",
                "reopen",
                "2021-03-31",
                "--by",
                "Ben",
                "--reason",
                "A payment is missing."
            )
        ).Said();
        Assert.Contains(
            "2021-03-31  reopened  Ana       Ben       Ben       A payment is missing.  ",
            (await planning.RunAsync("finance", "sign-off", "list")).Said(),
            StringComparison.Ordinal
        );
    }

    private async Task RefusedAsync(string message, string[] args) =>
        (await planning.RunAsync(["finance", .. args])).Refused(2, message);
}
