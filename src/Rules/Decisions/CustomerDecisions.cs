namespace PlanningServices.Rules.Decisions;

/// <summary>All that was decided for one customer, and what follows from it.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Decisions">The decisions of all rule sets, in the order of the rule sets, then of subject ids.</param>
/// <param name="Effects">What the decisions do to each voucher that exists as of the business date.</param>
/// <param name="NextReview">
/// The first date after the business date on which something of this can change although no fact does; absent where
/// nothing can. On each date before it the same is decided from the same facts under the same pack.
/// </param>
public sealed record CustomerDecisions(
    string CustomerId,
    IReadOnlyList<Decision> Decisions,
    IReadOnlyList<VoucherEffect> Effects,
    DateOnly? NextReview
);

/// <summary>All that was decided for one partner.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="Decisions">The decisions, in the order of subject ids.</param>
/// <param name="NextReview">As that of <see cref="CustomerDecisions"/>.</param>
public sealed record PartnerDecisions(
    string PartnerId,
    IReadOnlyList<Decision> Decisions,
    DateOnly? NextReview
);

/// <summary>What the decisions do to one voucher.</summary>
/// <param name="VoucherId">The voucher.</param>
/// <param name="AgreementId">The agreement whose days it draws.</param>
/// <param name="Status">The status its row gets.</param>
/// <param name="DaysReturned">Days that go back to the agreement: the voucher's days if they were returned, else 0.</param>
public sealed record VoucherEffect(
    string VoucherId,
    string AgreementId,
    VoucherStatus Status,
    int DaysReturned
);

/// <summary>How far a voucher has come.</summary>
public enum VoucherStatus
{
    /// <summary>Created, nothing more.</summary>
    Created,

    /// <summary>Assigned to a project manager.</summary>
    Assigned,

    /// <summary>Reserved by a partner.</summary>
    Reserved,

    /// <summary>The engagement is completed.</summary>
    Delivered,

    /// <summary>Ran out before it was validly redeemed.</summary>
    Expired,

    /// <summary>Validly redeemed.</summary>
    Redeemed,

    /// <summary>Not allowed under the programme's retirement.</summary>
    Void,

    /// <summary>Cancelled.</summary>
    Cancelled,
}
