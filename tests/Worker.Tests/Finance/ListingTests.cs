using PlanningServices.Rules.Facts;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Finance;

/// <summary>Every line of a listing adds up to the control totals of its night, whatever was imported since.</summary>
public sealed class ListingTests
{
    private static readonly DateOnly Night = new(2021, 3, 31);

    public static TheoryData<Provider, int> Worlds { get; } =
        new([.. Enumerable.Range(1, 3).Select(seed => (Provider.Sqlite, seed)), (Provider.Postgres, 1)]);

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task The_lines_of_random_nights_add_up_to_their_control_totals(Provider provider, int seed)
    {
        var random = new Random(seed);
        using var world = new World(provider);
        var folder = world.FolderOf(customers: 12, (ulong)seed);
        var night = new DateOnly(2020, 1, 1);
        var seen = new Dictionary<DateOnly, string>();
        var setAside = 0m;
        for (var number = 0; number < 4; number++)
        {
            DisturbedFacts.Import(world, folder);
            night = night.AddDays(random.Next(1, 150));
            var broken = number is 1 or 2 ? Break(world) : default((string, string)?);
            var report = await world.RunAsync(night);
            Assert.Empty(report.OutOfBalance);
            setAside += MoneyBalance.Of(report.Totals).Sum(m => m.SetAside);
            if (broken is { } voucher)
            {
                Mend(world, voucher);
            }

            seen.Add(night, AssertBalanced(world, night, report.Totals));
            AssertSingleLinesAreThoseOfTheListings(Desk(world), Desk(world).Night(night));
            DisturbedFacts.Disturb(folder, random);
        }

        Assert.True(setAside > 0);
        DisturbedFacts.Import(world, folder);
        foreach (var (date, lines) in seen)
        {
            Assert.Equal(lines, AssertBalanced(world, date, Desk(world).Night(date).Totals));
        }
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_customer_decided_again_after_the_night_is_listed_with_the_facts_known_by_then(
        Provider provider
    )
    {
        using var world = new World(provider);
        var folder = world.FolderOf(customers: 20, seed: 7);
        DisturbedFacts.Import(world, folder);
        await world.RunAsync(Night);
        var voucher = Break(world);
        var customer = world.Temp.Scalar<string>(
            $"SELECT a.customer_id FROM voucher v JOIN agreement a ON a.agreement_id = v.agreement_id WHERE v.voucher_id = '{voucher.Id}'"
        )!;
        await world.RunAsync(Night.AddDays(1));
        Mend(world, voucher);
        var request = world.Temp.Scalar<string>(
            $"SELECT min(request_id) FROM payment_request WHERE voucher_id = '{voucher.Id}'"
        );
        await File.AppendAllTextAsync(
            Path.Combine(folder, "payments.csv"),
            $"PM-LATE,{request},late,2021-03-01,12.34,EUR\n",
            TestContext.Current.CancellationToken
        );
        world.Time.Advance(TimeSpan.FromHours(1));
        DisturbedFacts.Import(world, folder);
        world.Time.Advance(TimeSpan.FromHours(1));

        Assert.Null(world.Retry(customer).StillSetAside);

        var desk = Desk(world);
        var night = desk.Night(null);
        Assert.Equal(12.34m, Assert.Single(desk.Payments(night), p => p.PaymentId == "PM-LATE").Amount);
        AssertBalanced(world, night.Date, night.Totals);
        AssertSingleLinesAreThoseOfTheListings(desk, night);
    }

    [Fact]
    public async Task A_request_has_all_that_a_controller_asks_for()
    {
        using var world = World.OfSamples();
        await world.RunAsync(Night);
        await world.RunAsync(new(2021, 6, 30));
        var desk = Desk(world);

        Assert.Equal(
            new RequestLine
            {
                RequestId = "PR-00033",
                InvoiceNumber = "MD-2019-00185",
                PartnerId = "P-1009",
                PartnerName = "Monsoon Digital",
                LocationId = "P-1009-IN",
                CustomerId = "deccan-textiles",
                VoucherId = "V-00052",
                Engagement = "ppm",
                Days = 5,
                Country = "IN",
                RedeemedOn = new(2019, 8, 19),
                SubmittedOn = new(2019, 8, 20),
                Currency = "INR",
                Amount = 310_000m,
                Rate = 310_000m,
                RateCurrency = "INR",
                Approved = 310_000m,
                Paid = 0m,
                Due = 310_000m,
                OnHold = 0m,
                PayBy = new(2019, 9, 19),
                DaysOverdue = 650,
                Band = "over 90",
                PaymentOutcome = "Approved",
                Outcome = "Overdue",
                Codes = "REC-OVERDUE",
                Sentence =
                    "310000.00 INR was to be paid by 2019-09-19, 30 days after the request was submitted on 2019-08-20.",
                Since = Night,
                IsSetAside = false,
            },
            desk.Requests(desk.Night(null)).Single(r => r.RequestId == "PR-00033")
        );
    }

    [Fact]
    public async Task A_payment_has_the_request_that_it_is_for()
    {
        using var world = World.OfSamples();
        await world.RunAsync(Night);
        await world.RunAsync(new(2021, 6, 30));
        var desk = Desk(world);

        Assert.Equal(
            new PaymentLine
            {
                PaymentId = "PM-00154",
                InvoiceNumber = "CCP-2021-00406",
                RequestId = "PR-00210",
                PartnerId = "P-1006",
                PartnerName = "Copper Canyon Partners",
                LocationId = "P-1006-US",
                CustomerId = "prairie-mutual",
                VoucherId = "V-00250",
                Engagement = "windows-server",
                Country = "US",
                PaidOn = new(2021, 4, 26),
                Currency = "USD",
                Amount = 8_000m,
                Allocated = null,
                Outcome = "Matched",
                Codes = "",
                Sentence = "",
                Since = new(2021, 6, 30),
                IsSetAside = false,
            },
            desk.Payments(desk.Night(null)).Single(p => p.PaymentId == "PM-00154")
        );
    }

    [Fact]
    public async Task A_payment_with_allocations_has_what_they_give_beside_the_request_that_it_names()
    {
        using var world = World.OfSamples();
        await world.RunAsync(new(2022, 3, 31));
        var desk = Desk(world);

        var line = desk.Payments(desk.Night(null)).Single(p => p.PaymentId == "PM-00101");

        Assert.Equal(
            ("PartlyMatched", 5_437.50m, 4_350m, "PR-00134"),
            (line.Outcome, line.Amount, line.Allocated, line.RequestId)
        );
    }

    [Fact]
    public async Task What_is_on_hold_is_listed_where_nothing_is_due()
    {
        using var world = World.OfSamples();
        await world.RunAsync(Night);
        var desk = Desk(world);

        var held = desk.Requests(desk.Night(Night)).Single(r => r.RequestId == "PR-00003");

        Assert.Equal(("NothingDue", 0m, 6_375m), (held.Outcome, held.Due, held.OnHold));
        Assert.Contains("6375.00 CHF", held.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outcome_is_since_the_night_that_began_it_though_its_band_changes()
    {
        using var world = World.OfSamples();
        await world.RunAsync(Night);
        var overdue = world
            .Decisions()
            .First(d =>
                d is { RuleSet: "reconciliation", Outcome: "Overdue" }
                && d.Details.EndsWith("31-60", StringComparison.Ordinal)
            )
            .SubjectId;
        await world.RunAsync(new(2021, 4, 30));
        var desk = Desk(world);

        var line = desk.Requests(desk.Night(null)).Single(r => r.RequestId == overdue);

        Assert.Equal(("Overdue", "61-90", Night), (line.Outcome, line.Band, line.Since));
    }

    [Fact]
    public async Task An_approved_request_shows_the_rate_it_was_approved_at_and_an_overdue_one_its_band()
    {
        using var world = World.Of(customers: 60, seed: 3);
        await world.RunAsync(Night);
        var desk = Desk(world);
        var stored = world
            .Decisions()
            .Where(d => d is { RuleSet: "reconciliation", Outcome: "Overdue" })
            .ToDictionary(d => d.SubjectId, d => d.Details.Split("band=")[1], StringComparer.Ordinal);
        var lines = desk.Requests(desk.Night(null)).ToList();

        Assert.All(
            lines.Where(l => l.PaymentOutcome == "Approved"),
            l => Assert.Equal((l.Approved, l.Currency), (l.Rate, l.RateCurrency))
        );
        Assert.Equal(
            stored,
            lines.Where(l => l.Outcome == "Overdue").ToDictionary(l => l.RequestId, l => l.Band!)
        );
        Assert.NotEmpty(stored);
    }

    [Fact]
    public async Task Lines_that_do_not_add_up_are_refused()
    {
        using var world = World.OfSamples();
        await world.RunAsync(Night);
        world.Temp.Execute(
            "UPDATE decision_history SET details = 'approved=310000.01;paid=0.00;band=over 90' WHERE rule_set = 6 AND subject_id = 'PR-00033'"
        );
        var desk = Desk(world);
        var night = desk.Night(null);
        var totals = new ListingTotals();
        foreach (var line in desk.Requests(night))
        {
            totals.Add(line);
        }

        var error = Assert.Throws<PlanningException>(() =>
            totals.EnsureBalanced(night, requests: true, payments: false)
        );

        Assert.Equal(ExitCode.OutOfBalance, error.ExitCode);
        Assert.Equal(
            "The lines do not add up to the control totals of run 1. approved INR of requests Overdue: 496000 were decided, 496000.01 are in the database.",
            error.Message
        );
    }

    [Fact]
    public async Task Ageing_adds_up_to_what_is_still_due_and_partly_unpaid_by_currency_and_by_partner()
    {
        using var world = World.Of(customers: 60, seed: 5);
        await world.RunAsync(Night);
        var desk = Desk(world);
        var night = desk.Night(null);
        var ageing = new Ageing(night);
        foreach (var line in desk.Requests(night))
        {
            ageing.Add(line);
        }

        var expected = MoneyBalance
            .Of(night.Totals)
            .Select(m => (m.Currency, Due: m.StillDue + m.PartlyUnpaid))
            .Where(m => m.Due > 0)
            .ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, ageing.ByCurrency.Select(a => (a.Currency, a.Due)));
        Assert.Equal(
            expected,
            ageing.ByPartner.GroupBy(a => a.Currency).Select(c => (c.Key, c.Sum(a => a.Due)))
        );
        Assert.Equal(["not yet due", "31-60", "61-90", "over 90"], night.Bands);
        Assert.InRange(
            night.Bands.Index().Count(b => ageing.ByCurrency.Sum(a => a.Bands[b.Index]) > 0),
            3,
            4
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_money_that_moved_between_two_nights_is_the_difference_of_their_control_totals(
        int seed
    )
    {
        using var world = new World();
        var folder = world.FolderOf(customers: 12, (ulong)seed);
        DisturbedFacts.Import(world, folder);
        await world.RunAsync(new(2020, 6, 30));
        DisturbedFacts.Disturb(folder, new Random(seed));
        DisturbedFacts.Import(world, folder);
        var broken = Break(world);
        await world.RunAsync(new(2020, 12, 31));
        Mend(world, broken);
        var desk = Desk(world);
        var (from, to) = (desk.Night(new(2020, 6, 30)), desk.Night(new(2020, 12, 31)));

        var changes = FinanceChanges.Between(desk, from, to);

        Assert.Contains(
            changes,
            c => c.To?.EndsWith(FinanceChanges.SetAside, StringComparison.Ordinal) == true
        );
        foreach (var currency in from.Currencies.Union(to.Currencies))
        {
            var (before, after) = (Of(from, currency), Of(to, currency));
            Assert.Equal(
                Sum(after, m => m.Approved + m.SetAside) - Sum(before, m => m.Approved + m.SetAside),
                Moved(SubjectType.PaymentRequest, c => c.Approved)
            );
            Assert.Equal(
                Sum(after, m => m.PaymentsIn + m.SetAsidePayments)
                    - Sum(before, m => m.PaymentsIn + m.SetAsidePayments),
                Moved(SubjectType.Payment, c => c.Paid)
            );

            decimal Moved(SubjectType subject, Func<FinanceChange, decimal> amount) =>
                changes.Where(c => c.Subject == subject && c.Currency == currency).Sum(amount);
        }

        static MoneyBalance? Of(FinanceNight night, string currency) =>
            MoneyBalance.Of(night.Totals).FirstOrDefault(m => m.Currency == currency);

        static decimal Sum(MoneyBalance? money, Func<MoneyBalance, decimal> amount) =>
            money is null ? 0m : amount(money);
    }

    /// <summary>
    /// A line that is read by its id is that of the listing. What is for a request is what the listings of payments and allocations say.
    /// </summary>
    private static void AssertSingleLinesAreThoseOfTheListings(FinanceDesk desk, FinanceNight night)
    {
        using var lines = desk.Lines(night);
        var requests = desk.Requests(night).ToList();
        var payments = desk.Payments(night).ToList();
        var allocations = desk.Allocations(night).ToList();
        Assert.NotEmpty(payments);
        Assert.Null(lines.Request("none"));
        Assert.Null(lines.Payment("none"));
        Assert.Equal(requests, requests.Select(r => lines.Request(r.RequestId)));
        Assert.Equal(payments.Select(Plain), payments.Select(p => Plain(lines.Payment(p.PaymentId)!)));
        Assert.All(
            requests,
            request =>
            {
                var counted = allocations
                    .Where(a => a.RequestId == request.RequestId)
                    .ToDictionary(a => a.PaymentId, a => (decimal?)a.Counted, StringComparer.Ordinal);
                Assert.Equal(
                    payments
                        .Where(p =>
                            counted.ContainsKey(p.PaymentId)
                            || (p.RequestId == request.RequestId && p.Allocated is null)
                        )
                        .Select(p =>
                            (
                                p.PaymentId,
                                counted.GetValueOrDefault(
                                    p.PaymentId,
                                    p.Outcome == "Matched" ? p.Amount : null
                                )
                            )
                        ),
                    lines.PaymentsFor(request).Select(p => (p.Payment.PaymentId, p.Counted))
                );
            }
        );

        static (PaymentLine, string) Plain(PaymentLine line) =>
            (line with { NotCounted = [] }, string.Join(';', line.NotCounted));
    }

    private static FinanceDesk Desk(World world) => new(world.Database);

    /// <summary>The lines of a night as text; they add up to its control totals.</summary>
    private static string AssertBalanced(World world, DateOnly date, TotalsSheet expected)
    {
        var desk = Desk(world);
        var night = desk.Night(date);
        var totals = new ListingTotals();
        var (requests, payments) = (desk.Requests(night).ToList(), desk.Payments(night).ToList());
        requests.ForEach(totals.Add);
        payments.ForEach(totals.Add);
        totals.EnsureBalanced(night, requests: true, payments: true);
        Assert.Equal(
            MoneyBalance.Of(expected).Where(HasMoney),
            MoneyBalance.Of(totals.Sheet()).Where(HasMoney)
        );
        Assert.Equal(
            requests.Select(r => r.RequestId).Order(StringComparer.Ordinal),
            requests.Select(r => r.RequestId)
        );
        Assert.Equal(
            MoneyBalance.Of(expected).Sum(m => m.PaidBeyond),
            MoneyBalance
                .Of(expected)
                .Select(m => PaidBeyond.Of(expected, m.Currency))
                .Sum(b => b.Twice + b.Over + b.NotApproved)
        );
        return string.Join(
            '\n',
            [.. requests.Select(r => r.ToString()), .. payments.Select(p => p.ToString())]
        );

        static bool HasMoney(MoneyBalance m) =>
            m.Approved + m.PaymentsIn + m.SetAside + m.SetAsidePayments > 0;
    }

    /// <summary>Makes a customer with an approved request undecidable; returns the voucher.</summary>
    private static (string Id, string Engagement) Break(World world)
    {
        var voucher = world.Temp.Scalar<string>(
            "SELECT min(q.voucher_id) FROM payment_request q JOIN decision d ON d.subject_id = q.request_id WHERE d.rule_set = 5 AND d.outcome = 'Approved'"
        )!;
        var engagement = world.Temp.Scalar<string>(
            $"SELECT engagement FROM voucher WHERE voucher_id = '{voucher}'"
        )!;
        world.Temp.Execute($"UPDATE voucher SET engagement = 'abolished' WHERE voucher_id = '{voucher}'");
        return (voucher, engagement);
    }

    private static void Mend(World world, (string Id, string Engagement) voucher) =>
        world.Temp.Execute(
            $"UPDATE voucher SET engagement = '{voucher.Engagement}' WHERE voucher_id = '{voucher.Id}'"
        );
}
