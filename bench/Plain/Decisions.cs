using System.Linq.Expressions;

namespace PlanningServices.Plain;

/// <summary>What a rule found about a voucher, an agreement or a payment request.</summary>
internal record Finding(string Code, string Id)
{
    public string RuleSet => Code[..3];
    public bool Rejects => Code is not ("PAY-NO-RATE" or "PAY-AMOUNT");
}

/// <summary>A decision as it is written.</summary>
internal abstract record Decision(string RuleSet, string Subject, string Id, string Outcome, string Codes);

internal interface ICase
{
    string Id { get; }
}

/// <summary>A rule that finds something where a case meets conditions.</summary>
internal abstract class FindingRule<TCase>(string code, params Expression<Func<TCase, bool>>[] conditions)
    : Rule
    where TCase : class, ICase
{
    public override void Define()
    {
        TCase found = null!;
        Priority(Priorities.Finding);
        When().Match(() => found, conditions);
        Then().Yield(_ => new Finding(code, found.Id));
    }
}

/// <summary>Findings come before the decision that lists them; the rule sets follow each other.</summary>
internal static class Priorities
{
    public const int Finding = 100;
    public const int Acceptable = 95;
    public const int Duplicate = 90;
    public const int Retirement = 80;
    public const int Expiry = 70;
    public const int Entitlement = 60;
    public const int Reservation = 50;
    public const int Eligibility = 40;
    public const int Submission = 30;
    public const int Payment = 20;
    public const int Match = 10;
    public const int Account = 0;
}

internal static class Codes
{
    private static readonly string[] InOrder =
    [
        "RET-CREATED-LATE",
        "RET-ASSIGNED-LATE",
        "RET-CLOUD",
        "RET-REDEEMED-LATE",
        "ENT-ACCRUAL-ENDED",
        "ENT-CONVERSION-ENDED",
        "ELG-NOT-ENROLLED",
        "ELG-COMPETENCY",
        "ELG-CONSULTANT",
        "ELG-COUNTRY",
        "ELG-DURATION",
        "ELG-REPEAT",
        "PAY-VOID",
        "PAY-NOT-REDEEMED",
        "PAY-WINDOW",
        "PAY-RESERVATION",
        "PAY-DELIVERABLES",
        "PAY-COUNTRY",
        "PAY-PARTNER",
        "PAY-INELIGIBLE",
        "PAY-DUPLICATE",
        "PAY-NO-RATE",
        "PAY-AMOUNT",
    ];

    public static string Of(IEnumerable<Finding> findings, params string[] more) =>
        string.Join(';', findings.Select(f => f.Code).OrderBy(c => Array.IndexOf(InOrder, c)).Concat(more));
}
