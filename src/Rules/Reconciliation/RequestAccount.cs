using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Payments;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>
/// A payment request beside the payments for it in its currency: what the rules of <c>reconciliation</c> look at for
/// a request.
/// </summary>
public sealed class RequestAccount
{
    private readonly DecidedRequest decided;
    private readonly PolicyTerms terms;

    internal RequestAccount(DecidedRequest decided, PolicyTerms terms)
    {
        this.decided = decided;
        this.terms = terms;
        Paid = decided.Payments.Sum(p => p.Amount);
        PayBy = decided.Request.SubmittedOn.AddDays(terms.PaymentDays.Value);
    }

    /// <summary>The request.</summary>
    public PaymentRequest Request => decided.Request;

    /// <summary>The request's key: the subject of a finding.</summary>
    public string RequestId => decided.RequestId;

    /// <summary>The day it was submitted.</summary>
    public DateOnly SubmittedOn => decided.Request.SubmittedOn;

    /// <summary>ISO 4217 code of its amounts.</summary>
    public string Currency => decided.Request.Currency;

    /// <summary>What was decided on the request.</summary>
    public RequestOutcome Outcome => decided.Outcome;

    /// <summary>The approved amount; 0 unless Approved.</summary>
    public decimal Approved => decided.Approved;

    /// <summary>The sum of the payments.</summary>
    public decimal Paid { get; }

    /// <summary>The payments, in ordinal order of their ids.</summary>
    public IReadOnlyList<Payment> Payments => decided.Payments;

    /// <summary>How many of the payments are the approved amount.</summary>
    public int FullPayments => decided.Payments.Count(p => p.Amount == Approved);

    /// <summary>The ids of the payments, for evidence.</summary>
    public IEnumerable<string> PaymentIds => decided.Payments.Select(p => p.PaymentId);

    /// <summary>Two or more payments are each the approved amount; what else was paid beside them does not matter.</summary>
    public bool IsPaidTwice => decided.Payments.Count >= 2 && FullPayments >= 2;

    /// <summary>The last day on which payment is in time.</summary>
    public DateOnly PayBy { get; }

    /// <summary>The date the request is decided as of.</summary>
    public DateOnly BusinessDate => terms.BusinessDate;

    /// <summary>Days after submission before an approved request is overdue.</summary>
    public PolicyValue<int> PaymentDays => terms.PaymentDays;

    /// <summary>How long ago the request was submitted, as an ageing band such as <c>31-60</c> or <c>over 90</c>.</summary>
    public string AgeingBand()
    {
        var age = BusinessDate.DayNumber - SubmittedOn.DayNumber;
        var first = terms.PaymentDays.Value + 1;
        foreach (var last in terms.AgeingBands.Value)
        {
            if (age <= last)
            {
                return $"{Written.Of(first)}-{Written.Of(last)}";
            }

            first = last + 1;
        }

        return $"over {Written.Of(first - 1)}";
    }
}
