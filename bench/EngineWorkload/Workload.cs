using System.Globalization;

namespace PlanningServices.EngineWorkload;

/// <summary>
/// The facts for N vouchers: N/20 partners with three competencies each, 12 engagements with their
/// requirement rows, N/2 payment requests. No fact of a voucher refers to one of another voucher, except
/// that 20 vouchers in a row share a partner, so that a run may be cut into chunks and decide the same.
/// </summary>
public sealed class Workload
{
    public const int VouchersPerPartner = 20;
    public const int Engagements = 12;
    private const int Areas = 6;
    private static readonly Requirement[] AllRequirements = MakeRequirements();

    private Workload(
        Voucher[] vouchers,
        Partner[] partners,
        Competency[] competencies,
        PaymentRequest[] requests
    )
    {
        Vouchers = vouchers;
        Partners = partners;
        Competencies = competencies;
        Requests = requests;
    }

    public Voucher[] Vouchers { get; }
    public Partner[] Partners { get; }

    /// <summary>Three of each partner, in the partners' order.</summary>
    public Competency[] Competencies { get; }

    /// <summary>The same for all.</summary>
    public Requirement[] Requirements { get; } = AllRequirements;

    /// <summary>In the order of their vouchers.</summary>
    public PaymentRequest[] Requests { get; }

    public static Workload Of(int vouchers, int seed = 20210201)
    {
        var random = new Random(seed);
        var partners = (vouchers + VouchersPerPartner - 1) / VouchersPerPartner;
        var made = Enumerable.Range(0, vouchers).Select(id => MakeVoucher(id, random)).ToArray();
        return new(
            made,
            [.. Enumerable.Range(0, partners).Select(id => new Partner(id))],
            [.. Enumerable.Range(0, partners).SelectMany(id => MakeCompetencies(id, random))],
            MakeRequests(made, random)
        );
    }

    /// <summary>All facts in the order a caller would hand them over: the small reference facts first.</summary>
    public IReadOnlyList<object> Facts()
    {
        var facts = new List<object>(
            Requirements.Length + Partners.Length + Competencies.Length + Vouchers.Length + Requests.Length
        );
        facts.AddRange(Requirements);
        facts.AddRange(Partners);
        facts.AddRange(Competencies);
        facts.AddRange(Vouchers);
        facts.AddRange(Requests);
        return facts;
    }

    /// <summary>The same vouchers in workloads of at most <paramref name="size"/> vouchers.</summary>
    public IEnumerable<Workload> Chunks(int size)
    {
        var request = 0;
        for (var start = 0; start < Vouchers.Length; start += size)
        {
            var end = Math.Min(start + size, Vouchers.Length);
            var firstPartner = start / VouchersPerPartner;
            var lastPartner = (end - 1) / VouchersPerPartner;
            var firstRequest = request;
            while (request < Requests.Length && Requests[request].VoucherId < end)
            {
                request++;
            }
            yield return new(
                Vouchers[start..end],
                Partners[firstPartner..(lastPartner + 1)],
                Competencies[(firstPartner * 3)..((lastPartner + 1) * 3)],
                Requests[firstRequest..request]
            );
        }
    }

    private static Voucher MakeVoucher(int id, Random random)
    {
        var issued = new DateOnly(2020, 1, 1).AddDays(random.Next(365));
        return new Voucher(
            id,
            random.Next(Engagements),
            id / VouchersPerPartner,
            id % 2 == 0 ? VoucherStatus.Redeemed : VoucherStatus.Active
        )
        {
            IsRetiredOffering = random.Next(4) == 0,
            IssuedOn = issued,
            ExpiresOn = issued.AddDays(180),
            RedeemedOn = issued.AddDays(30),
        };
    }

    private static IEnumerable<Competency> MakeCompetencies(int partner, Random random)
    {
        var first = random.Next(Areas);
        return Enumerable
            .Range(0, 3)
            .Select(i => new Competency(partner, (first + i) % Areas, 1 + random.Next(3)));
    }

    /// <summary>One or two rows an engagement.</summary>
    private static Requirement[] MakeRequirements() =>
        [
            .. from engagement in Enumerable.Range(0, Engagements)
            from row in Enumerable.Range(0, 1 + engagement % 2)
            select new Requirement(engagement, (engagement + row) % Areas, 1 + engagement % 3),
        ];

    /// <summary>One for each redeemed voucher; every twentieth has two, with one invoice number, the next none.</summary>
    private static PaymentRequest[] MakeRequests(Voucher[] vouchers, Random random)
    {
        var requests = new List<PaymentRequest>(vouchers.Length / 2);
        foreach (var voucher in vouchers.Where(v => v.Status == VoucherStatus.Redeemed))
        {
            var place = voucher.Id / 2 % 20;
            for (
                var i = 0;
                i
                    < (
                        place == 0 ? 2
                        : place == 1 ? 0
                        : 1
                    );
                i++
            )
            {
                requests.Add(
                    new(
                        requests.Count,
                        voucher.Id,
                        "INV-" + voucher.Id.ToString("D8", CultureInfo.InvariantCulture),
                        voucher.RedeemedOn.AddDays(random.Next(80))
                    )
                );
            }
        }
        return [.. requests];
    }
}
