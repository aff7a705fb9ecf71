using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Eligibility;
using PlanningServices.Rules.RuleSets.Expiry;

namespace PlanningServices.Rules.RuleSets.Payments;

/// <summary>
/// Is a payment request to be paid, and is payment requested for a redeemed voucher? Subjects: every payment request,
/// and every validly redeemed voucher that is neither Void nor Cancelled.
/// </summary>
internal static class PaymentRuleSet
{
    public static readonly DecisionTable<Submission, RequestOutcome> Requests = new(
        RuleSetName.Payment,
        SubjectType.PaymentRequest,
        otherwise: RequestOutcome.Approved,
        values: submission => new RequestValues(
            submission.Request.Currency,
            submission.Outcome is RequestOutcome.Approved ? submission.Approved : null
        ),
        basis: submission =>
            [
                Evidence.Of("valid redemption", submission.RedeemedOn),
                .. submission.WindowDays is { } window ? [Evidence.Of(window)] : Array.Empty<Evidence>(),
                Evidence.Of("last_day", submission.LastDay),
                submission.RateEvidence,
                Evidence.Of(submission.Terms.Tolerance),
                Evidence.Of("requesting partner", submission.Location.PartnerId),
                Evidence.Of("reserving partner", submission.ReservedUnder?.PartnerId),
                Evidence.Of("eligibility", submission.Eligibility),
            ]
    )
    {
        { "PAY-VOID", RequestOutcome.Rejected },
        { "PAY-NOT-REDEEMED", RequestOutcome.Rejected },
        { "PAY-WINDOW", RequestOutcome.Rejected },
        { "PAY-RESERVATION", RequestOutcome.Rejected },
        { "PAY-DELIVERABLES", RequestOutcome.Rejected },
        { "PAY-COUNTRY", RequestOutcome.Rejected },
        { "PAY-PARTNER", RequestOutcome.Rejected },
        { "PAY-INELIGIBLE", RequestOutcome.Rejected },
        { "PAY-DUPLICATE", RequestOutcome.Rejected },
        { "PAY-NO-RATE", RequestOutcome.Held },
        { "PAY-AMOUNT", RequestOutcome.Held },
    };

    public static readonly DecisionTable<Redemption, RedemptionOutcome> Redemptions = new(
        RuleSetName.Payment,
        SubjectType.Voucher,
        otherwise: RedemptionOutcome.AwaitingRequest,
        values: redemption => new RedemptionValues(redemption.LastDay),
        basis: redemption =>
            [
                Evidence.Of("valid redemption", redemption.RedeemedOn),
                Evidence.Of(redemption.WindowDays),
                Evidence.Of("last_day", redemption.LastDay),
                Evidence.Of("requested in time", redemption.RequestInTime is not null),
                Evidence.Of(redemption.Terms.ClosingWarningDays),
            ]
    )
    {
        { "Payment was requested in time.", r => r.RequestInTime != null, RedemptionOutcome.Requested },
        { "PAY-LAPSED", RedemptionOutcome.Lapsed },
        { "PAY-CLOSING", RedemptionOutcome.ClosingSoon },
    };

    private static readonly HashSet<string> Rejecting =
    [
        .. Requests.Where(r => r.Outcome is RequestOutcome.Rejected).Select(r => r.Code),
    ];

    /// <summary>Whether a finding with that code rejects a request.</summary>
    public static bool Rejects(string code) => Rejecting.Contains(code);

    /// <summary>A case for each payment request, in their order.</summary>
    /// <exception cref="UndecidableFactsException">A request or its voucher names a location that does not exist.</exception>
    public static List<Submission> CasesOf(
        CustomerFacts facts,
        IReadOnlyDictionary<string, VoucherLife> vouchers,
        IReadOnlyDictionary<string, Reservation> reservations,
        ReferenceView reference,
        PolicyTerms terms
    )
    {
        var requestsForVoucher = new Dictionary<string, List<Submission>>(StringComparer.Ordinal);
        var submissions = new List<Submission>(facts.Requests.Count);
        foreach (var request in facts.Requests)
        {
            if (!requestsForVoucher.TryGetValue(request.VoucherId, out var same))
            {
                requestsForVoucher.Add(request.VoucherId, same = []);
            }

            var life = vouchers.GetValueOrDefault(request.VoucherId);
            var submission = new Submission(
                request,
                LocationOf(request.LocationId),
                life,
                life?.Voucher.ReservedLocationId is { } reservedUnder ? LocationOf(reservedUnder) : null,
                reservations.GetValueOrDefault(request.VoucherId)?.Outcome,
                same,
                terms
            );
            same.Add(submission);
            submissions.Add(submission);

            PartnerLocation LocationOf(string locationId) =>
                reference.Location(locationId)
                ?? throw new UndecidableFactsException(
                    $"payment_request {request.RequestId}",
                    $"Payment request '{request.RequestId}' or its voucher '{request.VoucherId}' names location "
                        + $"'{locationId}', which does not exist. Import the location."
                );
        }

        foreach (var same in requestsForVoucher.Values)
        {
            same.Sort(InOrder);
        }

        return submissions;
    }

    /// <summary>A case for each voucher that is a subject, in their order.</summary>
    public static List<Redemption> CasesOf(
        IEnumerable<VoucherLife> vouchers,
        IEnumerable<Submission> submissions
    )
    {
        var requestsFor = submissions
            .Select(s => s.RequestsForVoucher)
            .DistinctBy(same => same[0].Request.VoucherId, StringComparer.Ordinal)
            .ToDictionary(same => same[0].Request.VoucherId, StringComparer.Ordinal);
        return
        [
            .. from life in vouchers
            where NotDecided(life) is null
            select new Redemption(
                life,
                life.ValidlyRedeemedOn!.Value,
                requestsFor.GetValueOrDefault(life.Voucher.VoucherId, [])
            ),
        ];
    }

    /// <summary>Why payment is not decided on a voucher; null where it is.</summary>
    public static string? NotDecided(VoucherLife life) =>
        life switch
        {
            { Retirement.IsVoidOrCancelled: true } => $"The voucher is {life.Retirement.Outcome}.",
            { ValidlyRedeemedOn: null } => "The voucher is not validly redeemed.",
            _ => null,
        };

    private static int InOrder(Submission one, Submission other) =>
        one.Request.SubmittedOn.CompareTo(other.Request.SubmittedOn) is not 0 and var byDate
            ? byDate
            : string.CompareOrdinal(one.Request.RequestId, other.Request.RequestId);
}
