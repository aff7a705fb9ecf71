namespace PlanningServices.EngineWorkload;

/// <summary>
/// The five rules as five LINQ queries: each rule can be read and changed alone, as with an engine, but nothing is kept
/// between runs.
/// </summary>
public static class LinqQueries
{
    public static void Decide(Workload facts, Outcomes outcomes)
    {
        foreach (var voucher in Expired(facts))
        {
            outcomes.Add(Outcome.Expired, voucher.Id);
        }
        foreach (var voucher in Retired(facts))
        {
            outcomes.Add(Outcome.Retired, voucher.Id);
        }
        foreach (var voucher in NotEligible(facts))
        {
            outcomes.Add(Outcome.NotEligible, voucher.Id);
        }
        foreach (var request in OutsideWindow(facts))
        {
            outcomes.Add(Outcome.OutsideWindow, request.Id);
        }
        foreach (var sameInvoice in Duplicates(facts))
        {
            outcomes.Add(Outcome.Duplicate, sameInvoice.Min(r => r.Id));
        }
    }

    private static IEnumerable<Voucher> Expired(Workload facts) =>
        from voucher in facts.Vouchers
        where voucher.Status == VoucherStatus.Active && voucher.ExpiresOn < Policy.BusinessDate
        select voucher;

    private static IEnumerable<Voucher> Retired(Workload facts) =>
        from voucher in facts.Vouchers
        where
            voucher.Status == VoucherStatus.Active
            && voucher.IsRetiredOffering
            && voucher.IssuedOn >= Policy.RetirementCutoff
        select voucher;

    private static IEnumerable<Voucher> NotEligible(Workload facts)
    {
        var competencies = facts.Competencies.ToLookup(c => (c.PartnerId, c.Area));
        return from voucher in facts.Vouchers
            where voucher.Status == VoucherStatus.Active
            join partner in facts.Partners on voucher.PartnerId equals partner.Id
            join requirement in facts.Requirements on voucher.EngagementId equals requirement.EngagementId
            where !competencies[(partner.Id, requirement.Area)].Any(c => c.Level >= requirement.Level)
            select voucher;
    }

    private static IEnumerable<PaymentRequest> OutsideWindow(Workload facts) =>
        from request in facts.Requests
        join voucher in facts.Vouchers on request.VoucherId equals voucher.Id
        where request.SubmittedOn > voucher.RedeemedOn.AddDays(Policy.PaymentWindowDays)
        select request;

    private static IEnumerable<IGrouping<string, PaymentRequest>> Duplicates(Workload facts) =>
        facts.Requests.GroupBy(r => r.InvoiceNumber, StringComparer.Ordinal).Where(g => g.Count() > 1);
}
