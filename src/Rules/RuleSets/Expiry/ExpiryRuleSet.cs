using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Retirement;

namespace PlanningServices.Rules.RuleSets.Expiry;

/// <summary>Can the voucher still be redeemed? Subject: every voucher that exists.</summary>
internal static class ExpiryRuleSet
{
    /// <summary>A voucher with what was decided about it, for the conditions of later rule sets.</summary>
    public static readonly FactFields<VoucherLife> Vouchers = new FactFields<VoucherLife>("voucher")
        .With(FactFields.Voucher, l => l.Voucher)
        .With("retirement", l => l.Retirement.Outcome, "what retirement decided", "\"Allowed\"")
        .With("expiry", l => l.Outcome, "what expiry decided", "\"Active\"");

    private static readonly Vocabulary<VoucherLife> Vocabulary = new Vocabulary<VoucherLife>(l => l.Terms)
        .With(FactFields.Voucher, l => l.Voucher)
        .With(FactFields.Engagement, l => l.Retirement.Engagement)
        .With(FactFields.Agreement, l => l.Agreement)
        .With("retirement.outcome", l => l.Retirement.Outcome, "what retirement decided", "\"Allowed\"")
        .With("expiry.expires_on", l => l.ExpiresOn, "the last day of its life", "2021-05-01")
        .With("expiry.redeem_by", l => l.RedeemBy, "the last day to redeem it", "2021-05-01")
        .WithAll(
            "vouchers",
            FactFields.Voucher,
            "the customer's vouchers, this one too",
            l => l.Customer!.Facts.Vouchers
        );

    public static readonly DecisionTable<VoucherLife, ExpiryOutcome> Table = new(
        RuleSetName.Expiry,
        SubjectType.Voucher,
        otherwise: ExpiryOutcome.Active,
        values: life => new ExpiryValues(
            life.RedeemBy,
            life.Days,
            life.Outcome is ExpiryOutcome.ExpiringSoon ? life.WarningBand : null
        ),
        basis: life =>
            [
                Evidence.Of(life.Terms.Anchor),
                Evidence.Of($"voucher.{life.AnchorEvent}_on", life.Anchor),
                Evidence.Of(life.LifeDays),
                Evidence.Of("expires_on", life.ExpiresOn),
                Evidence.Of(life.Terms.LastRedemptionOn),
                Evidence.Of("redeem_by", life.RedeemBy),
                Evidence.Of("valid redemption", life.ValidlyRedeemedOn),
                Evidence.Of("agreement.ends_on", life.Agreement.EndsOn),
                Evidence.Of(life.Terms.DaysRemovedOn),
            ],
        Vocabulary,
        ExpiryOutcome.Expired,
        ExpiryOutcome.ExpiringSoon
    )
    {
        { "The voucher is Void or Cancelled.", l => l.Retirement.IsVoidOrCancelled, ExpiryOutcome.Closed },
        { "The voucher was redeemed in time.", l => l.ValidlyRedeemedOn != null, ExpiryOutcome.Closed },
        { "EXP-REDEEMED-LATE", ExpiryOutcome.Expired },
        { "EXP-PROGRAM-END", ExpiryOutcome.Expired },
        { "EXP-LIFE", ExpiryOutcome.Expired },
        { "EXP-SOON", ExpiryOutcome.ExpiringSoon },
    };

    /// <summary>What became of the days of an expired voucher. A late redemption changes nothing in this.</summary>
    public static readonly OutcomeTable<VoucherLife, DaysOutcome> Days = new(DaysOutcome.Lost)
    {
        {
            "The day after the last one, the agreement was active and remaining days were not removed yet.",
            l =>
                (l.Agreement.EndsOn == null || l.Agreement.EndsOn >= l.ExpiredOn)
                && l.ExpiredOn < l.Terms.DaysRemovedOn.Value,
            DaysOutcome.Returned
        },
    };

    /// <summary>How far the voucher has come.</summary>
    public static readonly OutcomeTable<VoucherLife, VoucherStatus> Status = new(VoucherStatus.Created)
    {
        {
            "The voucher is cancelled.",
            l => l.Retirement.Outcome == RetirementOutcome.Cancelled,
            VoucherStatus.Cancelled
        },
        { "The voucher is Void.", l => l.Retirement.Outcome == RetirementOutcome.Void, VoucherStatus.Void },
        { "It was redeemed in time.", l => l.Outcome == ExpiryOutcome.Closed, VoucherStatus.Redeemed },
        { "It expired.", l => l.Outcome == ExpiryOutcome.Expired, VoucherStatus.Expired },
        {
            "The engagement is completed.",
            l => l.Voucher.EngagementCompletedOn != null,
            VoucherStatus.Delivered
        },
        { "It is reserved.", l => l.Voucher.ReservedOn != null, VoucherStatus.Reserved },
        { "It is assigned.", l => l.Voucher.AssignedOn != null, VoucherStatus.Assigned },
    };

    /// <summary>Why the days of a voucher went where they did, if it is Expired, and why it has its status.</summary>
    public static IEnumerable<ConsequenceExplanation> ConsequencesOf(VoucherLife life)
    {
        if (life.Days is not null)
        {
            yield return Days.Explain("days", life);
        }

        yield return Status.Explain("status", life);
    }

    /// <summary>A case for each voucher, in their order.</summary>
    public static List<VoucherLife> CasesOf(
        IReadOnlyList<RetirementCase> retirements,
        IReadOnlyDictionary<string, Agreement> agreements
    ) => [.. retirements.Select(r => new VoucherLife(r, agreements[r.Voucher.AgreementId]))];
}
