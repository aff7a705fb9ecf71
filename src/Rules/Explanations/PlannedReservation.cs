using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Eligibility;
using PlanningServices.Rules.RuleSets.Expiry;
using PlanningServices.Rules.RuleSets.Retirement;

namespace PlanningServices.Rules.Explanations;

/// <summary>A reservation that a partner asks for.</summary>
/// <param name="VoucherId">The voucher; it is among the customer's, and created by the day it is reserved.</param>
/// <param name="LocationId">The location it would be reserved under.</param>
/// <param name="ConsultantId">The consultant who would deliver; absent for the one that the voucher names.</param>
/// <param name="ReservedOn">The day it would be reserved, which is the business date.</param>
/// <param name="StartsOn">The day delivery is planned to start; absent where that is not planned yet.</param>
public sealed record PlannedReservation(
    string VoucherId,
    string LocationId,
    string? ConsultantId,
    DateOnly ReservedOn,
    DateOnly? StartsOn
)
{
    /// <summary>The findings on a payment request that a reservation can cause; the others are about what comes later.</summary>
    private static readonly string[] OfReservation =
    [
        "PAY-RESERVATION",
        "PAY-COUNTRY",
        "PAY-PARTNER",
        "PAY-INELIGIBLE",
    ];

    /// <summary>What would be decided.</summary>
    /// <param name="customer">The customer's facts as they are.</param>
    /// <param name="open">Opens a session that decides as of a business date.</param>
    /// <exception cref="UndecidableFactsException">As for deciding.</exception>
    /// <exception cref="PolicyNotInForceException">As for deciding.</exception>
    public ReservationAnswer Check(CustomerFacts customer, Func<DateOnly, DecisionSession> open)
    {
        var voucher = customer.Vouchers.Single(v => v.VoucherId == VoucherId).AsOf(ReservedOn);
        var reserved = voucher with
        {
            ReservedOn = ReservedOn,
            ReservedLocationId = LocationId,
            ConsultantId = ConsultantId ?? voucher.ConsultantId,
        };
        var decided = Decide(With(customer, reserved), open(ReservedOn));
        var lastDay = StartsOn > ReservedOn ? StartsOn.Value : ReservedOn;
        var started = reserved with { EngagementStartedOn = StartsOn ?? voucher.EngagementStartedOn };
        var session = open(lastDay);
        var delivered = StartsOn is null ? null : Decide(With(customer, started), session);
        return new(
            [.. Obstacles(voucher, decided)],
            decided,
            delivered,
            [.. Payment(With(customer, started), session, lastDay)]
        );
    }

    /// <summary>What stands against a reservation before it is asked who would deliver.</summary>
    private IEnumerable<string> Obstacles(Voucher voucher, VoucherDecisions decided)
    {
        if (voucher.ReservedOn is { } since)
        {
            yield return TextFormat.Of(
                $"Voucher {VoucherId} is reserved already, since {since} under location {voucher.ReservedLocationId}."
            );
        }

        if (voucher.AssignedOn is null)
        {
            yield return TextFormat.Of($"Voucher {VoucherId} is not assigned on {ReservedOn}.");
        }

        if (decided.Is(RetirementOutcome.Cancelled))
        {
            yield return TextFormat.Of($"Voucher {VoucherId} was cancelled on {voucher.CancelledOn}.");
        }
        else if (decided.Is(RetirementOutcome.Void))
        {
            yield return $"Voucher {VoucherId} is Void. {Sentences(decided.Retirement)}";
        }
        else if (decided.Is(ExpiryOutcome.Expired))
        {
            yield return $"Voucher {VoucherId} is Expired. {Sentences(decided.Expiry)}";
        }
        else if (voucher.RedeemedOn is { } redeemed)
        {
            yield return TextFormat.Of($"Voucher {VoucherId} was redeemed on {redeemed}.");
        }
    }

    private static string Sentences(Decision decision) =>
        string.Join(' ', decision.Findings.Select(f => f.Sentence));

    private VoucherDecisions Decide(CustomerFacts customer, DecisionSession session)
    {
        var decisions = session
            .Decide(customer)
            .Decisions.Where(d => d.Subject is SubjectType.Voucher && d.SubjectId == VoucherId)
            .ToLookup(d => d.RuleSet);
        return new(
            decisions[RuleSetName.Retirement].Single(),
            decisions[RuleSetName.Expiry].Single(),
            decisions[RuleSetName.Eligibility].SingleOrDefault()
        );
    }

    /// <summary>What would be found on a payment request of the same location, as far as the reservation is the cause.</summary>
    private IEnumerable<Finding> Payment(CustomerFacts customer, DecisionSession session, DateOnly on)
    {
        // No request has an empty id, so this one is no other's.
        var request = new PaymentRequest("", VoucherId, LocationId, on, Amount: 0m, "", InvoiceNumber: "");
        return session
            .Decide(customer with { Requests = [request, .. customer.Requests] })
            .Decisions.Single(d =>
                d.RuleSet == RuleSetName.Payment
                && d.Subject == SubjectType.PaymentRequest
                && d.SubjectId.Length == 0
            )
            .Findings.Where(f => OfReservation.Contains(f.Code, StringComparer.Ordinal));
    }

    private CustomerFacts With(CustomerFacts customer, Voucher changed) =>
        customer with
        {
            Vouchers = [.. customer.Vouchers.Select(v => v.VoucherId == VoucherId ? changed : v)],
        };
}

/// <summary>What would be decided if a voucher were reserved.</summary>
/// <param name="Obstacles">Why the voucher cannot be reserved, whoever asks; a sentence each.</param>
/// <param name="Reserved">The decisions on the day of the reservation.</param>
/// <param name="Started">The decisions on the day delivery is planned to start; absent where none is planned.</param>
/// <param name="Payment">What would be found on a payment request of the same location because of the reservation.</param>
public sealed record ReservationAnswer(
    IReadOnlyList<string> Obstacles,
    VoucherDecisions Reserved,
    VoucherDecisions? Started,
    IReadOnlyList<Finding> Payment
)
{
    /// <summary>Whether it can be reserved so: nothing stands against it, now or on the day delivery starts.</summary>
    public bool IsYes =>
        Obstacles.Count == 0
        && Reserved.IsEligible
        && Started is null or { IsEligible: true }
        && Payment.Count == 0;

    /// <summary>The last day to redeem the voucher.</summary>
    public DateOnly RedeemBy => ((ExpiryValues)Reserved.Expiry.Values!).RedeemBy;
}

/// <summary>The decisions on a reserved voucher.</summary>
/// <param name="Retirement">Whether it counts.</param>
/// <param name="Expiry">Whether it can be redeemed.</param>
/// <param name="Eligibility">Whether the partner may deliver it; absent where the voucher counts for nothing or is expired.</param>
public sealed record VoucherDecisions(Decision Retirement, Decision Expiry, Decision? Eligibility)
{
    /// <summary>Whether the voucher counts and the partner may deliver it.</summary>
    public bool IsEligible => Eligibility?.Outcome == nameof(EligibilityOutcome.Eligible);

    internal bool Is(RetirementOutcome outcome) => Retirement.Outcome == outcome.ToString();

    internal bool Is(ExpiryOutcome outcome) => Expiry.Outcome == outcome.ToString();
}
