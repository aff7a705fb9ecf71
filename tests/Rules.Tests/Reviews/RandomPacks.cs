using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Policies;

namespace PlanningServices.Rules.Tests.Reviews;

/// <summary>Packs whose parameters, requirements and rates have versions that begin and end among the dates of the random worlds.</summary>
internal static class RandomPacks
{
    private static readonly DateOnly First = new(2019, 6, 1);

    public static PolicyPack Of(uint seed)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var shipped = Packs.Shipped;
        var p = shipped.Parameters;
        return shipped.With(
            p with
            {
                LastCreationOn = Versions(p.LastCreationOn, Date),
                LastRedemptionOn = Versions(p.LastRedemptionOn, Date),
                CloudRetiredOn = Versions(p.CloudRetiredOn, Date),
                AccrualEndedOn = Versions(p.AccrualEndedOn, Date),
                ConversionEndedOn = Versions(p.ConversionEndedOn, Date),
                DaysRemovedOn = Versions(p.DaysRemovedOn, Date),
                Anchor = Versions(p.Anchor, () => (ExpiryAnchor)random.Next(2)),
                LifeDays = Versions(p.LifeDays, () => random.Next(20, 300)),
                WarningBands = Versions(p.WarningBands, Bands),
                RepeatDays = Versions(p.RepeatDays, () => random.Next(2) == 0 ? 15 : 5),
                WindowDays = Versions(p.WindowDays, () => random.Next(10, 90)),
                Tolerance = Versions(p.Tolerance, () => random.Next(2)),
                ClosingWarningDays = Versions(p.ClosingWarningDays, () => random.Next(1, 40)),
                PaymentDays = Versions(p.PaymentDays, () => random.Next(5, 40)),
                AgeingBands = Versions(p.AgeingBands, Bands),
            },
            requirements:
            [
                .. shipped.Requirements.SelectMany(r =>
                    Cut().Select(span => r with
                    {
                        From = span.From,
                        To = span.To,
                        AnyOf = random.Next(3) == 0 ? [.. r.AnyOf, shipped.Requirements[0].AnyOf[0]] : r.AnyOf,
                    })
                ),
            ],
            rates:
            [
                .. shipped
                    .Rates.DistinctBy(r => (r.Country, r.Days))
                    .SelectMany(r =>
                        Cut().Select(span => r with
                        {
                            From = span.From,
                            To = span.To,
                            Amount = r.Amount + random.Next(2),
                        })
                    ),
            ]
        );

        DateOnly Date() => First.AddDays(random.Next(1100));

        IReadOnlyList<int> Bands() =>
            [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(31, 120)).Distinct().Order()];

        Parameter<T> Versions<T>(Parameter<T> parameter, Func<T> other) =>
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

        // Two versions, one after the other, with a gap between them or without; or one without an end.
        IEnumerable<(DateOnly From, DateOnly? To)> Cut()
        {
            var (first, end) = (new DateOnly(2000, 1, 1), Date());
            return random.Next(3) switch
            {
                0 => [(first, null)],
                1 => [(first, end), (end.AddDays(1 + random.Next(2) * 40), null)],
                _ => [(first, end)],
            };
        }
    }
}
