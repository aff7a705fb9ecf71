using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Eligibility;
using PlanningServices.Rules.RuleSets.Entitlement;
using PlanningServices.Rules.RuleSets.Expiry;
using PlanningServices.Rules.RuleSets.Payments;
using PlanningServices.Rules.RuleSets.Qualification;
using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Rules.RuleSets.Retirement;

namespace PlanningServices.Worker.Cli;

/// <summary>The outcomes that decisions can have, for those who ask for one by its name.</summary>
internal static class Outcomes
{
    /// <summary>The outcomes of a rule set, of all its kinds of subjects.</summary>
    public static IReadOnlyList<string> Of(RuleSetName ruleSet) =>
        ruleSet switch
        {
            RuleSetName.Retirement => Enum.GetNames<RetirementOutcome>(),
            RuleSetName.Expiry => Enum.GetNames<ExpiryOutcome>(),
            RuleSetName.Entitlement => Enum.GetNames<EntitlementOutcome>(),
            RuleSetName.Eligibility => Enum.GetNames<EligibilityOutcome>(),
            RuleSetName.Payment =>
            [
                .. Enum.GetNames<RequestOutcome>(),
                .. Enum.GetNames<RedemptionOutcome>(),
            ],
            RuleSetName.Reconciliation =>
            [
                .. Enum.GetNames<AccountOutcome>(),
                .. Enum.GetNames<PaymentOutcome>(),
            ],
            RuleSetName.Qualification => Enum.GetNames<QualificationOutcome>(),
        };
}
