using PlanningServices.Rules.Facts;

namespace PlanningServices.Worker.Data;

/// <summary>
/// The decisions as they stood after a run, read once from the history by a connection of their own, in the order of customers.
/// </summary>
internal sealed class PastDecisions : IDisposable
{
    private readonly DatabaseConnection connection;
    private readonly Statement rows;
    private readonly Dictionary<string, StoredDecision> invoicePayments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<StoredDecision>> partners = new(StringComparer.Ordinal);
    private bool isAtRow;

    public PastDecisions(Database database, AsKnown known)
    {
        connection = database.Open();
        rows = AsKnown.Prepare(connection, "decisions_after_run", known);
        // Partners come first, then payments that name no request and so belong to no customer.
        for (isAtRow = rows.Read(); isAtRow; isAtRow = rows.Read())
        {
            var (owner, decision) = (rows.Text(0), FactReader.ReadDecision(rows));
            if (decision.Subject == SubjectType.PartnerEngagement)
            {
                if (!partners.TryGetValue(owner, out var decisions))
                {
                    partners.Add(owner, decisions = []);
                }

                decisions.Add(decision);
            }
            else if (owner.Length == 0)
            {
                invoicePayments.Add(decision.SubjectId, decision);
            }
            else
            {
                break;
            }
        }
    }

    /// <summary>The decisions of a customer; customers are asked for in ordinal order, each once.</summary>
    public IEnumerable<StoredDecision> Of(string customerId)
    {
        for (; isAtRow; isAtRow = rows.Read())
        {
            var order = string.CompareOrdinal(rows.Text(0), customerId);
            if (order > 0)
            {
                yield break;
            }

            if (order == 0)
            {
                yield return FactReader.ReadDecision(rows);
            }
        }
    }

    /// <summary>The decision on a payment that names no request, if there was one.</summary>
    public StoredDecision? OfInvoicePayment(string paymentId) =>
        invoicePayments.TryGetValue(paymentId, out var decision) ? decision : null;

    /// <summary>The decisions about a partner.</summary>
    public IReadOnlyList<StoredDecision> OfPartner(string partnerId) =>
        partners.TryGetValue(partnerId, out var decisions) ? decisions : [];

    public void Dispose()
    {
        rows.Dispose();
        connection.Dispose();
    }
}
