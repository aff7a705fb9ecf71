namespace PlanningServices.Rules.Decisions;

/// <summary>What one rule set decided for one subject on one business date.</summary>
/// <param name="RuleSet">The rule set that decided.</param>
/// <param name="Subject">What kind of fact was decided on.</param>
/// <param name="SubjectId">The key of that fact.</param>
/// <param name="Outcome">The name of one of the rule set's outcomes, such as <c>Expired</c>.</param>
/// <param name="Findings">What its rules found, in the order of the rule set's codes; often empty.</param>
/// <param name="Details">The numbers and dates of the decision as <c>key=value</c> joined with <c>;</c>; often empty.</param>
public sealed record Decision(
    RuleSetName RuleSet,
    SubjectType Subject,
    string SubjectId,
    string Outcome,
    IReadOnlyList<Finding> Findings,
    string Details
)
{
    /// <summary>The codes of the findings joined with <c>;</c>, one for each finding, in their order.</summary>
    public string Codes =>
        Findings.Count switch
        {
            0 => "",
            1 => Findings[0].Code,
            _ => string.Join(';', Findings.Select(f => f.Code)),
        };
}

/// <summary>The rule sets, in the order a nightly run decides them.</summary>
public enum RuleSetName
{
    /// <summary>Is the voucher allowed under the programme's retirement? Named <c>retirement</c>.</summary>
    Retirement,

    /// <summary>Is the voucher still alive? Named <c>expiry</c>.</summary>
    Expiry,

    /// <summary>How many days has the agreement left? Named <c>entitlement</c>.</summary>
    Entitlement,

    /// <summary>May this partner deliver this reserved voucher? Named <c>eligibility</c>.</summary>
    Eligibility,

    /// <summary>Is a payment request to be paid, and is a redeemed voucher asked for? Named <c>payment</c>.</summary>
    Payment,

    /// <summary>Do the payments agree with what was approved? Named <c>reconciliation</c>.</summary>
    Reconciliation,
}

/// <summary>The kinds of fact that decisions are about.</summary>
public enum SubjectType
{
    /// <summary>A voucher, named <c>voucher</c>.</summary>
    Voucher,

    /// <summary>An agreement, named <c>agreement</c>.</summary>
    Agreement,

    /// <summary>A payment request, named <c>payment_request</c>.</summary>
    PaymentRequest,

    /// <summary>A payment, named <c>payment</c>.</summary>
    Payment,
}
