using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Policies.Checking;

/// <summary>Notices rates that are never paid, and durations and dates without a rate.</summary>
internal sealed class RateCheck(PolicyPack pack, PackLines lines, Reach reach)
{
    private readonly DateOnly last = DateOnly.FromDayNumber((int)reach.LastRedemption);

    public IEnumerable<PolicyNotice> Notices() =>
        pack
            .Rates.Index()
            .SelectMany(r => Unused(r.Index, r.Item))
            .Concat(Ended())
            .Concat(Missing())
            .Concat(OtherCurrency());

    private IEnumerable<PolicyNotice> Unused(int at, Rate rate)
    {
        if (!pack.Engagements.Values.Any(e => e.Durations.Contains(rate.Days)))
        {
            yield return Notice(
                at,
                $"the rate for {rate.Country}, {rate.Days} days, is never paid, since no engagement takes {rate.Days} days."
            );
        }

        if (rate.From > last)
        {
            yield return Notice(
                at,
                $"the rate for {rate.Country}, {rate.Days} days, from {rate.From} is never used, since no redemption after {last} is valid."
            );
        }
    }

    private IEnumerable<PolicyNotice> Ended() =>
        pack
            .Rates.Index()
            .GroupBy(r => (r.Item.Country, r.Item.Days))
            .Select(versions => versions.MaxBy(v => v.Item.From))
            .Where(v => v.Item.To < last)
            .Select(v =>
                Notice(
                    v.Index,
                    $"the rate for {v.Item.Country}, {v.Item.Days} days, ends on {v.Item.To} and none follows, so PAY-NO-RATE is found on vouchers redeemed from {v.Item.To!.Value.AddDays(1)} to {last}."
                )
            );

    private IEnumerable<PolicyNotice> Missing() =>
        from country in pack.Rates.Index().GroupBy(r => r.Item.Country, StringComparer.Ordinal)
        from days in pack.Engagements.Values.SelectMany(e => e.Durations).Distinct().Order()
        where !country.Any(r => r.Item.Days == days)
        select Notice(
            country.First().Index,
            $"there is no rate for {country.Key}, {days} days, which {EngagementsOf(days)} may take."
        );

    private IEnumerable<PolicyNotice> OtherCurrency() =>
        pack
            .Rates.Index()
            .GroupBy(r => r.Item.Country, StringComparer.Ordinal)
            .SelectMany(country =>
                country
                    .OrderBy(r => r.Item.From)
                    .ThenBy(r => r.Index)
                    .Where(r => r.Item.Currency != country.First().Item.Currency)
                    .Take(1)
                    .Select(r =>
                        Notice(
                            r.Index,
                            $"the rate for {r.Item.Country}, {r.Item.Days} days, from {r.Item.From} is in {r.Item.Currency}; others for {r.Item.Country} are in {country.First().Item.Currency}."
                        )
                    )
            );

    private string EngagementsOf(int days)
    {
        var codes = pack
            .Engagements.Values.Where(e => e.Durations.Contains(days))
            .Select(e => e.Code)
            .ToList();
        return codes.Count <= 2
            ? string.Join(" and ", codes)
            : TextFormat.Of($"{codes[0]} and {codes.Count - 1} other engagements");
    }

    private PolicyNotice Notice(int at, FormattableString message) =>
        new(RatesFile.Path, lines.Rate(at), TextFormat.Of(message));
}
