namespace PlanningServices.Worker.Finance;

/// <summary>
/// Finds two to four open requests of one partner, in one currency, that add up to an amount. Requests of the same amount are
/// alike, and the sums of all pairs are kept, so that four are found as a pair and a pair.
/// </summary>
internal sealed class Combinations
{
    // More different ones make the answer no clearer.
    private const int MostFound = 3;

    private readonly List<Amount> amounts;
    private readonly Lazy<Dictionary<decimal, List<(int Low, int High)>>> pairs;

    public Combinations(string partnerId, IEnumerable<OpenRequest> requests)
    {
        PartnerId = partnerId;
        amounts =
        [
            .. requests
                .OrderBy(r => r.SubmittedOn)
                .ThenBy(r => r.RequestId, StringComparer.Ordinal)
                .GroupBy(r => r.Due)
                .Take(Matcher.MostAmounts)
                .Select(g => new Amount(g.Key, [.. g])),
        ];
        pairs = new(Pairs);
    }

    public string PartnerId { get; }

    /// <summary>The combinations with different amounts that add up to a sum, three at most.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="by">The last day on which they may be submitted.</param>
    /// <param name="isPreferred">Which of requests of the same amount come first; else the oldest do.</param>
    /// <returns>Of each the requests, and in how many ways others of the same amounts can take their places.</returns>
    public IEnumerable<(IReadOnlyList<OpenRequest> Requests, decimal Ways)> Of(
        decimal sum,
        DateOnly by,
        Func<OpenRequest, bool> isPreferred
    ) => Found(sum).Where(f => IsThere(f, by)).Take(MostFound).Select(f => Chosen(f, by, isPreferred));

    /// <summary>The places of the amounts, in ascending order, so that each combination comes up once.</summary>
    private IEnumerable<int[]> Found(decimal sum)
    {
        foreach (var (low, high) in With(sum))
        {
            yield return [low, high];
        }

        for (var third = 0; third < amounts.Count; third++)
        {
            foreach (var (low, high) in With(sum - amounts[third].Due).Where(p => p.High <= third))
            {
                yield return [low, high, third];
            }
        }

        for (var third = 0; third < amounts.Count; third++)
        {
            for (var fourth = third; fourth < amounts.Count; fourth++)
            {
                var rest = sum - amounts[third].Due - amounts[fourth].Due;
                foreach (var (low, high) in With(rest).Where(p => p.High <= third))
                {
                    yield return [low, high, third, fourth];
                }
            }
        }
    }

    private List<(int Low, int High)> With(decimal sum) =>
        sum > 0 && pairs.Value.TryGetValue(sum, out var found) ? found : [];

    private Dictionary<decimal, List<(int, int)>> Pairs()
    {
        var sums = new Dictionary<decimal, List<(int, int)>>();
        for (var low = 0; low < amounts.Count; low++)
        {
            for (var high = low; high < amounts.Count; high++)
            {
                var sum = amounts[low].Due + amounts[high].Due;
                if (!sums.TryGetValue(sum, out var found))
                {
                    sums.Add(sum, found = []);
                }

                found.Add((low, high));
            }
        }

        return sums;
    }

    /// <summary>Whether there are as many requests of each amount.</summary>
    private bool IsThere(int[] places, DateOnly by) =>
        places.CountBy(p => p).All(p => p.Value <= amounts[p.Key].SubmittedBy(by).Count());

    private (IReadOnlyList<OpenRequest>, decimal) Chosen(
        int[] places,
        DateOnly by,
        Func<OpenRequest, bool> isPreferred
    )
    {
        var chosen = new List<OpenRequest>();
        var ways = 1m;
        foreach (var (place, count) in places.CountBy(p => p))
        {
            var requests = amounts[place].SubmittedBy(by).ToList();
            var preferred = requests.Count(isPreferred);
            var first = Math.Min(count, preferred);
            chosen.AddRange(requests.OrderByDescending(isPreferred).Take(count));
            ways *= Ways(preferred, first) * Ways(requests.Count - preferred, count - first);
        }

        return (chosen, ways);
    }

    /// <summary>In how many ways some, four at most, are chosen from so many.</summary>
    private static decimal Ways(int from, int some)
    {
        var ways = 1m;
        for (var i = 1; i <= some; i++)
        {
            ways = ways * (from - some + i) / i;
        }

        return ways;
    }

    /// <summary>Requests of one amount.</summary>
    /// <param name="Due">What is due for each.</param>
    /// <param name="Requests">The requests, the oldest first.</param>
    private sealed record Amount(decimal Due, IReadOnlyList<OpenRequest> Requests)
    {
        public IEnumerable<OpenRequest> SubmittedBy(DateOnly day) =>
            Requests.TakeWhile(r => r.SubmittedOn <= day);
    }
}
