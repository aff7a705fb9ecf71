using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.RuleSets.Retirement;

/// <summary>Is the voucher allowed under the programme's retirement? Subject: every voucher that exists.</summary>
internal static class RetirementRuleSet
{
    private static readonly Vocabulary<RetirementCase> Vocabulary = new Vocabulary<RetirementCase>(r =>
        r.Terms
    )
        .With(FactFields.Voucher, r => r.Voucher)
        .With(FactFields.Engagement, r => r.Engagement)
        .WithAll(
            "vouchers",
            FactFields.Voucher,
            "the customer's vouchers, this one too",
            r => r.Customer!.Facts.Vouchers
        );

    public static readonly DecisionTable<RetirementCase, RetirementOutcome> Table = new(
        RuleSetName.Retirement,
        SubjectType.Voucher,
        otherwise: RetirementOutcome.Allowed,
        values: _ => null,
        basis: retirement =>
            [
                Evidence.Of(retirement.Terms.LastCreationOn),
                Evidence.Of(retirement.Terms.CloudRetiredOn),
                Evidence.Of(retirement.Terms.LastRedemptionOn),
            ],
        Vocabulary,
        RetirementOutcome.Void,
        RetirementOutcome.LateRedemption
    )
    {
        { "The voucher is cancelled.", r => r.Voucher.CancelledOn != null, RetirementOutcome.Cancelled },
        { "RET-CREATED-LATE", RetirementOutcome.Void },
        { "RET-ASSIGNED-LATE", RetirementOutcome.Void },
        { "RET-CLOUD", RetirementOutcome.Void },
        { "RET-REDEEMED-LATE", RetirementOutcome.LateRedemption },
    };

    /// <summary>A case for each voucher, in their order.</summary>
    /// <exception cref="UndecidableFactsException">The pack does not have a voucher's engagement.</exception>
    public static List<RetirementCase> CasesOf(CustomerFacts facts, PolicyTerms terms) =>
        [.. facts.Vouchers.Select(v => new RetirementCase(v, terms.EngagementOf(v), terms))];
}
