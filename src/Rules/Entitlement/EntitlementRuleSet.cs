using System.Globalization;
using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Entitlement;

/// <summary>How many days has the agreement left? Subject: every agreement.</summary>
internal sealed class EntitlementRuleSet(RuleSession session, PolicyTerms terms)
{
    public static readonly FindingTable<EntitlementOutcome> Table = new(
        ("ENT-ACCRUAL-ENDED", null),
        ("ENT-CONVERSION-ENDED", null),
        ("ENT-OVERDRAWN", EntitlementOutcome.Overdrawn),
        ("ENT-DAYS-REMOVED", EntitlementOutcome.Removed)
    );

    public void Decide(Chunk chunk)
    {
        session.Clear();
        var refused = RefusedGrants(chunk);
        foreach (var agreement in chunk.Agreements)
        {
            agreement.Balance = BalanceOf(agreement, refused);
            session.Insert(agreement.Balance);
        }

        var found = session.Fire();
        foreach (var agreement in chunk.Agreements)
        {
            var findings = Table.FindingsOn(agreement.AgreementId, found);
            var outcome = Table.OutcomeOf(findings, EntitlementOutcome.Open);
            agreement.Customer.Add(
                new Decision(
                    RuleSetName.Entitlement,
                    SubjectType.Agreement,
                    agreement.AgreementId,
                    Outcome<EntitlementOutcome>.Text(outcome),
                    findings,
                    DetailsOf(agreement.Balance!, outcome)
                )
            );
        }
    }

    public RuleSetExplanation Explain(DecidedAgreement agreement)
    {
        var decision = agreement.DecisionOf(RuleSetName.Entitlement)!;
        var balance = agreement.Balance!;
        return new(
            RuleSetName.Entitlement,
            decision,
            NotDecided: "",
            [
                Evidence.Of("granted", balance.Granted),
                Evidence.Of("drawn", balance.Drawn),
                Evidence.Of("returned", balance.Returned),
                Evidence.Of("balance before removal", balance.BeforeRemoval),
                Evidence.Of(terms.AccrualEndedOn),
                Evidence.Of(terms.ConversionEndedOn),
                Evidence.Of(terms.DaysRemovedOn),
            ],
            session.Explain(Table.Codes, decision, [.. agreement.GrantCases, balance])
        );
    }

    /// <summary>First the grants: the balance counts only those nothing was found against.</summary>
    private HashSet<EntitlementGrant> RefusedGrants(Chunk chunk)
    {
        foreach (var agreement in chunk.Agreements)
        {
            foreach (var grant in agreement.Grants)
            {
                var grantCase = new GrantCase(grant, terms);
                agreement.GrantCases.Add(grantCase);
                session.Insert(grantCase);
            }
        }

        session.Fire();
        var refused = new HashSet<EntitlementGrant>(ReferenceEqualityComparer.Instance);
        foreach (var refusal in session.Query<RefusedGrant>())
        {
            refused.Add(refusal.Grant);
        }

        return refused;
    }

    private AgreementBalance BalanceOf(DecidedAgreement agreement, HashSet<EntitlementGrant> refused)
    {
        int granted = 0,
            drawn = 0,
            returned = 0;
        foreach (var grant in agreement.Grants)
        {
            granted += refused.Contains(grant) ? 0 : grant.Days;
        }

        foreach (var voucher in agreement.Vouchers)
        {
            drawn += voucher.IsStopped ? 0 : voucher.Voucher.Days;
            returned += voucher.DaysReturned;
        }

        return new(agreement.Agreement, granted, drawn, returned, terms);
    }

    private static string DetailsOf(AgreementBalance balance, EntitlementOutcome outcome) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"granted={balance.Granted};drawn={balance.Drawn};returned={balance.Returned};balance={(outcome is EntitlementOutcome.Removed ? 0 : balance.BeforeRemoval)}"
        );
}
