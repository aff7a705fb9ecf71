using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Policies;

namespace PlanningServices.Rules.Tests.Reviews;

/// <summary>Packs whose parameters, requirements and rates have versions that begin and end among the dates of the random worlds.</summary>
internal sealed class RandomPacks
{
    private static readonly DateOnly First = new(2019, 6, 1);
    private static readonly PolicyPack Shipped = Packs.Shipped;

    private readonly Random random;

    private RandomPacks(uint seed) => random = new((int)(seed & int.MaxValue));

    public static PolicyPack Of(uint seed)
    {
        var of = new RandomPacks(seed);
        return Shipped.With(of.Parameters(), requirements: of.Requirements(), rates: of.Rates());
    }

    private Parameters Parameters()
    {
        var shipped = Shipped.Parameters;
        return shipped with
        {
            LastCreationOn = Versions(shipped.LastCreationOn, Date),
            LastRedemptionOn = Versions(shipped.LastRedemptionOn, Date),
            CloudRetiredOn = Versions(shipped.CloudRetiredOn, Date),
            AccrualEndedOn = Versions(shipped.AccrualEndedOn, Date),
            ConversionEndedOn = Versions(shipped.ConversionEndedOn, Date),
            DaysRemovedOn = Versions(shipped.DaysRemovedOn, Date),
            Anchor = Versions(shipped.Anchor, () => (ExpiryAnchor)random.Next(2)),
            LifeDays = Versions(shipped.LifeDays, () => random.Next(20, 300)),
            WarningBands = Versions(shipped.WarningBands, Bands),
            RepeatDays = Versions(shipped.RepeatDays, () => random.Next(2) == 0 ? 15 : 5),
            WindowDays = Versions(shipped.WindowDays, () => random.Next(10, 90)),
            Tolerance = Versions(shipped.Tolerance, () => random.Next(2)),
            ClosingWarningDays = Versions(shipped.ClosingWarningDays, () => random.Next(1, 40)),
            PaymentDays = Versions(shipped.PaymentDays, () => random.Next(5, 40)),
            AgeingBands = Versions(shipped.AgeingBands, Bands),
        };
    }

    private IReadOnlyList<Requirement> Requirements() =>
        [
            .. Shipped.Requirements.SelectMany(r =>
                Spans()
                    .Select(span =>
                        r with
                        {
                            From = span.From,
                            To = span.To,
                            AnyOf =
                                random.Next(3) == 0
                                    ? [.. r.AnyOf, Shipped.Requirements[0].AnyOf[0]]
                                    : r.AnyOf,
                        }
                    )
            ),
        ];

    private IReadOnlyList<Rate> Rates() =>
        [
            .. Shipped
                .Rates.DistinctBy(r => (r.Country, r.Days))
                .SelectMany(r =>
                    Spans()
                        .Select(span =>
                            r with
                            {
                                From = span.From,
                                To = span.To,
                                Amount = r.Amount + random.Next(2),
                            }
                        )
                ),
        ];

    private Parameter<T> Versions<T>(Parameter<T> parameter, Func<T> other) =>
        random.Next(2) == 0
            ? parameter
            : new(
                parameter.Name,
                [
                    parameter.Versions[0],
                    .. Enumerable
                        .Range(0, random.Next(3))
                        .Select(_ => Date())
                        .Distinct()
                        .Order()
                        .Select(from => parameter.Versions[0] with { From = from, Value = other() }),
                ]
            );

    /// <summary>Two spans, one after the other, with a gap between them or without; or one, with an end or without.</summary>
    private IReadOnlyList<(DateOnly From, DateOnly? To)> Spans()
    {
        var (first, end) = (new DateOnly(2000, 1, 1), Date());
        return random.Next(3) switch
        {
            0 => [(first, null)],
            1 => [(first, end), (end.AddDays(1 + random.Next(2) * 40), null)],
            _ => [(first, end)],
        };
    }

    private IReadOnlyList<int> Bands() =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(31, 120)).Distinct().Order()];

    private DateOnly Date() => First.AddDays(random.Next(1100));
}
