using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Deciding;

/// <summary>
/// Customers that are decided together: their facts as of the business date, and what the rule sets have decided
/// about them so far. Each rule set reads what those before it decided, and adds its own.
/// </summary>
internal sealed class Chunk
{
    public Chunk(IReadOnlyList<CustomerFacts> customers, PolicyTerms terms)
    {
        foreach (var facts in customers)
        {
            Add(new DecidedCustomer(new AsOfView(facts, terms.BusinessDate)), terms);
        }
    }

    public List<DecidedCustomer> Customers { get; } = [];

    public List<DecidedAgreement> Agreements { get; } = [];

    public List<DecidedVoucher> Vouchers { get; } = [];

    public List<DecidedRequest> Requests { get; } = [];

    private void Add(DecidedCustomer customer, PolicyTerms terms)
    {
        var facts = customer.Facts;
        Customers.Add(customer);

        var agreements = new Dictionary<string, DecidedAgreement>(StringComparer.Ordinal);
        foreach (var agreement in facts.Agreements)
        {
            var decided = new DecidedAgreement(customer, agreement);
            agreements.Add(agreement.AgreementId, decided);
            Agreements.Add(decided);
        }

        foreach (var grant in facts.Grants)
        {
            AgreementOf(agreements, grant.AgreementId, "Grant", grant.GrantId).Grants.Add(grant);
        }

        var vouchers = new Dictionary<string, DecidedVoucher>(StringComparer.Ordinal);
        foreach (var voucher in facts.Vouchers)
        {
            var agreement = AgreementOf(agreements, voucher.AgreementId, "Voucher", voucher.VoucherId);
            var decided = new DecidedVoucher(agreement, voucher, terms.EngagementOf(voucher));
            agreement.Vouchers.Add(decided);
            vouchers.Add(voucher.VoucherId, decided);
            Vouchers.Add(decided);
        }

        foreach (var request in facts.Requests)
        {
            var voucher = vouchers.GetValueOrDefault(request.VoucherId);
            var decided = new DecidedRequest(customer, request, voucher);
            customer.Requests.Add(decided);
            voucher?.Requests.Add(decided);
            Requests.Add(decided);
        }
    }

    private static DecidedAgreement AgreementOf(
        Dictionary<string, DecidedAgreement> agreements,
        string agreementId,
        string kind,
        string id
    ) =>
        agreements.TryGetValue(agreementId, out var agreement)
            ? agreement
            : throw new UndecidableFactsException(
                $"{kind} '{id}' is on agreement '{agreementId}', which is not among the facts of its customer. "
                    + "Import the agreement."
            );
}
