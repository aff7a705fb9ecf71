using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Policies;

namespace PlanningServices.Rules.Tests.Scenes;

/// <summary>
/// A small world to decide about. It starts with customer C with agreement A, and with two partners: P1, who may
/// deliver windows-office in the US, in Germany and in Sweden (locations P1-US, P1-DE, P1-SE) through consultant K1, and P2, who
/// may deliver nothing (location P2-US, consultant K2). Dates are written as text, and left out where absent.
/// </summary>
internal sealed class Scene
{
    private readonly List<Agreement> agreements = [];
    private readonly List<EntitlementGrant> grants = [];
    private readonly List<Voucher> vouchers = [];
    private readonly List<PaymentRequest> requests = [];
    private readonly List<Payment> payments = [];
    private readonly List<Payment> othersPayments = [];
    private readonly List<PaymentAllocation> allocations = [];
    private readonly List<PaymentRequest> othersRequests = [];
    private readonly List<PartnerCompetency> competencies = [];
    private readonly List<Enrollment> enrollments = [];
    private readonly List<ConsultantExam> exams = [];
    private PolicyPack pack = Packs.Shipped;

    /// <summary>The scene as described.</summary>
    public static Scene New() =>
        Empty()
            .Agreement("A")
            .Competency("P1", "Windows and Devices")
            .Enrolled("P1", "DDPS")
            .Exam("K1", "Windows and Devices");

    /// <summary>Without the agreement, and with partners and consultants who have nothing yet.</summary>
    public static Scene Empty() => new();

    public Scene Under(PolicyPack other)
    {
        pack = other;
        return this;
    }

    public Scene Agreement(string id, string? ends = null)
    {
        agreements.RemoveAll(a => a.AgreementId == id);
        agreements.Add(new(id, "C", DayOrNone(ends)));
        return this;
    }

    public Scene Grant(
        string id,
        string on,
        int days,
        GrantSource source = GrantSource.Accrual,
        string agreement = "A"
    )
    {
        grants.Add(new(id, agreement, Day(on), days, source));
        return this;
    }

    public Scene Voucher(
        string id = "V",
        string created = "2020-01-02",
        string? assigned = null,
        string? reserved = null,
        string location = "P1-US",
        string? consultant = "K1",
        string? started = null,
        string? completed = null,
        string? report = null,
        string? deliverable = null,
        string? redeemed = null,
        string? cancelled = null,
        string engagement = "windows-office",
        int days = 5,
        string country = "US",
        string? division = null,
        string? product = null,
        string agreement = "A"
    )
    {
        vouchers.Add(
            new()
            {
                VoucherId = id,
                AgreementId = agreement,
                Engagement = engagement,
                Days = days,
                Division = division,
                Product = product,
                Country = country,
                CreatedOn = Day(created),
                AssignedOn = DayOrNone(assigned),
                ReservedOn = DayOrNone(reserved),
                ReservedLocationId = reserved is null ? null : location,
                ConsultantId = reserved is null ? null : consultant,
                EngagementStartedOn = DayOrNone(started),
                EngagementCompletedOn = DayOrNone(completed),
                CompletionReportOn = DayOrNone(report),
                DeliverableOn = DayOrNone(deliverable),
                RedeemedOn = DayOrNone(redeemed),
                CancelledOn = DayOrNone(cancelled),
            }
        );
        return this;
    }

    /// <summary>A voucher that was delivered without a flaw: created 2020-01-02, redeemed 2020-03-02.</summary>
    public Scene DeliveredVoucher(string id = "V", string redeemed = "2020-03-02", int days = 5) =>
        Voucher(
            id,
            assigned: "2020-01-10",
            reserved: "2020-01-20",
            started: "2020-02-01",
            completed: "2020-02-10",
            report: "2020-02-20",
            deliverable: "2020-02-20",
            redeemed: redeemed,
            days: days
        );

    /// <summary>A voucher in which P2 and its consultant K2 take part: their facts are there, but are not P1's.</summary>
    public Scene VoucherOfAnotherPartner() =>
        Voucher("VX", reserved: "2020-01-20", location: "P2-US", consultant: "K2");

    public Scene Request(
        string id = "R",
        string submitted = "2020-03-10",
        string voucher = "V",
        string location = "P1-US",
        decimal amount = 8000m,
        string currency = "USD",
        string invoice = "I-1"
    )
    {
        requests.Add(new(id, voucher, location, Day(submitted), amount, currency, invoice));
        return this;
    }

    public Scene OthersRequest(string id, string submitted, string invoice, string currency = "USD")
    {
        othersRequests.Add(new(id, "VX", "P1-US", Day(submitted), 1m, currency, invoice));
        return this;
    }

    /// <summary>A payment that names a request of another customer.</summary>
    public Scene OthersPayment(string id, string paid, decimal amount, string currency = "USD")
    {
        othersPayments.Add(new(id, "RX", "I-X", Day(paid), amount, currency));
        return this;
    }

    public Scene Allocation(string payment, string on, decimal amount, string request = "R")
    {
        allocations.Add(new(payment, request, amount, Day(on)));
        return this;
    }

    public Scene Payment(
        string id,
        string paid,
        decimal amount = 8000m,
        string currency = "USD",
        string? request = "R",
        string invoice = "I-1"
    )
    {
        payments.Add(new(id, request, invoice, Day(paid), amount, currency));
        return this;
    }

    public Scene Competency(
        string partner,
        string competency,
        CompetencyLevel level = CompetencyLevel.Silver,
        string from = "2019-01-01",
        string? to = null
    )
    {
        competencies.Add(new(partner, competency, level, Day(from), DayOrNone(to)));
        return this;
    }

    public Scene Enrolled(string partner, string offering, string signed = "2019-01-01", string? ends = null)
    {
        enrollments.Add(new(partner, offering, Day(signed), DayOrNone(ends)));
        return this;
    }

    public Scene Exam(string consultant, string competency, string passed = "2019-01-01")
    {
        exams.Add(new(consultant, competency, Day(passed)));
        return this;
    }

    /// <summary>The decisions on the scene as of a date.</summary>
    public Decided AsOf(string date) => new(Open(date).Decide(Facts));

    /// <summary>Whether a partner may deliver an engagement, as <see cref="Decided"/> has decisions.</summary>
    public string Qualification(string date, string partner = "P1", string engagement = "windows-office") =>
        Qualifications(date, partner)
            .Where(d => d.SubjectId == $"{partner}/{engagement}")
            .Select(Decided.Text)
            .SingleOrDefault()
        ?? "none";

    /// <summary>All decisions on a partner.</summary>
    public IReadOnlyList<Decision> Qualifications(string date, string partner = "P1") =>
        Open(date).Decide(Reference.FactsOf(partner)).Decisions;

    public DecisionSession Open(string date) => Books.Rules.Open(pack, Reference, Day(date));

    public CustomerFacts Facts =>
        new()
        {
            CustomerId = "C",
            Agreements = agreements,
            Grants = grants,
            Vouchers = vouchers,
            Requests = requests,
            Payments = payments,
            OthersPayments = othersPayments,
            Allocations = allocations,
            OthersRequests = othersRequests,
        };

    public ReferenceData Reference =>
        new(
            [new("P1", "Contoso Planning"), new("P2", "Fabrikam")],
            [
                new("P1-US", "P1", "US"),
                new("P1-DE", "P1", "DE"),
                new("P1-SE", "P1", "SE"),
                new("P2-US", "P2", "US"),
            ],
            competencies,
            enrollments,
            [new("K1", "P1"), new("K2", "P2")],
            exams
        );

    private static DateOnly Day(string text) => Dates.Of(text);

    private static DateOnly? DayOrNone(string? text) => text is null ? null : Day(text);
}
