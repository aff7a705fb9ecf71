namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Reads <c>rates.csv</c>: what the programme pays for a country and a number of days, when.</summary>
internal static class RatesFile
{
    public const string Path = "rates.csv";
    public static readonly string[] Columns = ["country", "days", "amount", "currency", "from", "to"];

    /// <summary>The rates whose country, days and dates could be read.</summary>
    public static IReadOnlyList<Rate> Read(string text, FileFaults faults)
    {
        var rates = CsvFile
            .Read(text, Columns, faults)
            .Select(row => (Rate: Rate(row, faults), row.Line))
            .ToList();
        foreach (
            var versions in rates.Where(r => IsPlaced(r.Rate)).GroupBy(r => (r.Rate.Country, r.Rate.Days))
        )
        {
            Spans.Check(
                FormattableString.Invariant(
                    $"the rate for {versions.Key.Country}, {versions.Key.Days} days,"
                ),
                versions.Select(v => new Span(v.Rate.From, v.Rate.To, v.Line)),
                faults
            );
        }

        return [.. rates.Select(r => r.Rate)];
    }

    private static Rate Rate(MapNode row, FileFaults faults)
    {
        var section = new Section(row, "rate", faults);
        return new Rate(
            section.Required("country", Kinds.Country),
            section.Required("days", Kinds.Days),
            section.Required("amount", Kinds.Amount),
            section.Required("currency", Kinds.Currency),
            section.Required("from", Kinds.Date),
            section.OptionalValue("to", Kinds.Date)
        );
    }

    private static bool IsPlaced(Rate rate) =>
        rate.Country is not null && rate.Days > 0 && rate.From != default;
}
