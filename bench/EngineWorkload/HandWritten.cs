using System.Runtime.InteropServices;

namespace PlanningServices.EngineWorkload;

/// <summary>The five rules as a programmer would write them without an engine: the floor.</summary>
public static class HandWritten
{
    public static void Decide(Workload facts, Outcomes outcomes)
    {
        DecideVouchers(facts, outcomes);
        DecideRequests(facts, outcomes);
    }

    private static void DecideVouchers(Workload facts, Outcomes outcomes)
    {
        var partners = facts.Partners.ToDictionary(p => p.Id);
        var competencies = facts.Competencies.ToLookup(c => c.PartnerId);
        var requirements = facts.Requirements.ToLookup(r => r.EngagementId);

        foreach (var voucher in facts.Vouchers)
        {
            if (voucher.Status != VoucherStatus.Active)
            {
                continue;
            }
            if (voucher.ExpiresOn < Policy.BusinessDate)
            {
                outcomes.Add(Outcome.Expired, voucher.Id);
            }
            if (voucher.IsRetiredOffering && voucher.IssuedOn >= Policy.RetirementCutoff)
            {
                outcomes.Add(Outcome.Retired, voucher.Id);
            }
            if (!partners.TryGetValue(voucher.PartnerId, out var partner))
            {
                continue;
            }
            foreach (var requirement in requirements[voucher.EngagementId])
            {
                if (!IsMet(requirement, competencies[partner.Id]))
                {
                    outcomes.Add(Outcome.NotEligible, voucher.Id);
                }
            }
        }
    }

    private static bool IsMet(Requirement requirement, IEnumerable<Competency> competencies)
    {
        foreach (var competency in competencies)
        {
            if (competency.Area == requirement.Area && competency.Level >= requirement.Level)
            {
                return true;
            }
        }
        return false;
    }

    private static void DecideRequests(Workload facts, Outcomes outcomes)
    {
        var vouchers = facts.Vouchers.ToDictionary(v => v.Id);
        var byInvoice = new Dictionary<string, (int Count, int First)>(
            facts.Requests.Length,
            StringComparer.Ordinal
        );

        foreach (var request in facts.Requests)
        {
            if (
                vouchers.TryGetValue(request.VoucherId, out var voucher)
                && request.SubmittedOn > voucher.RedeemedOn.AddDays(Policy.PaymentWindowDays)
            )
            {
                outcomes.Add(Outcome.OutsideWindow, request.Id);
            }
            ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(
                byInvoice,
                request.InvoiceNumber,
                out var exists
            );
            seen = (seen.Count + 1, exists ? Math.Min(seen.First, request.Id) : request.Id);
        }
        foreach (var (count, first) in byInvoice.Values)
        {
            if (count > 1)
            {
                outcomes.Add(Outcome.Duplicate, first);
            }
        }
    }
}
