using CsCheck;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Tests.Scenes;

/// <summary>Customers and partners to decide about, as they might come.</summary>
internal sealed record World(IReadOnlyList<CustomerFacts> Customers, ReferenceData Reference);

/// <summary>
/// Random worlds: dates crowd around a business date in the programme's last years, ids collide now and then, and
/// everything that can go wrong does in some.
/// </summary>
internal static class Worlds
{
    private static readonly DateOnly First = new(2019, 6, 1);
    private static readonly string[] Locations = ["P0-US", "P0-DE", "P1-US", "P1-DE"];
    private static readonly string[] Engagements =
    [
        "windows-office",
        "mobile-productivity",
        "azure",
        "data-estate",
    ];
    private static readonly string[] Competencies =
    [
        "Windows and Devices",
        "Enterprise Mobility Management",
        "Cloud Platform",
        "Data Platform",
    ];
    private static readonly string[] Offerings = ["DDPS", "AZDPS", "SSDPS"];

    public static readonly IReadOnlyList<string> Currencies = ["USD", "EUR"];

    public static readonly Gen<DateOnly> Date = Gen.Int[0, 1100].Select(First.AddDays);

    private static readonly Gen<DateOnly?> MaybeDate = Gen.Frequency(
        (1, Gen.Const((DateOnly?)null)),
        (2, Date.Select(d => (DateOnly?)d))
    );

    private static readonly Gen<PartnerCompetency> Competency = Gen.Select(
        Gen.Int[0, 1],
        Gen.OneOf(Competencies),
        Gen.Enum<CompetencyLevel>(),
        Gen.Int[0, 700],
        MaybeDate,
        (partner, competency, level, from, to) =>
            new PartnerCompetency($"P{partner}", competency, level, First.AddDays(from - 200), to)
    );

    private static readonly Gen<Enrollment> Enrollment = Gen.Select(
        Gen.Int[0, 1],
        Gen.OneOf(Offerings),
        Gen.Int[0, 700],
        MaybeDate,
        (partner, offering, signed, ends) =>
            new Enrollment($"P{partner}", offering, First.AddDays(signed - 200), ends)
    );

    private static readonly Gen<ConsultantExam> Exam = Gen.Select(
        Gen.Int[0, 2],
        Gen.OneOf(Competencies),
        Gen.Int[0, 700],
        (consultant, competency, passed) =>
            new ConsultantExam($"K{consultant}", competency, First.AddDays(passed - 200))
    );

    private static readonly Gen<ReferenceData> Reference = Gen.Select(
        Competency.List[0, 8],
        Enrollment.List[0, 6],
        Exam.List[0, 6],
        (competencies, enrollments, exams) =>
            new ReferenceData(
                [new("P0", "Contoso"), new("P1", "Fabrikam")],
                [.. Locations.Select(l => new PartnerLocation(l, l[..2], l[3..]))],
                competencies.DistinctBy(c => (c.PartnerId, c.Competency, c.Level, c.FromOn)),
                enrollments.DistinctBy(e => (e.PartnerId, e.Offering, e.SignedOn)),
                [new("K0", "P0"), new("K1", "P0"), new("K2", "P1")],
                exams.Distinct()
            )
    );

    /// <summary>A voucher that goes its way for some steps, with days between them that may be out of order.</summary>
    private static readonly Gen<Voucher> Voucher = Gen.Select(
        Gen.Select(Gen.Int[0, 1], Gen.OneOf(Engagements), Gen.OneOf(3, 5, 15, 15, 4)),
        Gen.Select(Gen.OneOf<string?>(null, "North"), Gen.OneOf("US", "DE")),
        Date,
        Gen.Int[-5, 60].Array[7],
        Gen.Int[0, 7],
        Gen.Select(Gen.OneOf(Locations), Gen.OneOf<string?>(null, "K0", "K1", "K2"), Gen.Int[0, 12]),
        (what, where, created, gaps, steps, how) =>
        {
            DateOnly? Step(int step) => step < steps ? created.AddDays(gaps.Take(step + 1).Sum()) : null;

            return new Voucher
            {
                VoucherId = "",
                AgreementId = $"A{what.Item1}",
                Engagement = what.Item2,
                Days = what.Item3,
                Division = where.Item1,
                Country = where.Item2,
                CreatedOn = created,
                AssignedOn = Step(0),
                ReservedOn = Step(1),
                ReservedLocationId = steps > 1 ? how.Item1 : null,
                ConsultantId = how.Item2,
                EngagementStartedOn = Step(2),
                EngagementCompletedOn = Step(3),
                CompletionReportOn = Step(4),
                DeliverableOn = Step(5),
                RedeemedOn = Step(6),
                CancelledOn = how.Item3 == 0 ? created.AddDays(gaps[0] + 40) : null,
            };
        }
    );

    private static readonly Gen<EntitlementGrant> Grant = Gen.Select(
        Gen.Int[0, 1],
        Date,
        Gen.Int[1, 40],
        Gen.Enum<GrantSource>(),
        (agreement, on, days, source) => new EntitlementGrant("", $"A{agreement}", on, days, source)
    );

    private static readonly Gen<PaymentRequest> Request = Gen.Select(
        Gen.Int[0, 4],
        Gen.OneOf(Locations),
        Gen.Int[-5, 90],
        Gen.OneOf(4800m, 8000m, 24000m, 21750m),
        Gen.OneOf("USD", "USD", "EUR"),
        Gen.Int[0, 6],
        (voucher, location, after, amount, currency, invoice) =>
            new PaymentRequest(
                "",
                $"V{voucher}",
                location,
                First.AddDays(after),
                amount,
                currency,
                $"I{invoice}"
            )
    );

    private static readonly Gen<Payment> Payment = Gen.Select(
        Gen.OneOf<string?>(null, "R0", "R1", "R2"),
        Gen.Int[0, 6],
        Date,
        Gen.OneOf(4800m, 8000m, 24000m, 1m),
        Gen.OneOf("USD", "USD", "EUR"),
        (request, invoice, paid, amount, currency) =>
            new Payment("", request, $"I{invoice}", paid, amount, currency)
    );

    private static Gen<CustomerFacts> Customer(string customer) =>
        Gen.Select(
            MaybeDate,
            Grant.List[0, 4],
            Voucher.List[0, 5],
            Request.List[0, 4],
            Payment.List[0, 4],
            (ends, grants, vouchers, requests, payments) =>
                Facts(customer, ends, grants, vouchers, requests, payments)
        );

    /// <summary>One to three customers with the partners they use.</summary>
    public static readonly Gen<World> All = Gen.Select(
        Gen.Int[1, 3],
        Customer("C0"),
        Customer("C1"),
        Customer("C2"),
        Reference,
        (count, a, b, c, reference) => new World([.. new[] { a, b, c }.Take(count)], reference)
    );

    /// <summary>Puts the pieces together: keys are made unique, and what refers to nothing is left out.</summary>
    private static CustomerFacts Facts(
        string customer,
        DateOnly? ends,
        List<EntitlementGrant> grants,
        List<Voucher> vouchers,
        List<PaymentRequest> requests,
        List<Payment> payments
    )
    {
        string Key(string id) => $"{customer}-{id}";
        var named = vouchers
            .Select((v, i) => v with { VoucherId = Key($"V{i}"), AgreementId = Key(v.AgreementId) })
            .ToList();
        var sent = requests
            .Select(r => r with { VoucherId = Key(r.VoucherId) })
            .Where(r => named.Exists(v => v.VoucherId == r.VoucherId))
            .Select((r, i) => r with { RequestId = Key($"R{i}"), SubmittedOn = AfterRedemption(r, named) })
            .ToList();
        return new()
        {
            CustomerId = customer,
            Agreements = [new(Key("A0"), customer, EndsOn: null), new(Key("A1"), customer, ends)],
            Grants =
            [
                .. grants.Select(
                    (g, i) => g with { GrantId = Key($"G{i}"), AgreementId = Key(g.AgreementId) }
                ),
            ],
            Vouchers = named,
            Requests = sent,
            Payments =
            [
                .. payments
                    .Select(
                        (p, i) =>
                            p with
                            {
                                PaymentId = Key($"X{i}"),
                                RequestId = p.RequestId is null ? null : Key(p.RequestId),
                            }
                    )
                    .Where(p =>
                        p.RequestId is null
                            ? sent.Exists(r => r.InvoiceNumber == p.InvoiceNumber)
                            : sent.Exists(r => r.RequestId == p.RequestId)
                    ),
            ],
        };
    }

    private static DateOnly AfterRedemption(PaymentRequest request, List<Voucher> vouchers)
    {
        var voucher = vouchers.Find(v => v.VoucherId == request.VoucherId)!;
        var days = request.SubmittedOn.DayNumber - First.DayNumber;
        return (voucher.RedeemedOn ?? voucher.CreatedOn).AddDays(days);
    }
}
