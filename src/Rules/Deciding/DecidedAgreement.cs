using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Entitlement;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Deciding;

/// <summary>An agreement, with its grants and its vouchers.</summary>
internal sealed class DecidedAgreement(DecidedCustomer customer, Agreement agreement)
{
    public DecidedCustomer Customer { get; } = customer;

    public Agreement Agreement { get; } = agreement;

    public string AgreementId => Agreement.AgreementId;

    public Decision? DecisionOf(RuleSetName ruleSet) =>
        Customer.DecisionOn(SubjectType.Agreement, AgreementId, ruleSet);

    public List<EntitlementGrant> Grants { get; } = [];

    public List<DecidedVoucher> Vouchers { get; } = [];

    public List<GrantCase> GrantCases { get; } = [];

    public AgreementBalance? Balance { get; set; }
}
