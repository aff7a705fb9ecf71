using System.Data.Common;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Finance;

/// <summary>What somebody must look at follows from the decisions of each night; what people do about it is only added to.</summary>
public abstract class ExceptionTests(Provider provider) : IDisposable
{
    private const string Overdue = "PR-00195";

    private static readonly DateOnly March = new(2021, 3, 31);
    private static readonly DateOnly June = new(2021, 6, 30);

    private readonly World world = World.OfSamples(provider);

    private ExceptionDesk Desk => new(world.Database, new(world.Database), world.Time);

    [Fact]
    public async Task Every_request_and_payment_that_somebody_must_look_at_is_an_exception()
    {
        await world.RunAsync(March);
        var night = Night();
        var finance = new FinanceDesk(world.Database);

        var exceptions = Desk.List(night).ToList();

        string[] toLookAt = ["PaidNotApproved", "PaidTwice", "Overpaid", "PartlyPaid", "Overdue"];
        Assert.Equal(
            [
                .. finance
                    .Requests(night)
                    .Where(l => toLookAt.Contains(l.Outcome) || l.PaymentOutcome == "Held")
                    .Select(l => l.RequestId),
                .. finance.Payments(night).Where(l => l.Outcome != "Matched").Select(l => l.PaymentId),
            ],
            exceptions.Select(e => e.Subject.Id)
        );
        Assert.Equal(7, exceptions.Select(e => e.Kind).Distinct().Count());
        Assert.All(
            exceptions,
            e => Assert.Equal((ExceptionState.Open, March, 0), (e.State, e.OpenedOn, e.AgeDays))
        );
    }

    [Fact]
    public async Task An_exception_has_all_that_a_controller_asks_for()
    {
        await world.RunAsync(March);
        await world.RunAsync(June);

        Assert.Equal(
            new FinanceException(
                new(
                    SubjectType.PaymentRequest,
                    Overdue,
                    "LC-2021-00107",
                    "P-1007",
                    "Laurier Conseil",
                    "banque-du-midi",
                    "EUR",
                    4_350m,
                    "REC-OVERDUE",
                    "4350.00 EUR was to be paid by 2021-03-25, 30 days after the request was submitted on 2021-02-23."
                ),
                ExceptionKind.Overdue,
                ExceptionState.Open,
                Owner: null,
                Reason: null,
                Comments: 0,
                OpenedOn: March,
                Number: 1,
                AgeDays: 91,
                KindOn: March,
                DueOn: new(2021, 4, 20),
                IsLate: true,
                Revision: "1-0"
            ),
            Find(Overdue)
        );
    }

    [Fact]
    public async Task A_night_closes_an_exception_and_opens_it_again_when_it_comes_back()
    {
        await world.RunAsync(March);
        Do(Overdue, ExceptionVerb.Assigned, owner: "Ben");
        Do(Overdue, ExceptionVerb.Accepted, "The partner waits.");
        Assert.Equal(
            (ExceptionState.Accepted, "The partner waits."),
            (Find(Overdue)!.State, Find(Overdue)!.Reason)
        );

        Pay(Overdue, 4_350m);
        await world.RunAsync(June);
        Assert.Null(Find(Overdue));
        var closed = Desk.Show(Night(), Overdue, false).Exception;
        Assert.Equal((ExceptionState.Resolved, 91, false), (closed.State, closed.AgeDays, closed.IsLate));
        Assert.Equal(
            "PR-00195 is no exception any more as of 2021-06-30: the night of 2021-06-30 did not find it.",
            Refused(() => Do(Overdue, ExceptionVerb.Accepted, "again"))
        );

        world.Temp.Execute(
            "UPDATE payment SET request_id = NULL, invoice_number = 'none' WHERE payment_id = 'PM-NEW'"
        );
        await world.RunAsync(June.AddDays(1));
        var back = Find(Overdue)!;
        Assert.Equal(
            (ExceptionState.Open, "Ben", June.AddDays(1), 2),
            (back.State, back.Owner, back.OpenedOn, back.Number)
        );
        Assert.Equal(ExceptionState.Accepted, Find(Overdue, March)!.State);
    }

    [Fact]
    public async Task Other_amounts_open_what_was_accepted_and_a_longer_wait_does_not()
    {
        await world.RunAsync(March);
        Do(Overdue, ExceptionVerb.Accepted, "The partner waits.");
        await world.RunAsync(June);
        Assert.Equal(ExceptionState.Accepted, Find(Overdue)!.State);

        Pay(Overdue, 1_000m);
        await world.RunAsync(June.AddDays(1));
        var partly = Find(Overdue)!;
        Assert.Equal(
            (ExceptionKind.PartlyPaid, ExceptionState.Open, March, June.AddDays(1), 3_350m),
            (partly.Kind, partly.State, partly.OpenedOn, partly.KindOn, partly.Subject.AtStake)
        );

        Do(Overdue, ExceptionVerb.Accepted, "The rest follows.");
        world.Temp.Execute(
            $"UPDATE payment SET {AmountColumn} = {world.Temp.Money(500m)} WHERE payment_id = 'PM-NEW'"
        );
        await world.RunAsync(June.AddDays(2));
        var less = Find(Overdue)!;
        Assert.Equal(
            (ExceptionKind.PartlyPaid, ExceptionState.Open, June.AddDays(1), 3_850m),
            (less.Kind, less.State, less.KindOn, less.Subject.AtStake)
        );
    }

    [Fact]
    public async Task What_a_person_says_is_resolved_is_open_again_if_the_next_night_finds_it()
    {
        await world.RunAsync(March);
        Do(Overdue, ExceptionVerb.Waiting, "Asked the bank.");
        Do(Overdue, ExceptionVerb.Resolved);
        Assert.Equal(ExceptionState.Resolved, Find(Overdue)!.State);

        await world.RunAsync(June);

        Assert.Equal(ExceptionState.Open, Find(Overdue)!.State);
        Assert.Equal(ExceptionState.Resolved, Find(Overdue, March)!.State);
    }

    [Fact]
    public async Task An_exception_stands_on_a_night_on_which_its_customer_is_not_due()
    {
        await world.RunDueAsync(March);
        Do(Overdue, ExceptionVerb.InWork);
        world.Options.AuditShare = 0m;

        var next = await world.RunDueAsync(March.AddDays(1));

        Assert.True(next.Tally.Customers < 39);
        var stands = Find(Overdue)!;
        Assert.Equal((ExceptionState.InWork, March, 1), (stands.State, stands.OpenedOn, stands.AgeDays));
    }

    [Fact]
    public async Task Undoing_a_run_takes_back_what_it_opened_and_closed()
    {
        await world.RunAsync(March);
        Do(Overdue, ExceptionVerb.Accepted, "The partner waits.");
        var before = Desk.List(Night()).ToList();
        Pay(Overdue, 4_350m);
        await world.RunAsync(June);
        Assert.Null(Find(Overdue));
        Assert.NotNull(Find("PR-00203"));
        Do("PR-00203", ExceptionVerb.Accepted, "The rest follows.");

        world.Runner().Undo(2, "Ana", "wrong facts");

        Assert.Equal(before, Desk.List(Night()));
        await world.RunAsync(June);
        // It begins with another run: what was said about figures that were taken back does not count for those of now.
        Assert.Equal(ExceptionState.Open, Find("PR-00203")!.State);
    }

    [Fact]
    public async Task Neither_a_replay_nor_a_dry_run_opens_or_closes_any()
    {
        await world.RunAsync(March);
        var before = Desk.List(Night()).ToList();
        Pay(Overdue, 4_350m);

        await world.TryAsync(March, RunMode.Replay, KnowledgePoint.Now);
        await world.TryAsync(June, RunMode.DryRun);

        Assert.Equal(before, Desk.List(Night()));
    }

    [Fact]
    public async Task A_run_that_stops_between_two_chunks_opens_each_exception_once()
    {
        using var quiet = World.OfSamples(provider);
        await quiet.RunAsync(March);
        world.Options.ChunkSize = 3;

        await world.RunUntilAsync(chunks: 4, March);
        Assert.StartsWith(
            "No nightly run is completed",
            Assert.Throws<PlanningException>(() => Night()).Message,
            StringComparison.Ordinal
        );
        await world.Runner().ResumeAsync(1, null, TestContext.Current.CancellationToken);

        Assert.Equal(
            new ExceptionDesk(quiet.Database, new(quiet.Database), quiet.Time).List(
                FinanceNight.Of(quiet.Database, null)
            ),
            Desk.List(Night())
        );
    }

    [Fact]
    public async Task Of_two_people_at_the_same_exception_at_once_one_wins_and_the_other_is_told()
    {
        await world.RunAsync(March);
        var revision = Find(Overdue)!.Revision;

        var said = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i =>
                    Task.Run(
                        () =>
                        {
                            try
                            {
                                Do(
                                    Overdue,
                                    ExceptionVerb.Assigned,
                                    owner: $"Person {(char)('A' + i)}",
                                    revision: revision
                                );
                                return "";
                            }
                            catch (PlanningException e)
                            {
                                return e.Message;
                            }
                        },
                        TestContext.Current.CancellationToken
                    )
                )
        );

        Assert.Single(said, "");
        Assert.All(
            said.Where(s => s.Length > 0),
            s =>
                Assert.StartsWith(
                    "PR-00195 is at revision 1-1, not 1-0: somebody did something about it, or a night found other figures, the last thing done about it is 'Assigned' by Ana.",
                    s,
                    StringComparison.Ordinal
                )
        );
        Assert.Single(Desk.Show(Night(), Overdue, false).Actions);
    }

    [Theory]
    [InlineData(
        ExceptionVerb.Accepted,
        "Ana",
        null,
        " ",
        null,
        "--reason is empty; an exception is accepted with a reason."
    )]
    [InlineData(ExceptionVerb.Commented, "Ana", null, "", null, "The comment is empty.")]
    [InlineData(
        ExceptionVerb.Commented,
        "Ana",
        null,
        "a\nb",
        null,
        "The comment has 3 characters; it must have at most 1000, in one line."
    )]
    [InlineData(
        ExceptionVerb.InWork,
        "7",
        null,
        null,
        null,
        "--by is '7'; it must be a person's name, of at most 100 characters in one line."
    )]
    [InlineData(
        ExceptionVerb.Assigned,
        "Ana",
        "",
        null,
        null,
        "--to is ''; it must be a person's name, of at most 100 characters in one line."
    )]
    [InlineData(ExceptionVerb.Waiting, "Ana", null, null, null, "PR-00195 is Waiting already, by Ben.")]
    [InlineData(
        ExceptionVerb.Assigned,
        "Ana",
        "Ana",
        null,
        null,
        "PR-00195 is assigned to Ben. To assign it to Ana all the same: --revision 1-2"
    )]
    [InlineData(ExceptionVerb.Assigned, "Ana", " BEN", null, null, "PR-00195 is assigned to Ben already.")]
    internal async Task What_cannot_be_done_is_said_in_one_line(
        ExceptionVerb verb,
        string by,
        string? owner,
        string? comment,
        string? revision,
        string message
    )
    {
        await world.RunAsync(March);
        Do(Overdue, ExceptionVerb.Assigned, by: "Ben", owner: "Ben");
        Do(Overdue, ExceptionVerb.Waiting, by: "Ben");

        Assert.Equal(message, Refused(() => Do(Overdue, verb, comment, by, owner, revision)));
        Assert.Equal(2, Desk.Show(Night(), Overdue, false).Actions.Count);
    }

    [Fact]
    public async Task What_never_was_an_exception_is_not_found()
    {
        await world.RunAsync(March);
        Assert.Equal(
            "No payment request or payment 'PR-00002' is or was an exception as of 2021-03-31. To see them: planning finance exceptions list",
            Refused(() => Do("PR-00002", ExceptionVerb.InWork))
        );
    }

    [Theory]
    [InlineData("UPDATE exception_action SET by_name = 'Eve'")]
    [InlineData("DELETE FROM exception_action")]
    public async Task What_people_did_is_only_added_to(string change)
    {
        await world.RunAsync(March);
        Do(Overdue, ExceptionVerb.Commented, "The bank returned it.");

        Assert.ThrowsAny<DbException>(() => world.Temp.Execute(change));

        var action = Assert.Single(Desk.Show(Night(), Overdue, false).Actions);
        Assert.Equal(
            (1L, "Ana", "The bank returned it.", TempDatabase.Now),
            (action.ActionNo, action.By, action.Comment, action.At)
        );
    }

    public void Dispose() => world.Dispose();

    private string AmountColumn => provider == Provider.Sqlite ? "amount_cents" : "amount";

    private FinanceNight Night(DateOnly? asOf = null) => FinanceNight.Of(world.Database, asOf);

    private FinanceException? Find(string id, DateOnly? asOf = null) =>
        Desk.List(Night(asOf)).SingleOrDefault(e => e.Subject.Id == id);

    private ExceptionWork Do(
        string id,
        ExceptionVerb verb,
        string? comment = null,
        string by = "Ana",
        string? owner = null,
        string? revision = null
    ) => Desk.Do(Night(), id, false, verb, by, owner, comment, revision);

    private static string Refused(Action action)
    {
        var refused = Assert.Throws<PlanningException>(action);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        return refused.Message;
    }

    private void Pay(string request, decimal amount) =>
        world.Temp.Execute(
            $"INSERT INTO payment (payment_id, request_id, invoice_number, paid_on, {AmountColumn}, currency) "
                + $"VALUES ('PM-NEW', '{request}', 'new', '2021-04-01', {world.Temp.Money(amount)}, 'EUR')"
        );
}

public sealed class ExceptionOnSqliteTests() : ExceptionTests(Provider.Sqlite);

public sealed class ExceptionOnPostgresTests() : ExceptionTests(Provider.Postgres);
