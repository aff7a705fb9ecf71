using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Explanations;

namespace PlanningServices.Rules.Expiry;

/// <summary>Can the voucher still be redeemed? Subject: every voucher that exists.</summary>
internal sealed class ExpiryRuleSet(RuleSession session, PolicyTerms terms)
{
    public static readonly FindingTable<ExpiryOutcome> Table = new(
        ("EXP-REDEEMED-LATE", ExpiryOutcome.Expired),
        ("EXP-PROGRAM-END", ExpiryOutcome.Expired),
        ("EXP-LIFE", ExpiryOutcome.Expired),
        ("EXP-SOON", ExpiryOutcome.ExpiringSoon)
    );

    public void Decide(Chunk chunk)
    {
        session.Clear();
        foreach (var voucher in chunk.Vouchers)
        {
            voucher.ExpiryCase = new(voucher, terms);
            session.Insert(voucher.ExpiryCase);
        }

        var found = session.Fire();
        foreach (var voucher in chunk.Vouchers)
        {
            var life = voucher.ExpiryCase!;
            var isSettled = life.IsStopped || life.ValidlyRedeemedOn is not null;
            var findings = isSettled ? [] : Table.FindingsOn(voucher.VoucherId, found);
            voucher.Expiry = isSettled
                ? ExpiryOutcome.Closed
                : Table.OutcomeOf(findings, ExpiryOutcome.Active);
            voucher.DaysReturned =
                voucher.Expiry is ExpiryOutcome.Expired && AreDaysReturned(voucher)
                    ? voucher.Voucher.Days
                    : 0;
            voucher.Customer.Add(
                new Decision(
                    RuleSetName.Expiry,
                    SubjectType.Voucher,
                    voucher.VoucherId,
                    Outcome<ExpiryOutcome>.Text(voucher.Expiry),
                    findings,
                    DetailsOf(voucher)
                )
            );
            voucher.Customer.Effects.Add(
                new(voucher.VoucherId, voucher.Agreement.AgreementId, StatusOf(voucher), voucher.DaysReturned)
            );
        }
    }

    public RuleSetExplanation Explain(DecidedVoucher voucher)
    {
        var decision = voucher.DecisionOf(RuleSetName.Expiry)!;
        var life = voucher.ExpiryCase!;
        return new(
            RuleSetName.Expiry,
            decision,
            NotDecided: "",
            [
                Evidence.Of(life.AnchorPolicy),
                Evidence.Of($"voucher.{life.AnchorEvent}_on", life.Anchor),
                Evidence.Of(life.LifeDays),
                Evidence.Of("expires_on", life.ExpiresOn),
                Evidence.Of(life.LastRedemptionOn),
                Evidence.Of("redeem_by", life.RedeemBy),
                Evidence.Of("valid redemption", life.ValidlyRedeemedOn),
                Evidence.Of("agreement.ends_on", voucher.Agreement.Agreement.EndsOn),
                Evidence.Of(terms.DaysRemovedOn),
            ],
            session.Explain(Table.Codes, decision, life)
        );
    }

    /// <summary>
    /// Days come back if, the day after the last one, the agreement was still active and the remaining days were
    /// not removed yet. A late redemption changes nothing in this.
    /// </summary>
    private bool AreDaysReturned(DecidedVoucher voucher)
    {
        var expiredOn = voucher.ExpiryCase!.RedeemBy.AddDays(1);
        var endsOn = voucher.Agreement.Agreement.EndsOn;
        return (endsOn is null || endsOn >= expiredOn) && expiredOn < terms.DaysRemovedOn.Value;
    }

    private static string DetailsOf(DecidedVoucher voucher)
    {
        var redeemBy = "redeem_by=" + Written.Of(voucher.ExpiryCase!.RedeemBy);
        return voucher.Expiry switch
        {
            ExpiryOutcome.Expired => redeemBy + (voucher.DaysReturned > 0 ? ";days=Returned" : ";days=Lost"),
            ExpiryOutcome.ExpiringSoon => redeemBy
                + (voucher.ExpiryCase.WarningBand is { } band ? ";band=" + Written.Of(band) : ""),
            ExpiryOutcome.Active or ExpiryOutcome.Closed => redeemBy,
        };
    }

    private static VoucherStatus StatusOf(DecidedVoucher decided) =>
        (decided.Retirement, decided.Expiry, decided.Voucher) switch
        {
            (Retirement.RetirementOutcome.Cancelled, _, _) => VoucherStatus.Cancelled,
            (Retirement.RetirementOutcome.Void, _, _) => VoucherStatus.Void,
            (_, ExpiryOutcome.Closed, _) => VoucherStatus.Redeemed,
            (_, ExpiryOutcome.Expired, _) => VoucherStatus.Expired,
            (_, _, { EngagementCompletedOn: not null }) => VoucherStatus.Delivered,
            (_, _, { ReservedOn: not null }) => VoucherStatus.Reserved,
            (_, _, { AssignedOn: not null }) => VoucherStatus.Assigned,
            (_, _, _) => VoucherStatus.Created,
        };
}
