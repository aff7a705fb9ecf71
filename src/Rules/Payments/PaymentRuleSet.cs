using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Payments;

/// <summary>
/// Is a payment request to be paid, and is payment asked for a redeemed voucher? Subjects: every payment request,
/// and every validly redeemed voucher that is neither Void nor Cancelled.
/// </summary>
internal sealed class PaymentRuleSet(RuleSession session, PolicyTerms terms, ReferenceData reference)
{
    public static readonly FindingTable<RequestOutcome> Requests = new(
        ("PAY-VOID", RequestOutcome.Rejected),
        ("PAY-NOT-REDEEMED", RequestOutcome.Rejected),
        ("PAY-WINDOW", RequestOutcome.Rejected),
        ("PAY-RESERVATION", RequestOutcome.Rejected),
        ("PAY-DELIVERABLES", RequestOutcome.Rejected),
        ("PAY-COUNTRY", RequestOutcome.Rejected),
        ("PAY-PARTNER", RequestOutcome.Rejected),
        ("PAY-INELIGIBLE", RequestOutcome.Rejected),
        ("PAY-DUPLICATE", RequestOutcome.Rejected),
        ("PAY-NO-RATE", RequestOutcome.Held),
        ("PAY-AMOUNT", RequestOutcome.Held)
    );

    public static readonly FindingTable<RedemptionOutcome> Redemptions = new(
        ("PAY-LAPSED", RedemptionOutcome.Lapsed),
        ("PAY-CLOSING", RedemptionOutcome.ClosingSoon)
    );

    public void Decide(Chunk chunk)
    {
        session.Clear();
        InsertRequests(chunk);
        InsertRedemptions(chunk);
        InsertAcceptable(chunk, session.Fire());
        var found = session.Fire();
        foreach (var request in chunk.Requests)
        {
            Decide(request, found);
        }

        foreach (var voucher in chunk.Vouchers)
        {
            Decide(voucher, found);
        }
    }

    public RuleSetExplanation Explain(DecidedRequest request)
    {
        var decision = request.DecisionOf(RuleSetName.Payment)!;
        var asked = request.RequestCase!;
        return new(
            RuleSetName.Payment,
            decision,
            NotDecided: "",
            [
                Evidence.Of("valid redemption", asked.RedeemedOn),
                .. asked.WindowDays is { } window ? [Evidence.Of(window)] : Array.Empty<Evidence>(),
                Evidence.Of("last_day", asked.LastDay),
                asked.RateEvidence,
                Evidence.Of(asked.Tolerance),
                Evidence.Of("requesting partner", asked.PartnerId),
                Evidence.Of("reserving partner", asked.ReservingPartnerId),
                Evidence.Of("eligibility", asked.Eligibility),
            ],
            session.Explain(Requests.Codes, decision, asked)
        );
    }

    public RuleSetExplanation Explain(DecidedVoucher voucher)
    {
        if (voucher.RedemptionCase is not { } redemption)
        {
            return new(
                RuleSetName.Payment,
                Decision: null,
                voucher.IsStopped
                    ? $"The voucher is {voucher.Retirement}."
                    : "The voucher is not validly redeemed.",
                [],
                []
            );
        }

        var decision = voucher.DecisionOf(RuleSetName.Payment)!;
        return new(
            RuleSetName.Payment,
            decision,
            NotDecided: "",
            [
                Evidence.Of("valid redemption", redemption.RedeemedOn),
                Evidence.Of(redemption.WindowDays),
                Evidence.Of("last_day", redemption.LastDay),
                Evidence.Of("requested in time", redemption.IsRequested),
                Evidence.Of(redemption.ClosingWarningDays),
            ],
            session.Explain(Redemptions.Codes, decision, redemption)
        );
    }

    private void InsertRequests(Chunk chunk)
    {
        foreach (var request in chunk.Requests)
        {
            var reservedUnder = request.Voucher?.Voucher.ReservedLocationId;
            request.RequestCase = new(request, LocationOf(request.Request.LocationId, request), terms)
            {
                ReservingPartnerId = reservedUnder is null
                    ? null
                    : LocationOf(reservedUnder, request).PartnerId,
            };
            session.Insert(request.RequestCase);
        }
    }

    private void InsertRedemptions(Chunk chunk)
    {
        foreach (var voucher in chunk.Vouchers)
        {
            if (voucher is { IsStopped: false, ValidlyRedeemedOn: { } redeemedOn })
            {
                voucher.RedemptionCase = new(voucher, redeemedOn, terms);
                session.Insert(voucher.RedemptionCase);
            }
        }
    }

    /// <summary>
    /// Whether a request is a duplicate depends on what was found about the others, so the rule for it gets its
    /// facts when all others have fired.
    /// </summary>
    private void InsertAcceptable(Chunk chunk, Findings found)
    {
        foreach (var request in chunk.Requests)
        {
            if (
                request.Voucher?.Requests.Count > 1
                && OutcomeOf(request, found) is not RequestOutcome.Rejected
            )
            {
                session.Insert(new AcceptableRequest(request.Request));
            }
        }
    }

    private static void Decide(DecidedRequest request, Findings found)
    {
        var findings = Requests.FindingsOn(request.RequestId, found);
        request.Outcome = Requests.OutcomeOf(findings, RequestOutcome.Approved);
        request.Approved =
            request.Outcome is RequestOutcome.Approved ? request.RequestCase!.Rate!.Amount : 0m;
        request.Customer.Add(
            new Decision(
                RuleSetName.Payment,
                SubjectType.PaymentRequest,
                request.RequestId,
                Outcome<RequestOutcome>.Text(request.Outcome),
                findings,
                request.Outcome is RequestOutcome.Approved ? "approved=" + Written.Of(request.Approved) : ""
            )
        );
    }

    private static void Decide(DecidedVoucher voucher, Findings found)
    {
        if (voucher.RedemptionCase is not { } redemption)
        {
            return;
        }

        var findings = Redemptions.FindingsOn(voucher.VoucherId, found);
        var outcome = Redemptions.OutcomeOf(
            findings,
            redemption.IsRequested ? RedemptionOutcome.Requested : RedemptionOutcome.AwaitingRequest
        );
        voucher.Customer.Add(
            new Decision(
                RuleSetName.Payment,
                SubjectType.Voucher,
                voucher.VoucherId,
                Outcome<RedemptionOutcome>.Text(outcome),
                findings,
                "last_day=" + Written.Of(redemption.LastDay)
            )
        );
    }

    private static RequestOutcome OutcomeOf(DecidedRequest request, Findings found) =>
        Requests.OutcomeOf(Requests.FindingsOn(request.RequestId, found), RequestOutcome.Approved);

    private PartnerLocation LocationOf(string locationId, DecidedRequest request) =>
        reference.Location(locationId)
        ?? throw new UndecidableFactsException(
            $"Payment request '{request.RequestId}' or its voucher '{request.Request.VoucherId}' names location "
                + $"'{locationId}', which does not exist. Import the location."
        );
}
