using PlanningServices.RuleEngine.Fluent.Dsl;

namespace PlanningServices.EngineWorkload;

[Name("Expired")]
public sealed class ExpiredRule : Rule
{
    public override void Define()
    {
        Voucher voucher = default!;

        When()
            .Match(
                () => voucher,
                v => v.Status == VoucherStatus.Active,
                v => v.ExpiresOn < Policy.BusinessDate
            );

        Then().Do(_ => Outcomes.Record(Outcome.Expired, voucher.Id));
    }
}

[Name("Offering retired")]
public sealed class RetiredRule : Rule
{
    public override void Define()
    {
        Voucher voucher = default!;

        When()
            .Match(
                () => voucher,
                v => v.Status == VoucherStatus.Active,
                v => v.IsRetiredOffering,
                v => v.IssuedOn >= Policy.RetirementCutoff
            );

        Then().Do(_ => Outcomes.Record(Outcome.Retired, voucher.Id));
    }
}

[Name("Partner lacks a competency")]
public sealed class EligibilityRule : Rule
{
    public override void Define()
    {
        Voucher voucher = default!;
        Partner partner = default!;
        Requirement requirement = default!;

        When()
            .Match(() => voucher, v => v.Status == VoucherStatus.Active)
            .Match(() => partner, p => p.Id == voucher.PartnerId)
            .Match(() => requirement, r => r.EngagementId == voucher.EngagementId)
            .Not<Competency>(
                c => c.PartnerId == partner.Id,
                c => c.Area == requirement.Area,
                c => c.Level >= requirement.Level
            );

        Then().Do(_ => Outcomes.Record(Outcome.NotEligible, voucher.Id));
    }
}

[Name("Payment request outside its window")]
public sealed class PaymentWindowRule : Rule
{
    public override void Define()
    {
        PaymentRequest request = default!;
        Voucher voucher = default!;

        When()
            .Match(() => request)
            .Match(
                () => voucher,
                v => v.Id == request.VoucherId,
                v => request.SubmittedOn > v.RedeemedOn.AddDays(Policy.PaymentWindowDays)
            );

        Then().Do(_ => Outcomes.Record(Outcome.OutsideWindow, request.Id));
    }
}

[Name("Duplicate payment requests")]
public sealed class DuplicateRequestRule : Rule
{
    public override void Define()
    {
        IGrouping<string, PaymentRequest> sameInvoice = default!;

        When()
            .Query(
                () => sameInvoice,
                q => q.Match<PaymentRequest>().GroupBy(r => r.InvoiceNumber).Where(g => g.Count() > 1)
            );

        Then().Do(_ => Outcomes.Record(Outcome.Duplicate, sameInvoice.Min(r => r.Id)));
    }
}
