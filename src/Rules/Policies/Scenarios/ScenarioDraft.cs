using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies.Scenarios;

/// <summary>A scenario from a real voucher: the facts of its customer under other names, and what is decided of it.</summary>
/// <param name="Text">The file.</param>
/// <param name="VoucherId">The name that the voucher has in it.</param>
/// <param name="Vouchers">How many vouchers it has.</param>
/// <param name="Differs">
/// Whether something else is decided than under the real names. A rule reads a name then, or a request of another customer.
/// </param>
public sealed record ScenarioDraft(string Text, string VoucherId, int Vouchers, bool Differs)
{
    /// <summary>The scenario. It expects what is decided about the voucher, its payment requests and their payments.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="voucherId">A voucher of the customer that exists on the date.</param>
    /// <param name="customer">The facts of the customer; what is later than the date is left out.</param>
    /// <param name="reference">The reference data.</param>
    /// <param name="asOf">The business date.</param>
    /// <param name="pack">The pack that decides.</param>
    /// <param name="ruleBook">The rules.</param>
    /// <exception cref="UndecidableFactsException">A fact of the customer refers to something that does not exist.</exception>
    /// <exception cref="PolicyNotInForceException">A date is before the first version of a parameter.</exception>
    public static ScenarioDraft Of(
        string name,
        string voucherId,
        CustomerFacts customer,
        ReferenceData reference,
        DateOnly asOf,
        PolicyPack pack,
        RuleBook ruleBook
    )
    {
        var real = About(
            voucherId,
            customer,
            ruleBook.Open(pack, reference, asOf).Decide(customer).Decisions
        );
        var (facts, renamed) = AnonymousFacts.Renamed(AnonymousFacts.Of(customer, reference, asOf));
        var decided = facts.Customers().Single();
        var found = About(
            renamed[voucherId],
            decided,
            ruleBook.Open(pack, facts.Reference(), asOf).Decide(decided).Decisions
        );
        return new(
            ScenarioText.Of(name, asOf, facts, found),
            renamed[voucherId],
            facts.Vouchers.Count,
            !found.Select(Outcome).SequenceEqual(real.Select(Outcome))
        );
    }

    private static List<Decision> About(
        string voucherId,
        CustomerFacts customer,
        IEnumerable<Decision> decisions
    )
    {
        var requests = customer
            .Requests.Where(r => r.VoucherId == voucherId)
            .Select(r => r.RequestId)
            .ToHashSet(StringComparer.Ordinal);
        var payments = customer
            .Payments.Where(p => p.RequestId is { } id && requests.Contains(id))
            .Select(p => p.PaymentId)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. decisions.Where(d =>
                d.Subject switch
                {
                    SubjectType.Voucher => d.SubjectId == voucherId,
                    SubjectType.PaymentRequest => requests.Contains(d.SubjectId),
                    SubjectType.Payment => payments.Contains(d.SubjectId),
                    SubjectType.Agreement or SubjectType.PartnerEngagement => false,
                }
            ),
        ];
    }

    private static (RuleSetName, string, string) Outcome(Decision decision) =>
        (decision.RuleSet, decision.Outcome, decision.Codes);
}
