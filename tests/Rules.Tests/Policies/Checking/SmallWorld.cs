using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Policies.Checking;

/// <summary>
/// A random pack and random facts whose dates all lie within a few weeks, so that every date meets every other.
/// The same seed gives the same world.
/// </summary>
internal sealed class SmallWorld(int seed)
{
    private const int Weeks = 12;
    private static readonly DateOnly Start = new(2020, 1, 1);
    private static readonly int[] RatedDays = [1, 4, 5];
    private readonly Random random = new(seed);
    private readonly HashSet<int> bands = [];
    private readonly List<DateOnly> marks = [];

    public PolicyPack Pack()
    {
        var engagements = new[]
        {
            new Engagement("exchange", "Exchange", "S-EDPS", [1, 5], IsCloud: false),
            new Engagement("azure", "Azure", "AZDPS", [5], IsCloud: Chance(70)),
        };
        return new PolicyPack
        {
            Name = "small",
            Hash = "none",
            Files = [],
            Parameters = Parameters(),
            Engagements = engagements.ToDictionary(e => e.Code, StringComparer.Ordinal),
            Requirements =
            [
                .. engagements.Select(e => new Requirement(
                    e.Code,
                    Start.AddYears(-10),
                    To: null,
                    [new Alternative("Messaging", CompetencyLevel.Silver)]
                )),
            ],
            Rates = [.. RatedDays.Where(_ => Chance(60)).Select(Rate)],
        };
    }

    /// <summary>What was decided about random facts on some business dates: codes, outcomes and bands.</summary>
    public IEnumerable<string> DecideSome(PolicyPack pack)
    {
        for (var i = 0; i < 6; i++)
        {
            foreach (var decision in Decide(pack, Facts(), Chance(90) ? Day() : Day().AddDays(400)))
            {
                yield return decision;
            }
        }
    }

    private static List<string> Decide(PolicyPack pack, FactSet facts, DateOnly businessDate)
    {
        try
        {
            var session = Books.Rules.Open(pack, facts.Reference(), businessDate);
            return
            [
                .. facts
                    .Customers()
                    .SelectMany(c => session.Decide(c).Decisions)
                    .SelectMany(d =>
                        d.Findings.Select(f => f.Code)
                            .Append(d.Outcome)
                            .Concat(d.Details.Split(';').Select(BandOf))
                    ),
            ];
        }
        catch (PolicyNotInForceException)
        {
            return [];
        }
    }

    /// <summary>A band as a check names it: warnings by their days, ageing by the last of its days.</summary>
    private static string BandOf(string detail) =>
        detail.StartsWith("band=", StringComparison.Ordinal) && detail.Contains('-', StringComparison.Ordinal)
            ? "band up to " + detail[(detail.IndexOf('-', StringComparison.Ordinal) + 1)..]
            : detail;

    private Parameters Parameters() =>
        Packs.Shipped.Parameters with
        {
            LastCreationOn = Parameter("retirement.last_creation_on", DayOrNever),
            LastRedemptionOn = Parameter("retirement.last_redemption_on", DayOrNever),
            CloudRetiredOn = Parameter("retirement.cloud_retired_on", DayOrNever),
            AccrualEndedOn = Parameter("entitlement.accrual_ended_on", DayOrNever),
            ConversionEndedOn = Parameter("entitlement.conversion_ended_on", DayOrNever),
            DaysRemovedOn = Parameter("entitlement.days_removed_on", DayOrNever),
            Anchor = Parameter(
                "expiry.anchor",
                () => Chance(50) ? ExpiryAnchor.Assigned : ExpiryAnchor.Created
            ),
            LifeDays = Parameter("expiry.life_days", Days),
            WarningBands = Parameter("expiry.warning_bands", Bands),
            WindowDays = Parameter("payment.window_days", Days),
            ClosingWarningDays = Parameter("payment.closing_warning_days", Days),
            PaymentDays = Parameter("reconciliation.payment_days", Days),
            AgeingBands = Parameter("reconciliation.ageing_bands", Bands),
        };

    private Parameter<T> Parameter<T>(string name, Func<T> value)
    {
        var first = Chance(70) ? Start.AddYears(-1) : Marked(Day());
        var versions = new List<PolicyValue<T>> { new(name, value(), first, "w") };
        while (versions.Count < 3 && Chance(40))
        {
            versions.Add(new(name, value(), NextStart(versions[^1].From), "w"));
        }

        return new Parameter<T>(name, versions);
    }

    private DateOnly NextStart(DateOnly before)
    {
        var day = Marked(Day());
        return day > before ? day : before.AddDays(random.Next(1, 7 * Weeks));
    }

    private Rate Rate(int days)
    {
        var from = Chance(50) ? Start.AddYears(-1) : Day();
        return new("SE", days, 100m * days, "SEK", from, Chance(50) ? null : from.AddDays(random.Next(60)));
    }

    private FactSet Facts()
    {
        var vouchers = Enumerable.Range(1, 6).Select(Voucher).ToList();
        var requests = vouchers.Where(_ => Chance(70)).Select(Request).ToList();
        return new FactSet
        {
            Agreements = [new("A", "C", Chance(50) ? Day() : null)],
            Grants =
            [
                new("G-1", "A", Day(), 5, GrantSource.Accrual),
                new("G-2", "A", Day(), 5, GrantSource.TrainingConversion),
            ],
            Partners = [new("P", "Contoso")],
            Locations = [new("L", "P", "SE")],
            Competencies = [new("P", "Messaging", CompetencyLevel.Gold, Start.AddYears(-1), ToOn: null)],
            Enrollments =
            [
                new("P", "S-EDPS", Start.AddYears(-1), EndsOn: null),
                new("P", "AZDPS", Start.AddYears(-1), EndsOn: null),
            ],
            Consultants = [new("K", "P")],
            Exams = [new("K", "Messaging", Start.AddYears(-1))],
            Vouchers = vouchers,
            Requests = requests,
            Payments = [.. requests.Where(_ => Chance(60)).SelectMany(Payments)],
        };
    }

    private Voucher Voucher(int number)
    {
        var created = Day();
        var reserved = Later(created);
        var redeemed = Chance(60) ? Later(reserved) : (DateOnly?)null;
        return new Voucher
        {
            VoucherId = $"V-{number}",
            AgreementId = "A",
            Engagement = Chance(70) ? "exchange" : "azure",
            Days = Chance(80) ? 5 : 4,
            Country = "SE",
            CreatedOn = created,
            AssignedOn = Chance(50) ? (Chance(80) ? Later(created) : Day()) : null,
            ReservedOn = reserved,
            ReservedLocationId = "L",
            ConsultantId = "K",
            CompletionReportOn = redeemed,
            DeliverableOn = redeemed,
            RedeemedOn = redeemed,
            CancelledOn = Chance(5) ? Day() : null,
        };
    }

    private PaymentRequest Request(Voucher voucher) =>
        new(
            "R" + voucher.VoucherId,
            voucher.VoucherId,
            "L",
            Later(voucher.RedeemedOn ?? voucher.CreatedOn),
            Chance(80) ? 100m * voucher.Days : 7m,
            "SEK",
            "I" + voucher.VoucherId
        );

    private IEnumerable<Payment> Payments(PaymentRequest request) =>
        Enumerable
            .Range(1, Chance(30) ? 2 : 1)
            .Select(number => new Payment(
                $"P{number}{request.RequestId}",
                request.RequestId,
                request.InvoiceNumber,
                Later(request.SubmittedOn),
                Chance(50) ? request.Amount
                    : Chance(50) ? request.Amount + 1m
                    : request.Amount - 1m,
                "SEK"
            ));

    private bool Chance(int percent) => random.Next(100) < percent;

    /// <summary>Any day, or one beside a date that the pack names, where things change.</summary>
    private DateOnly Day() =>
        marks.Count > 0 && Chance(50)
            ? marks[random.Next(marks.Count)].AddDays(random.Next(-1, 2))
            : Start.AddDays(random.Next(7 * Weeks));

    private DateOnly Marked(DateOnly date)
    {
        marks.Add(date);
        return date;
    }

    private DateOnly Later(DateOnly date) => date.AddDays(random.Next(14));

    private DateOnly DayOrNever() => Chance(75) ? Marked(Day()) : DateOnly.MaxValue;

    private int Days() => Chance(80) ? random.Next(1, 40) : random.Next(1, 400);

    /// <summary>No band is there twice in a world, so that a band found tells the version it is of.</summary>
    private IReadOnlyList<int> Bands() =>
        [
            .. Enumerable
                .Range(0, random.Next(1, 4))
                .Select(_ => random.Next(1, 60))
                .Where(b => bands.Add(b))
                .DefaultIfEmpty(60 + bands.Count)
                .Order(),
        ];
}
