using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Eligibility;
using PlanningServices.Rules.Entitlement;
using PlanningServices.Rules.Expiry;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Payments;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Reconciliation;
using PlanningServices.Rules.Retirement;

namespace PlanningServices.Rules;

/// <summary>
/// The six rule sets, compiled. Compiled once, shared between threads, used for any date and any pack that brings no
/// rules of its own.
/// </summary>
public sealed class RuleBook
{
    private readonly DeliveredRules delivered;

    private RuleBook(DeliveredRules delivered)
    {
        this.delivered = delivered;
        Retirement = CompiledRuleSet.Compile<RetirementRuleSet>(
            RuleSetName.Retirement,
            delivered,
            RetirementRuleSet.Table.Codes
        );
        Expiry = CompiledRuleSet.Compile<ExpiryRuleSet>(
            RuleSetName.Expiry,
            delivered,
            ExpiryRuleSet.Table.Codes
        );
        Entitlement = CompiledRuleSet.Compile<EntitlementRuleSet>(
            RuleSetName.Entitlement,
            delivered,
            EntitlementRuleSet.Table.Codes
        );
        Eligibility = CompiledRuleSet.Compile<EligibilityRuleSet>(
            RuleSetName.Eligibility,
            delivered,
            EligibilityRuleSet.Table.Codes
        );
        Payment = CompiledRuleSet.Compile<PaymentRuleSet>(
            RuleSetName.Payment,
            delivered,
            [.. PaymentRuleSet.Requests.Codes, .. PaymentRuleSet.Redemptions.Codes]
        );
        Reconciliation = CompiledRuleSet.Compile<ReconciliationRuleSet>(
            RuleSetName.Reconciliation,
            delivered,
            [.. ReconciliationRuleSet.Requests.Codes, .. ReconciliationRuleSet.Payments.Codes]
        );
    }

    internal CompiledRuleSet Retirement { get; }

    internal CompiledRuleSet Expiry { get; }

    internal CompiledRuleSet Entitlement { get; }

    internal CompiledRuleSet Eligibility { get; }

    internal CompiledRuleSet Payment { get; }

    internal CompiledRuleSet Reconciliation { get; }

    /// <summary>All finding codes, rule set by rule set.</summary>
    internal IEnumerable<string> Codes =>
        new[] { Retirement, Expiry, Entitlement, Eligibility, Payment, Reconciliation }
            .SelectMany(ruleSet => ruleSet.Rules)
            .Select(rule => rule.Tags.Single());

    /// <summary>The finding codes of a rule set, in their order.</summary>
    public IReadOnlyList<string> CodesOf(RuleSetName ruleSet) =>
        [
            .. (
                ruleSet switch
                {
                    RuleSetName.Retirement => Retirement,
                    RuleSetName.Expiry => Expiry,
                    RuleSetName.Entitlement => Entitlement,
                    RuleSetName.Eligibility => Eligibility,
                    RuleSetName.Payment => Payment,
                    RuleSetName.Reconciliation => Reconciliation,
                }
            ).Rules.Select(rule => rule.Tags.Single()),
        ];

    /// <summary>Compiles the rule classes of this assembly.</summary>
    public static RuleBook Compile() => new(DeliveredRules.None);

    /// <summary>Compiles the rule classes of this assembly and those that came with a pack; for this pack only.</summary>
    /// <param name="pack">The pack, which declares its rules.</param>
    /// <param name="types">The types that came with it; the rule classes among them must be those declared.</param>
    /// <exception cref="PolicyPackException">They are not, or one of them is not well written.</exception>
    public static RuleBook Compile(PolicyPack pack, IEnumerable<Type> types) =>
        new(DeliveredRules.Check(pack, types));

    /// <summary>Opens a session that decides as of one business date under one pack. One thread at a time uses it.</summary>
    /// <exception cref="PolicyNotInForceException">The business date is before the pack's first versions.</exception>
    /// <exception cref="ArgumentException">The pack brings rules that this book was not compiled with.</exception>
    public DecisionSession Open(PolicyPack pack, ReferenceData reference, DateOnly businessDate)
    {
        if (pack.Rules.Count > 0 || delivered.PackHash is not null)
        {
            ThrowIfOther(pack);
        }

        return new(this, new PolicyTerms(pack, businessDate), reference);
    }

    private void ThrowIfOther(PolicyPack pack)
    {
        if (pack.Hash != delivered.PackHash)
        {
            throw new ArgumentException(
                $"Policy pack '{pack.Name}' ({pack.Hash}) is to be decided with rules compiled for "
                    + $"{(delivered.PackHash is { } other ? $"pack {other}" : "no pack")}. Compile the rule book with the pack's own.",
                nameof(pack)
            );
        }
    }
}
