using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Payments;

namespace PlanningServices.Rules.RuleSets.Reconciliation;

/// <summary>
/// A payment request beside the payments that match it: what the rules of <c>reconciliation</c> look at for a request.
/// </summary>
internal sealed class Account(Submission submission, IReadOnlyList<Payment> payments) : Case<AccountOutcome>
{
    public override string SubjectId => Request.RequestId;

    /// <summary>What was decided on the request before.</summary>
    public Submission Submission { get; } = submission;

    public PaymentRequest Request => Submission.Request;

    public PolicyTerms Terms => Submission.Terms;

    /// <summary>The approved amount in the request's currency; 0 unless Approved.</summary>
    public decimal Approved => Submission.Approved;

    /// <summary>
    /// The payments that match it, in ordinal order of their ids. A payment that is allocated stands here with the amount
    /// that counts for this request.
    /// </summary>
    public IReadOnlyList<Payment> Payments { get; } = payments;

    /// <summary>The sum of the payments.</summary>
    public decimal Paid { get; } = payments.Sum(p => p.Amount);

    /// <summary>The last day on which payment is in time.</summary>
    public DateOnly PayBy => Request.SubmittedOn.AddDays(Terms.PaymentDays.Value);

    /// <summary>The ids of the payments, for evidence.</summary>
    public IEnumerable<string> PaymentIds => Payments.Select(p => p.PaymentId);

    /// <summary>How long ago the request was submitted, as an ageing band such as <c>31-60</c> or <c>over 90</c>.</summary>
    public string AgeingBand()
    {
        var age = Terms.BusinessDate.DaysSince(Request.SubmittedOn);
        var first = Terms.PaymentDays.Value + 1;
        foreach (var last in Terms.AgeingBands.Value)
        {
            if (age <= last)
            {
                return $"{TextFormat.Of(first)}-{TextFormat.Of(last)}";
            }

            first = last + 1;
        }

        return $"over {TextFormat.Of(first - 1)}";
    }
}
