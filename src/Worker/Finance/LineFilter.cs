namespace PlanningServices.Worker.Finance;

/// <summary>Which lines of a listing are wanted; what is absent excludes none.</summary>
internal sealed record LineFilter
{
    public string? Currency { get; init; }
    public string? Partner { get; init; }
    public string? Outcome { get; init; }
    public string? Band { get; init; }
    public string? Invoice { get; init; }

    /// <summary>The least amount asked for or paid.</summary>
    public decimal? AtLeast { get; init; }

    /// <summary>Whether all lines are wanted, so that they must add up to the control totals.</summary>
    public bool IsAll => this == new LineFilter();

    public bool Includes(RequestLine line) =>
        Includes(line.Currency, line.PartnerId, line.Outcome, line.InvoiceNumber, line.Amount)
        && Is(Band, line.Band);

    public bool Includes(PaymentLine line) =>
        Includes(line.Currency, line.PartnerId, line.Outcome, line.InvoiceNumber, line.Amount);

    private bool Includes(string currency, string? partner, string outcome, string invoice, decimal amount) =>
        Is(Currency, currency)
        && Is(Partner, partner)
        && Is(Outcome, outcome)
        && Is(Invoice, invoice)
        && (AtLeast is null || amount >= AtLeast);

    private static bool Is(string? wanted, string? value) =>
        wanted is null || string.Equals(wanted, value, StringComparison.Ordinal);
}
