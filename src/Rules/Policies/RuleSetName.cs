namespace PlanningServices.Rules.Policies;

/// <summary>The rule sets, in the order a nightly run decides them. The numbers are stored in databases.</summary>
public enum RuleSetName
{
    /// <summary>Is the voucher allowed under the programme's retirement? Named <c>retirement</c>.</summary>
    Retirement = 1,

    /// <summary>Is the voucher still alive? Named <c>expiry</c>.</summary>
    Expiry = 2,

    /// <summary>How many days has the agreement left? Named <c>entitlement</c>.</summary>
    Entitlement = 3,

    /// <summary>May this partner deliver this reserved voucher? Named <c>eligibility</c>.</summary>
    Eligibility = 4,

    /// <summary>Is a payment request to be paid, and is a redeemed voucher asked for? Named <c>payment</c>.</summary>
    Payment = 5,

    /// <summary>Do the payments agree with what was approved? Named <c>reconciliation</c>.</summary>
    Reconciliation = 6,

    /// <summary>May this partner deliver this engagement? Named <c>qualification</c>.</summary>
    Qualification = 7,
}

/// <summary>The names of the rule sets.</summary>
public static class RuleSetNames
{
    /// <summary>The name in files, tables and on the command line.</summary>
    public static string Text(this RuleSetName ruleSet) =>
        ruleSet switch
        {
            RuleSetName.Retirement => "retirement",
            RuleSetName.Expiry => "expiry",
            RuleSetName.Entitlement => "entitlement",
            RuleSetName.Eligibility => "eligibility",
            RuleSetName.Payment => "payment",
            RuleSetName.Reconciliation => "reconciliation",
            RuleSetName.Qualification => "qualification",
        };
}
