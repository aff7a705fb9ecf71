namespace PlanningServices.Worker.Data;

/// <summary>How many facts exist on a business date.</summary>
internal sealed record FactCounts
{
    public long Agreements { get; init; }
    public long Vouchers { get; init; }
    public long Requests { get; init; }
    public long Payments { get; init; }

    public static FactCounts Read(DatabaseConnection connection, DateOnly date) =>
        connection.First<FactCounts>("fact_counts", new { date })!;
}
