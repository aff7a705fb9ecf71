using Microsoft.Extensions.Options;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.Import;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Finance;

public sealed class AllocationDeskOnSqliteTests() : AllocationDeskTests(Provider.Sqlite);

public sealed class AllocationDeskOnPostgresTests() : AllocationDeskTests(Provider.Postgres);

/// <summary>
/// Allocations made here are facts beside the imported ones: with who and why, versions, and the night after that counts them.
/// </summary>
public abstract class AllocationDeskTests(Provider provider) : IDisposable
{
    private const string Payment = "PM-00141";
    private const string Request = "PR-00195";
    private static readonly DateOnly Night = new(2021, 6, 30);

    private readonly World world = World.OfSamples(provider);

    [Fact]
    public async Task The_next_night_counts_an_allocation_and_the_one_after_it_was_taken_back_does_not()
    {
        await world.RunAsync(Night);
        Assert.Equal(("Unmatched", "Overdue"), Outcomes());

        var made = Desk().Allocate(Payment, Request, 4_350m, null, " Ana ", "digits swapped");
        await world.RunDueAsync(Night.AddDays(1));
        Assert.Equal(("Matched", "Paid"), Outcomes());

        var taken = Desk().TakeBack(Payment, Request, "Ben", "was another");
        await world.RunDueAsync(Night.AddDays(2));
        Assert.Equal(("Unmatched", "Overdue"), Outcomes());

        Assert.Equal(
            [
                (1L, AllocationAction.Allocated, "Ana", "digits swapped", made.ImportId),
                (2L, AllocationAction.TakenBack, "Ben", "was another", taken.ImportId),
            ],
            Entries().Select(e => (e.EntryNo, e.Action, e.By, e.Reason, e.ImportId))
        );
        Assert.Equal([2L, 3L], [made.ImportId!.Value, taken.ImportId!.Value]);
        var versions = world.WithStore(s => s.FactHistory.Of(Allocations, Payment));
        Assert.Equal(
            [("2021-06-30", 2L, (long?)3), ("9999-12-31", 3L, null)],
            versions.Select(v => (v.Values["allocated_on"]!, v.ImportedIn, v.ReplacedIn))
        );
    }

    [Fact]
    public async Task An_ordinary_night_after_an_allocation_is_a_full_one_and_a_past_night_stays_as_known()
    {
        await world.RunAsync(Night);
        Desk().Allocate(Payment, Request, 4_000m, null, "Ana", "a part");
        await world.RunDueAsync(Night.AddDays(1));
        var full = await world.TryAsync(Night.AddDays(1), RunMode.Replay, KnowledgePoint.Now);
        var past = await world.TryAsync(Night, RunMode.Replay, KnowledgePoint.OfRun);

        Assert.Equal((0L, 0L), (full.Tally.AllChanges, 0L));
        Assert.Empty(full.OutOfBalance);
        Assert.Equal((0L, 0L), (past.Tally.AllChanges, 0L));
        Assert.Equal(("PartlyMatched", "PartlyPaid"), Outcomes());
    }

    [Fact]
    public async Task A_listing_says_who_allocated_unless_an_import_did_later()
    {
        await world.RunAsync(Night);
        Desk().Allocate(Payment, Request, 4_350m, null, "Ana", "digits swapped");
        await world.RunDueAsync(Night.AddDays(1));
        var finance = new FinanceDesk(world.Database);

        var line = Assert.Single(finance.Allocations(finance.Night(null)));
        Assert.Equal(
            (Payment, Request, 4_350m, 4_350m, Night, "Ana", "digits swapped", null),
            (
                line.PaymentId,
                line.RequestId,
                line.Amount,
                line.Counted,
                line.AllocatedOn,
                line.By,
                line.Reason,
                line.ConfirmedBy
            )
        );
        Assert.Empty(finance.Allocations(finance.Night(Night)));

        ImportAllocation(4_349m);
        await world.RunDueAsync(Night.AddDays(2));
        line = Assert.Single(finance.Allocations(finance.Night(null)));
        Assert.Equal((4_349m, null), (line.Amount, line.By));
    }

    [Fact]
    public async Task What_was_allocated_since_the_night_is_suggested_no_more()
    {
        await world.RunAsync(Night);
        var finance = new FinanceDesk(world.Database);
        var night = finance.Night(null);
        Assert.Equal(4_350m, Of().Payment.Left);
        Assert.Equal(Request, Of().Best[0].Requests.Single().RequestId);

        Desk().Allocate(Payment, Request, 4_000m, null, "Ana", "a part");
        Assert.Equal((350m, 350m), (Of().Payment.Left, Of().Best[0].Requests.Single().Due));

        Desk().TakeBack(Payment, Request, "Ana", "no");
        Assert.Equal(4_350m, Of().Payment.Left);

        PaymentSuggestions Of() =>
            new Suggester(finance, night, new SuggestionFacts(finance, night), 1m)
                .Of(finance.Unmatched(night))
                .Single(s => s.Payment.PaymentId == Payment);
    }

    [Fact]
    public async Task Above_the_threshold_a_second_person_confirms_and_only_then_it_is_a_fact()
    {
        await world.RunAsync(Night);
        var desk = Desk(threshold: 4_349.99m);

        var waiting = desk.Allocate(Payment, Request, 4_350m, null, "Ana María", "digits swapped");
        Assert.True(waiting.NeedsConfirmation);
        Assert.Null(waiting.ImportId);
        Assert.Empty(world.WithStore(s => s.FactHistory.Of(Allocations, Payment)));
        Refused(
            "Entry 1 by Ana María, 4350.00 of payment 'PM-00141' to request 'PR-00195', waits for a second person. To confirm it: planning finance confirm 1 --by NAME",
            () => desk.Allocate(Payment, Request, 4_350m, null, "Ana", "again")
        );
        Refused(
            "Entry 1 is by Ana María, so somebody else must confirm it.",
            () => desk.Confirm(1, "ana  MARÍA")
        );
        Refused(
            "There is no entry 7. To see them: planning finance list allocations",
            () => desk.Confirm(7, "Ben")
        );

        var (confirmation, confirmed) = desk.Confirm(1, "Ben");
        Assert.Equal(waiting, confirmed);
        Assert.Equal(2, confirmation.ImportId);
        Refused("Entry 1 does not wait for a second person.", () => desk.Confirm(1, "Cleo"));
        await world.RunDueAsync(Night.AddDays(1));
        Assert.Equal(("Matched", "Paid"), Outcomes());
        var finance = new FinanceDesk(world.Database);
        var line = Assert.Single(finance.Allocations(finance.Night(null)));
        Assert.Equal(("Ana María", "digits swapped", "Ben"), (line.By, line.Reason, line.ConfirmedBy));

        var taking = desk.TakeBack(Payment, Request, "Ben", "no");
        Assert.Null(taking.ImportId);
        Refused(
            "Entry 3 by Ben takes this back already, and waits for a second person. To confirm it: planning finance confirm 3 --by NAME",
            () => desk.TakeBack(Payment, Request, "Ana", "no")
        );
        desk.Confirm(3, "Ana María");
        await world.RunDueAsync(Night.AddDays(2));
        Assert.Equal(("Unmatched", "Overdue"), Outcomes());
    }

    [Fact]
    public void What_waits_can_be_withdrawn_and_is_checked_again_when_it_is_confirmed()
    {
        var desk = Desk(threshold: 1_000m);

        desk.Allocate(Payment, Request, 4_350m, Night, "Ana", "all of it");
        var withdrawn = desk.TakeBack(Payment, Request, "Ana", "not that one");
        Assert.Equal((AllocationAction.Withdrawn, 1L), (withdrawn.Action, withdrawn.OfEntry));
        Refused("Entry 1 does not wait for a second person.", () => desk.Confirm(1, "Ben"));

        desk.Allocate(Payment, Request, 4_350m, Night, "Ana", "all of it");
        ImportAllocation(1m);
        Refused(
            "1.00 EUR of payment 'PM-00141' are allocated to request 'PR-00195' already, since 2021-06-01. To take that back: planning finance unallocate PM-00141 PR-00195 --by NAME --reason TEXT",
            () => desk.Confirm(3, "Ben")
        );
    }

    [Fact]
    public void At_the_threshold_one_person_is_enough()
    {
        Assert.NotNull(
            Desk(threshold: 4_350m).Allocate(Payment, Request, 4_350m, Night, "Ana", "x").ImportId
        );
    }

    [Fact]
    public void What_does_not_fit_is_refused_with_what_is_left_and_changes_nothing()
    {
        var early = world.Temp.Scalar<string>(
            "SELECT min(payment_id) FROM payment WHERE currency = 'EUR' AND paid_on <= '2021-02-20'"
        )!;
        Refused(
            "Of payment 'PM-00141', 4350.00 of 4350.00 EUR are left; 4350.01 is more.",
            () => Allocate(Payment, Request, 4_350.01m)
        );
        Refused(
            "Payment 'PM-00141' is in EUR and request 'PR-00228' in USD; a payment is allocated to requests in its currency only.",
            () => Allocate(Payment, "PR-00228", 1m)
        );
        Refused(
            "Request 'PR-00195' is not submitted yet on 2021-02-20: it was submitted on 2021-02-23. Choose a later date with --on.",
            () => Desk().Allocate(early, Request, 1m, new(2021, 2, 20), "Ana", "x")
        );
        Refused(
            "Payment 'PM-00141' does not exist yet on 2021-03-04: it was paid on 2021-03-05. Choose a later date with --on.",
            () => Desk().Allocate(Payment, Request, 1m, new(2021, 3, 4), "Ana", "x")
        );
        Refused(
            "No payment has the id 'PM-0141'. The nearest is 'PM-00141'.",
            () => Allocate("PM-0141", Request, 1m)
        );
        Refused(
            "No payment request has the id 'PR-0195'. The nearest is 'PR-00195'.",
            () => Allocate(Payment, "PR-0195", 1m)
        );
        Refused(
            "Nothing of payment 'PM-00141' is allocated to request 'PR-00195', so there is nothing to take back.",
            () => Desk().TakeBack(Payment, Request, "Ana", "x")
        );
        Refused(
            "--by is '...'; it must be a person's name, of at most 100 characters in one line.",
            () => Desk().Allocate(Payment, Request, 1m, null, "...", "x")
        );
        Refused(
            "--reason is ' '; it must say why, in at most 1000 characters in one line.",
            () => Desk().Allocate(Payment, Request, 1m, null, "Ana", " ")
        );

        Assert.Empty(Entries());
        Assert.Single(world.WithStore(s => s.Imports.List()));
    }

    [Fact]
    public async Task No_more_is_allocated_than_is_left_of_what_is_approved()
    {
        await world.RunAsync(Night);
        var approved = world
            .Decisions()
            .First(d => d is { RuleSet: "reconciliation", Outcome: "Overdue" } && d.SubjectId == Request);
        Assert.StartsWith("approved=4350.00;paid=0.00", approved.Details, StringComparison.Ordinal);
        var (paid, held) = (Of("Paid", "EUR"), Of("NothingDue", "EUR"));
        Refused(
            $"Of request '{paid}', 0.00 of 4350.00 EUR approved are left to be paid; 1.00 is more.",
            () => Allocate(Payment, paid, 1m)
        );
        Assert.Matches(
            $"^Request '{held}' is (Held|Rejected) on 2021-06-30, so nothing is approved for it[.]$",
            Assert.Throws<PlanningException>(() => Allocate(Payment, held, 1m)).Message
        );

        // A payment that pays the request by itself pays it no longer once it is allocated.
        var itself = world.Temp.Scalar<string>(
            $"SELECT payment_id FROM payment WHERE request_id = '{paid}'"
        )!;
        Assert.NotNull(
            Desk().Allocate(itself, paid, 4_000m, null, "Ana", "the rest is for another").ImportId
        );
        Refused(
            $"Of payment '{itself}', 350.00 of 4350.00 EUR are left; 351.00 is more.",
            () => Allocate(itself, Request, 351m)
        );
        Allocate(itself, Request, 350m);
        await world.RunDueAsync(Night.AddDays(1));
        Assert.Equal("Matched", OutcomeOf(itself));
        Assert.Equal(("PartlyPaid", "PartlyPaid"), (OutcomeOf(paid), OutcomeOf(Request)));

        string Of(string outcome, string currency) =>
            world
                .Decisions()
                .Where(d =>
                    d.RuleSet == "reconciliation" && d.Subject == "payment_request" && d.Outcome == outcome
                )
                .Select(d => d.SubjectId)
                .First(id =>
                    world.Temp.Scalar<long>(
                        $"SELECT count(*) FROM payment_request q WHERE q.request_id = '{id}' AND q.currency = '{currency}' AND {(outcome == "Paid" ? "EXISTS (SELECT 1 FROM payment p WHERE p.request_id = q.request_id) AND q.amount" : "q.amount")}{(provider == Provider.Sqlite ? "_cents = 435000" : " = 4350")}"
                    ) == 1
                );
    }

    [Fact]
    public async Task Nothing_is_allocated_under_a_run_that_is_not_finished()
    {
        await world.RunUntilAsync(1, Night);
        Assert.Matches(
            "^Run 1 .* is not finished, .* then allocate[.] Nothing was done[.]$",
            Assert.Throws<UnfinishedRunException>(() => Allocate(Payment, Request, 1m)).Message
        );
    }

    [Fact]
    public void A_night_that_waits_for_facts_does_not_wait_for_an_allocation()
    {
        var delivered = world.WithStore(s => s.Imports.LatestDelivered(world.Time.GetUtcNow().AddDays(1)))!;
        Allocate(Payment, Request, 4_350m);

        Assert.Equal(
            delivered,
            world.WithStore(s => s.Imports.LatestDelivered(world.Time.GetUtcNow().AddDays(1)))
        );
        Assert.Equal(
            2,
            world.WithStore(s => s.Imports.LatestCompleted(world.Time.GetUtcNow().AddDays(1)))!.ImportId
        );
    }

    [Fact]
    public async Task What_was_rejected_is_not_suggested_for_that_payment_again_and_can_be_allocated()
    {
        await world.RunAsync(Night);
        Assert.Equal(Request, Suggested().Best[0].Requests[0].RequestId);

        Desk().RejectSuggestion(Payment, Request, "Ana", "another invoice");

        var suggested = Suggested();
        Assert.DoesNotContain(suggested.Best, b => b.Requests.Any(r => r.RequestId == Request));
        var rejected = Assert.Single(suggested.Rejected);
        Assert.Equal(
            (Request, "Ana", "another invoice"),
            (rejected.RequestId, rejected.ByName, rejected.Reason)
        );
        Refused(
            "Ana rejected request 'PR-00195' for payment 'PM-00141' already: another invoice",
            () => Desk().RejectSuggestion(Payment, Request, "Ben", "so do I")
        );
        Refused(
            "--reason is ' '; it must say why, in at most 1000 characters in one line.",
            () => Desk().RejectSuggestion(Payment, "PR-00001", "Ana", " ")
        );
        Assert.NotNull(Desk().Allocate(Payment, Request, 4_350m, null, "Ben", "it was after all").ImportId);

        PaymentSuggestions Suggested()
        {
            var desk = new FinanceDesk(world.Database);
            var night = desk.Night(Night);
            return new Suggester(desk, night, new SuggestionFacts(desk, night), 1m)
                .Of(desk.Payments(night))
                .Single(s => s.Payment.PaymentId == Payment);
        }
    }

    [Theory]
    [InlineData("UPDATE suggestion_rejection SET by_name = 'Eve'")]
    [InlineData("DELETE FROM suggestion_rejection")]
    public void Rejected_suggestions_are_only_added_to(string change)
    {
        Desk().RejectSuggestion(Payment, Request, "Ana", "another invoice");
        Assert.ThrowsAny<System.Data.Common.DbException>(() => world.Temp.Execute(change));
        Assert.Equal("Ana", Assert.Single(world.WithStore(s => s.Allocations.Rejected())).ByName);
    }

    [Theory]
    [InlineData("UPDATE allocation_entry SET by_name = 'Eve'")]
    [InlineData("DELETE FROM allocation_entry")]
    public void Entries_are_only_added_to(string change)
    {
        Allocate(Payment, Request, 4_350m);
        Assert.ThrowsAny<System.Data.Common.DbException>(() => world.Temp.Execute(change));
        Assert.Equal("Ana", Assert.Single(Entries()).By);
    }

    public void Dispose() => world.Dispose();

    private static FactColumns Allocations =>
        ImportFile.All.Single(f => f.Table == "payment_allocation").Stored;

    private AllocationDesk Desk(decimal? threshold = null) =>
        new(
            world.Database,
            new(Options.Create(world.Policies)),
            World.Book,
            new(world.Time, Options.Create(new Settings.ProgramOptions())),
            Options.Create(new FinanceOptions { ApprovalThreshold = threshold })
        );

    private AllocationEntry Allocate(string payment, string request, decimal amount) =>
        Desk().Allocate(payment, request, amount, Night, "Ana", "test");

    private IReadOnlyList<AllocationEntry> Entries() => world.WithStore(s => s.Allocations.Entries());

    private (string Payment, string Request) Outcomes() => (OutcomeOf(Payment), OutcomeOf(Request));

    private string OutcomeOf(string id) =>
        world.Decisions().Single(d => d.RuleSet == "reconciliation" && d.SubjectId == id).Outcome;

    private void ImportAllocation(decimal amount)
    {
        var folder = Directory.CreateDirectory(Path.Combine(world.Temp.Folder, "allocations")).FullName;
        File.WriteAllText(
            Path.Combine(folder, "payment_allocations.csv"),
            FormattableString.Invariant(
                $"payment_id,request_id,amount,allocated_on\n{Payment},{Request},{amount},2021-06-01\n"
            )
        );
        world.Import(folder);
    }

    private static void Refused(string message, Action act)
    {
        var refusal = Assert.Throws<PlanningException>(act);
        Assert.Equal((message, ExitCode.Usage), (refusal.Message, refusal.ExitCode));
    }
}
