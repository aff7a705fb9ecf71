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
        Gen.Frequency((3, Gen.Const(true)), (1, Gen.Const(false))),
        (competencies, enrollments, exams, isP0Sound) =>
            new ReferenceData(
                [new("P0", "Contoso"), new("P1", "Fabrikam")],
                [.. Locations.Select(l => new PartnerLocation(l, l[..2], l[3..]))],
                With(
                        isP0Sound,
                        new("P0", "Windows and Devices", CompetencyLevel.Gold, First, null),
                        competencies
                    )
                    .DistinctBy(c => (c.PartnerId, c.Competency, c.Level, c.FromOn)),
                With(isP0Sound, new("P0", "DDPS", First, null), enrollments)
                    .DistinctBy(e => (e.PartnerId, e.Offering, e.SignedOn)),
                [new("K0", "P0"), new("K1", "P0"), new("K2", "P1")],
                With(isP0Sound, new("K0", "Windows and Devices", First), exams).Distinct()
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

    /// <summary>A voucher that was delivered by P0 in the US without a flaw.</summary>
    private static readonly Gen<Voucher> DeliveredVoucher = Gen.Select(
        Gen.OneOf(3, 5, 15),
        Date,
        Gen.Int[0, 15].Array[6],
        (days, created, gaps) =>
        {
            DateOnly After(int steps) => created.AddDays(gaps.Take(steps).Sum());
            return new Voucher
            {
                VoucherId = "",
                AgreementId = "A0",
                Engagement = "windows-office",
                Days = days,
                Product = created.DayNumber % 2 == 0 ? null : $"{created:O}",
                Country = "US",
                CreatedOn = created,
                AssignedOn = After(1),
                ReservedOn = After(2),
                ReservedLocationId = "P0-US",
                ConsultantId = "K0",
                EngagementStartedOn = After(3),
                EngagementCompletedOn = After(4),
                CompletionReportOn = After(5),
                DeliverableOn = After(5),
                RedeemedOn = After(6),
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

    /// <summary>
    /// A request; its day counts from the redemption until it is put beside its voucher, and an amount of 0 stands
    /// for the rate.
    /// </summary>
    private static readonly Gen<PaymentRequest> Request = Gen.Select(
        Gen.Int[0, 2],
        Gen.Frequency((5, Gen.Const("P0-US")), (1, Gen.OneOf(Locations))),
        Gen.Frequency((5, Gen.Int[0, 70]), (1, Gen.Int[-5, 0])),
        Gen.OneOf(0m, 0m, 0m, 1m),
        Gen.OneOf("USD", "USD", "USD", "EUR"),
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

    /// <summary>A payment; its day counts from the submission, and an amount of 0 stands for that of the request.</summary>
    private static readonly Gen<Payment> Payment = Gen.Select(
        Gen.OneOf<string?>(null, "R0", "R0", "R1"),
        Gen.Int[0, 6],
        Gen.Int[-20, 60],
        Gen.OneOf(0m, 0m, 0m, 1m, 30000m),
        Gen.OneOf("USD", "USD", "USD", "EUR"),
        (request, invoice, after, amount, currency) =>
            new Payment("", request, $"I{invoice}", First.AddDays(after), amount, currency)
    );

    private static Gen<CustomerFacts> Customer(string customer) =>
        Gen.Select(
            MaybeDate,
            Grant.List[0, 4],
            Gen.OneOf(Voucher, DeliveredVoucher).List[0, 5],
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
            .Where(r => named.Exists(v => v.VoucherId == Key(r.VoucherId)))
            .Select((r, i) => Sent(r with { RequestId = Key($"R{i}"), VoucherId = Key(r.VoucherId) }, named))
            .ToList();
        var paid = payments
            .Select(
                (p, i) =>
                    p with
                    {
                        PaymentId = Key($"X{i}"),
                        RequestId = p.RequestId is null ? null : Key(p.RequestId),
                    }
            )
            .Where(p => RequestOf(p, sent) is not null)
            .Select(p => Paid(p, RequestOf(p, sent)!))
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
            Payments = paid,
        };
    }

    private static PaymentRequest Sent(PaymentRequest request, List<Voucher> vouchers)
    {
        var voucher = vouchers.Find(v => v.VoucherId == request.VoucherId)!;
        return request with
        {
            SubmittedOn = (voucher.RedeemedOn ?? voucher.CreatedOn).AddDays(Days(request.SubmittedOn)),
            Amount = request.Amount == 0m ? voucher.Days * 1600m : request.Amount,
        };
    }

    private static Payment Paid(Payment payment, PaymentRequest request) =>
        payment with
        {
            PaidOn = request.SubmittedOn.AddDays(Days(payment.PaidOn)),
            Amount = payment.Amount == 0m ? request.Amount : payment.Amount,
        };

    private static PaymentRequest? RequestOf(Payment payment, List<PaymentRequest> requests) =>
        payment.RequestId is null
            ? requests.Find(r => r.InvoiceNumber == payment.InvoiceNumber)
            : requests.Find(r => r.RequestId == payment.RequestId);

    private static List<T> With<T>(bool isSound, T fact, List<T> others) =>
        isSound ? [fact, .. others] : others;

    private static int Days(DateOnly sinceFirst) => sinceFirst.DayNumber - First.DayNumber;
}
