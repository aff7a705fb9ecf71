using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Payments;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Reconciliation;

/// <summary>A payment request beside the payments for it in its currency.</summary>
internal sealed class RequestAccount(DecidedRequest decided, PolicyTerms terms)
{
    private readonly List<Payment> payments = decided.Payments;

    public string RequestId => decided.RequestId;

    public DateOnly SubmittedOn => decided.Request.SubmittedOn;

    public string Currency => decided.Request.Currency;

    public RequestOutcome Outcome => decided.Outcome;

    /// <summary>The approved amount; 0 unless Approved.</summary>
    public decimal Approved => decided.Approved;

    /// <summary>The sum of the payments.</summary>
    public decimal Paid { get; } = decided.Payments.Sum(p => p.Amount);

    /// <summary>How many of the payments are the approved amount.</summary>
    public int FullPayments => payments.Count(p => p.Amount == Approved);

    /// <summary>The ids of the payments, for evidence.</summary>
    public IEnumerable<string> PaymentIds => payments.Select(p => p.PaymentId);

    /// <summary>Two or more payments are each the approved amount; what else was paid beside them does not matter.</summary>
    public bool IsPaidTwice => payments.Count >= 2 && FullPayments >= 2;

    /// <summary>The last day on which payment is in time.</summary>
    public DateOnly PayBy { get; } = decided.Request.SubmittedOn.AddDays(terms.PaymentDays.Value);

    public DateOnly BusinessDate => terms.BusinessDate;

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
