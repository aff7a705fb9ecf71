namespace PlanningServices.Worker.Data;

/// <summary>A request that a payment is not for, whatever speaks for it: it is not suggested again.</summary>
internal sealed record RejectedSuggestion
{
    public required string PaymentId { get; init; }
    public required string RequestId { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Who said so, as they named themselves.</summary>
    public required string ByName { get; init; }

    /// <summary>The account that it was done with, as user@host or NAME@console.</summary>
    public required string ByAccount { get; init; }

    public required DateTimeOffset At { get; init; }
}
