using System.Globalization;
using PlanningServices.Rules;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Floor;

/// <summary>
/// One customer with 5,000 vouchers, decided beside the same vouchers spread over 500 customers: a session for each
/// customer must not cost more than its facts do. Only deciding is measured.
/// </summary>
internal static class OneCustomer
{
    private const int Customers = 500;
    private const int VouchersPerCustomer = 10;
    private const int RequestsPerCustomer = 4;
    private const int WarmUps = 5;

    private static readonly DateOnly BusinessDate = new(2020, 12, 1);
    private static readonly DateOnly CreatedOn = new(2020, 6, 1);

    private static readonly ReferenceData Reference = new(
        [new("P-1", "Contoso Consulting")],
        [new("L-1", "P-1", "SE")],
        [new("P-1", "Messaging", CompetencyLevel.Silver, new(2019, 7, 1), null)],
        [new("P-1", "S-EDPS", new(2020, 1, 1), new(2020, 12, 31))],
        [new("C-1", "P-1")],
        [new("C-1", "Messaging", new(2018, 11, 5))]
    );

    public static int Run(int rounds)
    {
        var pack = PolicyPackReader.Read(
            Path.Combine(AppContext.BaseDirectory, "policies", "planning-services")
        );
        var session = RuleBook.Compile().Open(pack, Reference, BusinessDate);
        foreach (var twice in (bool[])[false, true])
        {
            var spread = Enumerable.Range(0, Customers).Select(c => Customer(pack, c, twice)).ToList();
            var one = Together(spread);
            for (var warmUp = 0; warmUp < WarmUps; warmUp++)
            {
                Decide(session, spread);
                Decide(session, [one]);
            }

            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{one.Vouchers.Count:N0} vouchers, {one.Vouchers.Count(v => v.Days == 15):N0} of 15 days, {one.Requests.Count:N0} requests{(twice ? ", two for each voucher" : "")}"
                )
            );
            for (var round = 1; round <= rounds; round++)
            {
                var (many, single) = (Decide(session, spread), Decide(session, [one]));
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {Customers} customers {many.TotalMilliseconds, 8:N0} ms of cpu, one customer {single.TotalMilliseconds, 8:N0} ms, ratio {single / many:0.00}"
                    )
                );
            }
        }

        return 0;
    }

    private static TimeSpan Decide(DecisionSession session, List<CustomerFacts> customers)
    {
        GC.Collect();
        var meter = new Meter();
        meter.Measure(() =>
        {
            foreach (var customer in customers)
            {
                session.Decide(customer);
            }
        });
        return meter.Total.Cpu;
    }

    /// <summary>Ten vouchers, one of them for 15 days; four are redeemed and asked for once or twice, and paid.</summary>
    private static CustomerFacts Customer(PolicyPack pack, int customer, bool twice)
    {
        var agreement = Text($"A-{customer:D3}");
        var vouchers = Enumerable
            .Range(0, VouchersPerCustomer)
            .Select(v => Voucher(Text($"V-{customer:D3}-{v}"), agreement, v))
            .ToList();
        var requests = vouchers
            .Take(RequestsPerCustomer)
            .SelectMany(v => Enumerable.Range(0, twice ? 2 : 1).Select(again => Request(pack, v, again)))
            .ToList();
        return new()
        {
            CustomerId = Text($"C-{customer:D3}"),
            Agreements = [new(agreement, Text($"C-{customer:D3}"), null)],
            Grants = [new("G-" + agreement, agreement, new(2020, 1, 15), 100, GrantSource.Accrual)],
            Vouchers = vouchers,
            Requests = requests,
            Payments =
            [
                .. requests.Select(r => new Payment(
                    "P" + r.RequestId,
                    r.RequestId,
                    r.InvoiceNumber,
                    r.SubmittedOn.AddDays(14),
                    r.Amount,
                    r.Currency
                )),
            ],
        };
    }

    private static Voucher Voucher(string id, string agreement, int number) =>
        new()
        {
            VoucherId = id,
            AgreementId = agreement,
            Engagement = "exchange",
            Days = number == 0 ? 15 : 5,
            Country = "SE",
            CreatedOn = CreatedOn,
            ReservedOn = CreatedOn.AddDays(9),
            ReservedLocationId = "L-1",
            ConsultantId = "C-1",
            EngagementStartedOn = CreatedOn.AddDays(20),
            EngagementCompletedOn = CreatedOn.AddDays(30),
            CompletionReportOn = CreatedOn.AddDays(35),
            DeliverableOn = CreatedOn.AddDays(36),
            RedeemedOn = number < RequestsPerCustomer + 1 ? CreatedOn.AddDays(40) : null,
        };

    private static PaymentRequest Request(PolicyPack pack, Voucher voucher, int again)
    {
        var rate = pack.RateFor(voucher.Country, voucher.Days, voucher.RedeemedOn!.Value)!;
        var id = Text($"R{voucher.VoucherId[1..]}-{again}");
        return new(
            id,
            voucher.VoucherId,
            "L-1",
            CreatedOn.AddDays(50 + again),
            rate.Amount,
            rate.Currency,
            "I" + id
        );
    }

    /// <summary>The same facts on the agreements of one customer.</summary>
    private static CustomerFacts Together(List<CustomerFacts> customers) =>
        new()
        {
            CustomerId = "C",
            Agreements =
            [
                .. customers.SelectMany(c => c.Agreements).Select(a => a with { CustomerId = "C" }),
            ],
            Grants = [.. customers.SelectMany(c => c.Grants)],
            Vouchers = [.. customers.SelectMany(c => c.Vouchers)],
            Requests = [.. customers.SelectMany(c => c.Requests)],
            Payments = [.. customers.SelectMany(c => c.Payments)],
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
