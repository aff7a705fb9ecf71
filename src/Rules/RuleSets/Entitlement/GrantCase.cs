using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.RuleSets.Entitlement;

/// <summary>
/// A grant of days: what the rules of <c>entitlement</c> look at first. The days of a grant with a finding do not
/// count.
/// </summary>
internal sealed class GrantCase(EntitlementGrant grant, PolicyTerms terms) : Case
{
    /// <summary>The agreement: findings on a grant are about it.</summary>
    public override string SubjectId => Grant.AgreementId;

    public EntitlementGrant Grant { get; } = grant;

    public PolicyTerms Terms { get; } = terms;
}
