using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Tests.Scenes;

/// <summary>
/// The decisions on a customer, each as one text: outcome, codes in parentheses, details, such as
/// <c>Expired (EXP-LIFE) redeem_by=2020-06-30;days=Returned</c>; <c>none</c> where there is no decision.
/// </summary>
internal sealed class Decided(CustomerDecisions decisions)
{
    public string Retirement(string voucher = "V") =>
        Of(RuleSetName.Retirement, SubjectType.Voucher, voucher);

    public string Expiry(string voucher = "V") => Of(RuleSetName.Expiry, SubjectType.Voucher, voucher);

    public string Entitlement(string agreement = "A") =>
        Of(RuleSetName.Entitlement, SubjectType.Agreement, agreement);

    public string Eligibility(string voucher = "V") =>
        Of(RuleSetName.Eligibility, SubjectType.Voucher, voucher);

    public string PaymentOfVoucher(string voucher = "V") =>
        Of(RuleSetName.Payment, SubjectType.Voucher, voucher);

    public string PaymentOfRequest(string request = "R") =>
        Of(RuleSetName.Payment, SubjectType.PaymentRequest, request);

    public string Reconciliation(string request = "R") =>
        Of(RuleSetName.Reconciliation, SubjectType.PaymentRequest, request);

    public string ReconciliationOfPayment(string payment) =>
        Of(RuleSetName.Reconciliation, SubjectType.Payment, payment);

    public IReadOnlyList<Decision> All => decisions.Decisions;

    public VoucherEffect Effect(string voucher = "V") =>
        decisions.Effects.Single(e => e.VoucherId == voucher);

    /// <summary>The sentence of the finding with that code.</summary>
    public string Sentence(string code) => Finding(code).Sentence;

    /// <summary>The values of all evidence with that name, in the order of the findings.</summary>
    public IEnumerable<string> Evidence(string name) =>
        decisions
            .Decisions.SelectMany(d => d.Findings)
            .SelectMany(f => f.Evidence)
            .Where(e => e.Name == name)
            .Select(e => e.Value);

    public Finding Finding(string code) =>
        decisions.Decisions.SelectMany(d => d.Findings).Single(f => f.Code == code);

    /// <summary>Whether there is a finding with that code about a subject.</summary>
    public bool Finds(string code, string subject) =>
        decisions.Decisions.SelectMany(d => d.Findings).Any(f => f.Code == code && f.SubjectId == subject);

    public static string Text(Decision decision) =>
        decision.Outcome
        + (decision.Codes.Length == 0 ? "" : $" ({decision.Codes})")
        + (decision.Details.Length == 0 ? "" : $" {decision.Details}");

    private string Of(RuleSetName ruleSet, SubjectType subject, string id) =>
        decisions
            .Decisions.Where(d => d.RuleSet == ruleSet && d.Subject == subject && d.SubjectId == id)
            .Select(Text)
            .SingleOrDefault()
        ?? "none";
}
