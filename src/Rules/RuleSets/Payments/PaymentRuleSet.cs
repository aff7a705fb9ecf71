using PlanningServices.Rules.Conditions;
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
    private static readonly Vocabulary<Submission> OfRequests = new Vocabulary<Submission>(s => s.Terms)
        .With(FactFields.Request, s => s.Request)
        .With(FactFields.Voucher, s => s.Voucher)
        .With(FactFields.Engagement, s => s.Engagement)
        .With(FactFields.Agreement, s => s.Agreement)
        .With(FactFields.Location, s => s.Location)
        .With(FactFields.Location, "reserved_location", s => s.ReservedUnder)
        .With(FactFields.Rate, s => s.Rate)
        .With(
            "retirement.outcome",
            s => s.Retirement,
            "what retirement decided on the voucher",
            "\"Allowed\""
        )
        .With("expiry.outcome", s => s.Expiry, "what expiry decided on the voucher", "\"Closed\"")
        .With(
            "eligibility.outcome",
            s => s.Eligibility,
            "what eligibility decided on the voucher; absent where it did not",
            "\"Eligible\""
        )
        .With("payment.redeemed_on", s => s.RedeemedOn, "the day of a valid redemption", "2020-11-30")
        .With(
            "payment.last_day",
            s => s.LastDay,
            "the last day to ask for payment; absent unless validly redeemed",
            "2021-01-29"
        )
        .WithAll(
            "vouchers",
            ExpiryRuleSet.Vouchers,
            "the customer's vouchers, that of this request too",
            s => s.Customer!.All<VoucherLife>()
        )
        .WithAll(
            "payment_requests",
            FactFields.Request,
            "the customer's payment requests, this one too",
            s => s.Customer!.Facts.Requests
        )
        .WithAll(
            "partner_competencies",
            FactFields.Competency,
            "the competencies of the requesting partner",
            s => s.Customer!.Reference.Partner(s.Location.PartnerId, s.Terms.BusinessDate).Competencies
        )
        .WithAll(
            "enrollments",
            FactFields.Enrollment,
            "the enrolments of the requesting partner",
            s => s.Customer!.Reference.Partner(s.Location.PartnerId, s.Terms.BusinessDate).Enrollments
        );

    private static readonly Vocabulary<Redemption> OfRedemptions = new Vocabulary<Redemption>(r => r.Terms)
        .With(FactFields.Voucher, r => r.Life.Voucher)
        .With(FactFields.Engagement, r => r.Life.Retirement.Engagement)
        .With(FactFields.Agreement, r => r.Life.Agreement)
        .With("retirement.outcome", r => r.Life.Retirement.Outcome, "what retirement decided", "\"Allowed\"")
        .With("payment.last_day", r => r.LastDay, "the last day to ask for payment", "2021-01-29")
        .WithAll(
            "vouchers",
            ExpiryRuleSet.Vouchers,
            "the customer's vouchers, this one too",
            r => r.Customer!.All<VoucherLife>()
        )
        .WithAll(
            "payment_requests",
            FactFields.Request,
            "the customer's payment requests",
            r => r.Customer!.Facts.Requests
        );

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
            ],
        OfRequests,
        RequestOutcome.Rejected,
        RequestOutcome.Held
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
            ],
        OfRedemptions,
        RedemptionOutcome.Lapsed,
        RedemptionOutcome.ClosingSoon
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
    public static bool Rejects(string code, PolicyTerms terms) =>
        Rejecting.Contains(code) || terms.LeadsTo(code, nameof(RequestOutcome.Rejected));

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
