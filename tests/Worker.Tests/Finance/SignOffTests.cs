using System.Data.Common;
using System.Security.Cryptography;
using PlanningServices.Rules.Facts;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Tests.Finance;

/// <summary>Signed figures stay as they are, and anybody can prove it.</summary>
public abstract class SignOffTests(Provider provider) : IDisposable
{
    private static readonly DateOnly March = new(2021, 3, 31);
    private static readonly DateOnly June = new(2021, 6, 30);

    private readonly World world = World.OfSamples(provider);

    private FinanceOptions Options { get; } = new();

    private SignOffDesk Desk =>
        new(
            world.Database,
            Finance,
            Exceptions,
            world.Runner(),
            Microsoft.Extensions.Options.Options.Create(Options),
            world.Time
        );

    private FinanceDesk Finance => new(world.Database);

    private ExceptionDesk Exceptions => new(world.Database, Finance, world.Time);

    [Fact]
    public async Task Where_both_must_sign_in_a_name_alone_counts_for_nothing()
    {
        await world.RunAsync(March);
        var byName = Desk.Prepare(March, "ana");
        Options.RequireApproval = Worker.Settings.Approval.SignedIn;

        Assert.Equal(
            "The setting 'Finance:RequireApproval' is SignedIn, so figures are prepared and approved by people who signed in to the console. Nothing was done.",
            Assert.Throws<PlanningException>(() => Desk.Approve(March, "ben")).Message
        );
        Assert.StartsWith(
            "ana had not signed in to prepare the figures of 2021-03-31",
            Assert
                .Throws<PlanningException>(() => Desk.Approve(March, "ben", Person.AccountOf("ben")))
                .Message,
            StringComparison.Ordinal
        );
        Desk.Reopen(March, "ana", "again, signed in");
        Assert.Throws<PlanningException>(() => Desk.Prepare(March, "ana"));
        // The account of somebody else is none of this name.
        Assert.Throws<PlanningException>(() => Desk.Prepare(March, "ana", Person.AccountOf("ben")));
        Desk.Prepare(March, "ana", Person.AccountOf("ana"));
        var signed = Desk.Approve(March, "ben", Person.AccountOf("ben"), byName.ContentHash);

        Assert.Equal(("ana@console", "ben@console"), (signed.Prepared.Account, signed.Approved!.Account));
    }

    [Fact]
    public async Task What_is_corrected_after_a_sign_off_leaves_it_alone_and_shows_as_an_adjustment()
    {
        await world.RunAsync(March);
        var prepared = Desk.Prepare(March, "Ana");
        var signed = Desk.Approve(March, "Ben");
        Assert.Equal((prepared.ContentHash, "signed off"), (signed.ContentHash, signed.State));
        Assert.True((await AdjustmentsAsync(signed)).AreNone);

        Exceptions.Do(
            Finance.Night(March),
            "PR-00195",
            false,
            ExceptionVerb.Accepted,
            "Ana",
            comment: "It was paid."
        );
        Import("PM-LATE,PR-00195,late,2021-03-30,4350.00,EUR", "PM-OTHER,,none,2021-03-30,10.00,EUR");
        await world.RunAsync(June);

        Assert.Empty((await VerifyAsync()).Differences);
        var adjustments = await AdjustmentsAsync(signed);
        Assert.Equal(
            [new MoneyAdjustment("EUR", 0m, 4_350m, -4_350m, 0m, 4_350m, 10m, 0m)],
            adjustments.Money
        );
        Assert.Equal(
            [
                new Adjustment(
                    SubjectType.PaymentRequest,
                    "PR-00195",
                    new("EUR", "Overdue", 4_350m, 0m, 4_350m),
                    new("EUR", "Paid", 4_350m, 4_350m, 0m)
                ),
                new Adjustment(SubjectType.Payment, "PM-LATE", null, new("EUR", "Matched", 0m, 4_350m, 0m)),
                new Adjustment(SubjectType.Payment, "PM-OTHER", null, new("EUR", "Unmatched", 0m, 10m, 0m)),
            ],
            adjustments.Lines
        );
        Assert.Equal(signed, Assert.Single(Desk.List()));
    }

    [Fact]
    public async Task The_hash_is_that_of_a_text_with_every_figure()
    {
        await world.RunAsync(March);
        Exceptions.Do(
            Finance.Night(March),
            "PR-00195",
            false,
            ExceptionVerb.Accepted,
            "Ana",
            comment: "It was paid."
        );
        var prepared = Desk.Prepare(March, "Ana");
        var file = Path.Combine(world.Temp.Folder, "signed.txt");

        Assert.Empty((await VerifyAsync(file)).Differences);

        var text = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.Equal(prepared.ContentHash, Convert.ToHexStringLower(SHA256.HashData(text)));
        var lines = System.Text.Encoding.UTF8.GetString(text).Split('\n');
        var night = Finance.Night(March);
        Assert.Equal(
            ("planning sign-off 1", $"2021-03-31\t1\t{night.Pack.Hash}\t1\t1"),
            (lines[0], lines[1])
        );
        Assert.Contains("payment_request\tEUR\tPartlyPaid\t1\t14500.00\t7250.00", lines);
        Assert.Contains(
            "payment_request\tPR-00195\tOverdue\tAccepted\t\tIt was paid.\t2021-03-31\t1\t2021-03-31\t2021-04-20\tEUR\t4350.00\tREC-OVERDUE\t4350.00 EUR was to be paid by 2021-03-25, 30 days after the request was submitted on 2021-02-23.",
            lines
        );
        Assert.Equal(
            [
                ("exceptions", Exceptions.List(night).Count()),
                ("payments", Finance.Payments(night).Count()),
                ("requests", Finance.Requests(night).Count()),
                ("totals", night.Totals.Requests.Count + night.Totals.Payments.Count),
            ],
            Desk.Parts(prepared).Select(p => (p.Part, (int)p.Lines))
        );
    }

    [Fact]
    public async Task A_figure_that_was_changed_in_the_database_is_found()
    {
        await world.RunAsync(March);
        Desk.Prepare(March, "Ana");
        var amount = provider == Provider.Sqlite ? "amount_cents" : "amount";
        world.Temp.Execute(
            $"UPDATE payment_request SET {amount} = {amount} + 1 WHERE request_id = 'PR-00133'"
        );

        var difference = Assert.Single(
            (await VerifyAsync()).Differences,
            d => d.StartsWith("requests have 206 lines and the hash ", StringComparison.Ordinal)
        );
        Assert.Contains("and 206 with ", difference, StringComparison.Ordinal);
        var refused = Assert.Throws<PlanningException>(() => Desk.Approve(March, "Ben"));
        Assert.Equal(ExitCode.OutOfBalance, refused.ExitCode);
        Assert.StartsWith(
            "The figures of 2021-03-31 are not those that Ana prepared: requests have 206 lines",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.Null(Assert.Single(Desk.List()).Approved);
    }

    [Fact]
    public async Task A_decision_that_was_changed_in_the_database_is_found()
    {
        await world.RunAsync(March);
        Desk.Prepare(March, "Ana");
        world.Temp.Execute(
            "UPDATE decision_history SET codes = 'EXP-LATER' WHERE rule_set = 2 AND subject_id = 'V-00004'"
        );

        Assert.Equal(
            "1 decisions are others when they are decided again",
            Assert.Single((await VerifyAsync()).Differences)
        );
    }

    [Fact]
    public async Task One_person_cannot_sign_alone_under_whatever_spelling()
    {
        await world.RunAsync(March);
        Desk.Prepare(March, "Ana Lima");

        Assert.Equal(
            "ana-lima prepared the figures of 2021-03-31, so somebody else must approve them.",
            Refused(() => Desk.Approve(March, " ana-lima"))
        );
        Assert.Equal(
            "--by is '7'; it must be a person's name, of at most 100 characters in one line.",
            Refused(() => Desk.Approve(March, "7"))
        );
        Assert.Equal("waits for approval", Assert.Single(Desk.List()).State);
    }

    [Fact]
    public async Task Only_a_completed_night_without_a_later_sign_off_can_be_signed()
    {
        await world.RunAsync(March);
        await world.RunUntilAsync(chunks: 1, June);
        const string notRun =
            "No nightly run for 2021-06-30 is completed, so there are no figures of it. To see the runs: planning runs";
        Assert.Equal(notRun, Refused(() => Desk.Prepare(June, "Ana")));
        world.Temp.Execute("UPDATE run SET status = 'Failed' WHERE run_id = 2");
        Assert.Equal(notRun, Refused(() => Desk.Prepare(June, "Ana")));
        await world.Runner().ResumeAsync(2, null, TestContext.Current.CancellationToken);
        Assert.Equal(
            "No sign-off of 2021-06-30 stands. To prepare one: planning finance sign-off prepare --as-of 2021-06-30 --by NAME",
            Refused(() => Desk.Approve(June, "Ben"))
        );

        Desk.Prepare(June, "Ana");
        Assert.Equal(
            "The figures of 2021-03-31 were not signed off: those of 2021-06-30 are signed off after them. Reopen those first.",
            Refused(() => Desk.Prepare(March, "Ana"))
        );
        Assert.Equal(
            "The figures of 2021-06-30 were prepared by Ana and wait for approval. To sign others: planning finance sign-off reopen 2021-06-30 --by NAME --reason TEXT",
            Refused(() => Desk.Prepare(June, "Ben"))
        );
        Desk.Approve(June, "Ben");
        Assert.Equal(
            "The figures of 2021-06-30 are signed off already, by Ana and Ben.",
            Refused(() => Desk.Approve(June, "Cleo"))
        );
    }

    [Fact]
    public async Task Reopening_leaves_a_trail()
    {
        await world.RunAsync(March);
        await world.RunAsync(June);
        Desk.Prepare(March, "Ana");
        Desk.Approve(March, "Ben");
        Desk.Prepare(June, "Ana");

        Assert.Equal(
            "The figures of 2021-03-31 were not reopened: those of 2021-06-30 are signed off after them. Reopen those first.",
            Refused(() => Desk.Reopen(March, "Ben", "wrong"))
        );
        Assert.Equal(
            "--reason is ' '; it must be a text of 1 to 1000 characters, in one line.",
            Refused(() => Desk.Reopen(June, "Ben", " "))
        );
        Desk.Reopen(June, "Ben", "A payment was booked twice.");
        Desk.Reopen(March, "Cleo", "So was another.");
        Desk.Prepare(March, "Ben");

        Assert.Equal(
            [
                (March, "reopened", "Ben", "So was another."),
                (June, "reopened", null, "A payment was booked twice."),
                (March, "waits for approval", null, null),
            ],
            Desk.List().Select(s => (s.BusinessDate, s.State, s.Approved?.By, s.Reopened?.Reason))
        );
        Assert.Equal(Desk.List()[0].ContentHash, Desk.List()[2].ContentHash);
    }

    [Fact]
    public async Task A_fault_between_leaves_nothing_of_a_sign_off()
    {
        await world.RunAsync(March);
        world.Temp.Execute(
            provider == Provider.Sqlite
                ? "CREATE TRIGGER fault BEFORE INSERT ON sign_off_part WHEN new.part = 'payments' BEGIN SELECT raise(ABORT, 'the disk is full'); END"
                : "ALTER TABLE sign_off_part ADD CONSTRAINT fault CHECK (part <> 'payments')"
        );

        Assert.ThrowsAny<DbException>(() => Desk.Prepare(March, "Ana"));
        Assert.Empty(Desk.List());
        Assert.Equal(0L, world.Temp.Scalar<long>("SELECT count(*) FROM sign_off_part"));

        world.Temp.Execute(
            provider == Provider.Sqlite
                ? "DROP TRIGGER fault"
                : "ALTER TABLE sign_off_part DROP CONSTRAINT fault"
        );
        Assert.Equal(1, Desk.Prepare(March, "Ana").SignOffNo);
    }

    [Fact]
    public async Task Of_several_who_prepare_at_once_one_does()
    {
        await world.RunAsync(March);

        var said = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(Prepare, TestContext.Current.CancellationToken))
        );

        Assert.Single(said, "");
        Assert.Single(Desk.List());

        string Prepare()
        {
            try
            {
                Desk.Prepare(March, "Ana");
                return "";
            }
            catch (PlanningException e)
            {
                return e.Message;
            }
        }
    }

    [Fact]
    public async Task Signed_figures_are_neither_taken_back_nor_decided_again()
    {
        var voucher = world.Temp.Scalar<string>(
            "SELECT min(v.voucher_id) FROM voucher v JOIN agreement a ON a.agreement_id = v.agreement_id WHERE a.customer_id = 'prairie-mutual'"
        );
        world.Temp.Execute($"UPDATE voucher SET engagement = 'nothing' WHERE voucher_id = '{voucher}'");
        await world.RunAsync(March);
        world.Temp.Execute($"UPDATE voucher SET engagement = 'exchange' WHERE voucher_id = '{voucher}'");
        Desk.Prepare(March, "Ana");

        const string signed =
            "Ana signed the figures of 2021-03-31. To reopen them: planning finance sign-off reopen 2021-03-31 --by NAME --reason TEXT";
        Assert.Equal(
            $"Run 1 'nightly' for 2021-03-31 was not taken back: {signed}",
            Refused(() => world.Runner().Undo(1, "Ana", "wrong facts"))
        );
        Assert.Equal(
            $"Customer 'prairie-mutual' was not decided again: {signed}. Otherwise the next nightly run decides it.",
            Refused(() => world.Retry("prairie-mutual"))
        );

        Desk.Reopen(March, "Ben", "A customer is missing.");
        Assert.Null(world.Retry("prairie-mutual").StillSetAside);
        world.Runner().Undo(1, "Ana", "wrong facts");
        Assert.Equal(
            "No nightly run for 2021-03-31 is completed, so there are no figures of it. To see the runs: planning runs",
            Refused(() => Desk.Prepare(March, "Ana"))
        );
    }

    [Theory]
    [InlineData("UPDATE sign_off SET by_name = 'Eve'")]
    [InlineData("DELETE FROM sign_off_part")]
    [InlineData("UPDATE sign_off_step SET reason = 'none'")]
    public async Task Sign_offs_are_only_added_to(string change)
    {
        await world.RunAsync(March);
        Desk.Prepare(March, "Ana");
        var signed = Desk.Approve(March, "Ben");

        Assert.ThrowsAny<DbException>(() => world.Temp.Execute(change));

        Assert.Equal(signed, Assert.Single(Desk.List()));
        Assert.Equal(4, Desk.Parts(signed).Count);
    }

    public void Dispose() => world.Dispose();

    private Task<Verification> VerifyAsync(string? text = null) =>
        Desk.VerifyAsync(March, text, null, TestContext.Current.CancellationToken);

    private Task<SignOffAdjustments> AdjustmentsAsync(SignOff signOff) =>
        Desk.AdjustmentsAsync(signOff, null, TestContext.Current.CancellationToken);

    private static string Refused(Action action)
    {
        var refused = Assert.Throws<PlanningException>(action);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        return refused.Message;
    }

    private void Import(params string[] payments)
    {
        var folder = Directory.CreateDirectory(Path.Combine(world.Temp.Folder, "late")).FullName;
        File.WriteAllLines(
            Path.Combine(folder, "payments.csv"),
            ["payment_id,request_id,invoice_number,paid_on,amount,currency", .. payments]
        );
        world.Import(folder);
    }
}

public sealed class SignOffOnSqliteTests() : SignOffTests(Provider.Sqlite);

public sealed class SignOffOnPostgresTests() : SignOffTests(Provider.Postgres);
