using System.Text.Json.Serialization;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Worker.Data;

/// <summary>All that one chunk changes; committed together with its checkpoint, or not at all.</summary>
internal sealed record ChunkWrites
{
    public IReadOnlyList<DecisionChange> Changes { get; init; } = [];
    public IReadOnlyList<DaysBooking> Bookings { get; init; } = [];
    public IReadOnlyList<StatusChange> Statuses { get; init; } = [];
    public IReadOnlyList<QuarantinedCustomer> Quarantined { get; init; } = [];
    public IReadOnlyList<Review> Reviews { get; init; } = [];
}

/// <summary>What becomes of a current decision.</summary>
internal enum ChangeKind
{
    /// <summary>A subject is decided by the rule set that had no decision of it.</summary>
    Decided = 1,

    /// <summary>Outcome, codes or details differ from the stored ones.</summary>
    Changed = 2,

    /// <summary>The rule set no longer applies to the subject.</summary>
    Ended = 3,
}

/// <summary>A change of one current decision.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="CustomerId">
/// The customer of the subject; empty for a payment that names no request, the partner for a partner with an engagement.
/// </param>
/// <param name="Decision">The new decision; of one that ended, only its rule set and subject are used.</param>
internal readonly record struct DecisionChange(ChangeKind Kind, string CustomerId, Decision Decision)
{
    /// <summary>What the history says of it: of a decision that ended, nothing but its subject.</summary>
    public Decision HistoryDecision =>
        Kind == ChangeKind.Ended ? Decision with { Outcome = "", Findings = [], Values = null } : Decision;
}

/// <summary>Days given back by a voucher (more than 0), or the reversal of such a booking (less than 0).</summary>
internal readonly record struct DaysBooking(string AgreementId, string VoucherId, int Days);

/// <summary>The new status of a voucher.</summary>
internal readonly record struct StatusChange(string VoucherId, VoucherStatus Status);

/// <summary>From when on the decisions of a customer, or of a partner, may be others although no fact changes.</summary>
/// <param name="Phase"><see cref="RunPhase.Customers"/> or <see cref="RunPhase.Partners"/>: which of the two it is.</param>
/// <param name="CustomerId">The customer, or the partner.</param>
/// <param name="NextReview">The date; absent for never.</param>
internal readonly record struct Review(RunPhase Phase, string CustomerId, DateOnly? NextReview);

/// <summary>A customer or a partner that could not be decided, and why.</summary>
/// <param name="CustomerId">The customer, or the partner.</param>
/// <param name="Error">What went wrong, on which fact, and what to do.</param>
/// <param name="Fact">The fact to blame, such as <c>voucher V-00042</c>, if it is known.</param>
/// <param name="RuleCode">The finding code of the rule to blame, if one is.</param>
/// <param name="Parameter">The parameter to blame, if one is.</param>
/// <param name="SetAside">What its decisions that stay count for in the control totals, as JSON that the run understands.</param>
/// <param name="Phase"><see cref="RunPhase.Customers"/> or <see cref="RunPhase.Partners"/>: which of the two it is.</param>
internal readonly record struct QuarantinedCustomer(
    string CustomerId,
    string Error,
    string? Fact = null,
    string? RuleCode = null,
    string? Parameter = null,
    [property: JsonIgnore] string? SetAside = null,
    RunPhase Phase = RunPhase.Customers
)
{
    /// <summary>Who it is, in a few words.</summary>
    [JsonIgnore]
    public string Name => Phase == RunPhase.Partners ? $"partner {CustomerId}" : CustomerId;

    /// <summary>Customer or partner, as a word.</summary>
    [JsonIgnore]
    public string Kind => Phase == RunPhase.Partners ? "partner" : "customer";

    /// <summary>The rule, parameter or fact to blame, in a few words; empty where none is known.</summary>
    public string Blame =>
        RuleCode is { } code ? $"rule {code}"
        : Parameter is { } parameter ? $"parameter {parameter}"
        : Fact ?? "";
}
