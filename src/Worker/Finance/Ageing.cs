namespace PlanningServices.Worker.Finance;

/// <summary>What is due of a currency, by how long it is: of all partners, or of one.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="PartnerId">The partner; absent for all.</param>
/// <param name="PartnerName">Its name.</param>
/// <param name="Requests">How many requests something is due for.</param>
/// <param name="Bands">What is due in each band of the night, in their order; without what is set aside.</param>
/// <param name="SetAside">The same of customers that were set aside, of all bands.</param>
internal sealed record AgeingLine(
    string Currency,
    string? PartnerId,
    string? PartnerName,
    long Requests,
    IReadOnlyList<decimal> Bands,
    decimal SetAside
)
{
    /// <summary>The sum of the bands: still due + partly unpaid of the control totals.</summary>
    public decimal Due => Bands.Sum();
}

/// <summary>Adds up what is due by currency and band, and by partner.</summary>
internal sealed class Ageing(FinanceNight night)
{
    private readonly Dictionary<(string Currency, string? Partner), Sum> sums = [];

    public void Add(RequestLine line)
    {
        if (line.Band is { } band)
        {
            Add((line.Currency, null), null, line, band);
            Add((line.Currency, line.PartnerId), line.PartnerName, line, band);
        }
    }

    /// <summary>A line for each currency, in ordinal order.</summary>
    public IReadOnlyList<AgeingLine> ByCurrency => [.. Lines.Where(l => l.PartnerId is null)];

    /// <summary>A line for each currency and partner, in ordinal order.</summary>
    public IReadOnlyList<AgeingLine> ByPartner => [.. Lines.Where(l => l.PartnerId is not null)];

    private IEnumerable<AgeingLine> Lines =>
        sums.OrderBy(s => s.Key.Currency, StringComparer.Ordinal)
            .ThenBy(s => s.Key.Partner, StringComparer.Ordinal)
            .Select(s => new AgeingLine(
                s.Key.Currency,
                s.Key.Partner,
                s.Value.Name,
                s.Value.Requests,
                s.Value.Bands,
                s.Value.SetAside
            ));

    private void Add((string Currency, string? Partner) key, string? name, RequestLine line, string band)
    {
        if (!sums.TryGetValue(key, out var sum))
        {
            sums.Add(key, sum = new(name, new decimal[night.Bands.Count]));
        }

        sum.Requests++;
        if (line.IsSetAside)
        {
            sum.SetAside += line.Due;
        }
        else
        {
            sum.Bands[night.Bands.IndexOf(band)] += line.Due;
        }
    }

    private sealed class Sum(string? name, decimal[] bands)
    {
        public string? Name { get; } = name;
        public decimal[] Bands { get; } = bands;
        public long Requests { get; set; }
        public decimal SetAside { get; set; }
    }
}
