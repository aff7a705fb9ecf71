namespace PlanningServices.Rules.Decisions;

/// <summary>How rule sets and subjects are written in files, tables and on the command line.</summary>
public static class Names
{
    /// <summary>The written name of a rule set.</summary>
    public static string Text(this RuleSetName ruleSet) =>
        ruleSet switch
        {
            RuleSetName.Retirement => "retirement",
            RuleSetName.Expiry => "expiry",
            RuleSetName.Entitlement => "entitlement",
            RuleSetName.Eligibility => "eligibility",
            RuleSetName.Payment => "payment",
            RuleSetName.Reconciliation => "reconciliation",
        };

    /// <summary>The written name of a subject.</summary>
    public static string Text(this SubjectType subject) =>
        subject switch
        {
            SubjectType.Voucher => "voucher",
            SubjectType.Agreement => "agreement",
            SubjectType.PaymentRequest => "payment_request",
            SubjectType.Payment => "payment",
        };
}
