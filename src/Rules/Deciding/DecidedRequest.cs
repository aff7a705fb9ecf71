using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Payments;
using PlanningServices.Rules.Reconciliation;

namespace PlanningServices.Rules.Deciding;

/// <summary>A payment request, with what has been decided about it so far.</summary>
internal sealed class DecidedRequest(
    DecidedCustomer customer,
    PaymentRequest request,
    DecidedVoucher? voucher
)
{
    public DecidedCustomer Customer { get; } = customer;

    public PaymentRequest Request { get; } = request;

    public string RequestId => Request.RequestId;

    /// <summary>Its voucher; absent where that is not created yet.</summary>
    public DecidedVoucher? Voucher { get; } = voucher;

    public Decision? DecisionOf(RuleSetName ruleSet) =>
        Customer.DecisionOn(SubjectType.PaymentRequest, RequestId, ruleSet);

    public RequestCase? RequestCase { get; set; }

    public RequestOutcome Outcome { get; set; }

    /// <summary>The approved amount in the request's currency; 0 unless Approved.</summary>
    public decimal Approved { get; set; }

    /// <summary>The payments for it in its currency.</summary>
    public List<Payment> Payments { get; } = [];

    public RequestAccount? Account { get; set; }
}
