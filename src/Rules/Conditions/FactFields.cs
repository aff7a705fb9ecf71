using System.Linq.Expressions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Conditions;

/// <summary>The fields of one kind of fact, named as in the import files.</summary>
/// <param name="name">The kind of fact, such as <c>voucher</c>.</param>
internal sealed class FactFields<TFact>(string name)
    where TFact : class
{
    private readonly List<Field> fields = [];

    public string Name => name;

    public IReadOnlyList<Field> Fields => fields;

    public FactFields<TFact> With<T>(
        string field,
        Expression<Func<TFact, T>> read,
        string meaning,
        string example
    )
    {
        fields.Add(Field.Of(field, read, meaning, example));
        return this;
    }

    /// <summary>The fields of a fact that this one holds, under the same names.</summary>
    public FactFields<TFact> With<TInner>(FactFields<TInner> inner, Expression<Func<TFact, TInner>> path)
        where TInner : class
    {
        fields.AddRange(inner.Fields.Select(f => f.Through(path, "")));
        return this;
    }
}

/// <summary>The fields of all kinds of facts: what there is to know of them, said once.</summary>
internal static class FactFields
{
    public static readonly FactFields<Agreement> Agreement = new FactFields<Agreement>("agreement")
        .With("agreement_id", a => a.AgreementId, "the agreement", "\"A-1\"")
        .With("customer_id", a => a.CustomerId, "its customer", "\"C-1\"")
        .With("ends_on", a => a.EndsOn, "its last day; absent while it has no end", "2022-06-30");

    public static readonly FactFields<EntitlementGrant> Grant = new FactFields<EntitlementGrant>(
        "entitlement_grant"
    )
        .With("grant_id", g => g.GrantId, "the grant", "\"G-1\"")
        .With("agreement_id", g => g.AgreementId, "the agreement credited", "\"A-1\"")
        .With("granted_on", g => g.GrantedOn, "the day of the credit", "2020-01-31")
        .With("days", g => g.Days, "days credited", "10")
        .With("source", g => g.Source, "where the days come from", "\"accrual\"");

    public static readonly FactFields<Voucher> Voucher = new FactFields<Voucher>("voucher")
        .With("voucher_id", v => v.VoucherId, "the voucher", "\"V-1\"")
        .With("agreement_id", v => v.AgreementId, "the agreement whose days it draws", "\"A-1\"")
        .With("engagement", v => v.Engagement, "the code of its engagement", "\"windows-office\"")
        .With("days", v => v.Days, "the days that it draws", "5")
        .With("division", v => v.Division, "the customer's division that it serves", "\"North\"")
        .With("product", v => v.Product, "the product that it concerns", "\"Exchange\"")
        .With("country", v => v.Country, "the country of delivery", "\"SE\"")
        .With("created_on", v => v.CreatedOn, "the day the customer created it", "2020-11-02")
        .With("assigned_on", v => v.AssignedOn, "the day it was assigned", "2020-11-04")
        .With("reserved_on", v => v.ReservedOn, "the day a partner reserved it", "2020-11-10")
        .With(
            "reserved_location_id",
            v => v.ReservedLocationId,
            "the location that it is reserved under",
            "\"L-1\""
        )
        .With("consultant_id", v => v.ConsultantId, "the consultant named for the delivery", "\"K-1\"")
        .With("engagement_started_on", v => v.EngagementStartedOn, "the day delivery started", "2020-11-16")
        .With(
            "engagement_completed_on",
            v => v.EngagementCompletedOn,
            "the day delivery was completed",
            "2020-11-20"
        )
        .With(
            "completion_report_on",
            v => v.CompletionReportOn,
            "the day the completion report was filed",
            "2020-11-23"
        )
        .With(
            "deliverable_on",
            v => v.DeliverableOn,
            "the day the customer deliverable was filed",
            "2020-11-23"
        )
        .With(
            "redeemed_on",
            v => v.RedeemedOn,
            "the day the partner redeemed it, in time or not",
            "2020-11-30"
        )
        .With("cancelled_on", v => v.CancelledOn, "the day it was cancelled", "2020-11-30");

    public static readonly FactFields<Engagement> Engagement = new FactFields<Engagement>("engagement")
        .With("name", e => e.Name, "its name", "\"Exchange Deployment Planning\"")
        .With("offering", e => e.Offering, "the offering that it belongs to", "\"DDPS\"")
        .With("cloud", e => e.IsCloud, "whether it is a cloud engagement", "true");

    public static readonly FactFields<PartnerLocation> Location = new FactFields<PartnerLocation>(
        "partner_location"
    )
        .With("location_id", l => l.LocationId, "the location", "\"L-1\"")
        .With("partner_id", l => l.PartnerId, "the partner whose location it is", "\"P-1\"")
        .With("country", l => l.Country, "its country", "\"SE\"");

    public static readonly FactFields<Consultant> Consultant = new FactFields<Consultant>("consultant")
        .With("consultant_id", c => c.ConsultantId, "the consultant", "\"K-1\"")
        .With("partner_id", c => c.PartnerId, "the partner that the consultant works for", "\"P-1\"");

    public static readonly FactFields<PartnerCompetency> Competency = new FactFields<PartnerCompetency>(
        "partner_competency"
    )
        .With("partner_id", c => c.PartnerId, "the partner who holds it", "\"P-1\"")
        .With("competency", c => c.Competency, "the competency, without its level", "\"Messaging\"")
        .With("level", c => c.Level, "the level held", "\"gold\"")
        .With("from_on", c => c.FromOn, "the first day held", "2020-01-01")
        .With("to_on", c => c.ToOn, "the last day held; absent if it has no end", "2021-12-31");

    public static readonly FactFields<Enrollment> Enrollment = new FactFields<Enrollment>("enrollment")
        .With("partner_id", e => e.PartnerId, "the partner enrolled", "\"P-1\"")
        .With("offering", e => e.Offering, "the offering", "\"DDPS\"")
        .With("signed_on", e => e.SignedOn, "the first day", "2020-07-01")
        .With("ends_on", e => e.EndsOn, "the last day; absent while it has no end", "2021-06-30");

    public static readonly FactFields<ConsultantExam> Exam = new FactFields<ConsultantExam>("consultant_exam")
        .With("consultant_id", e => e.ConsultantId, "who passed it", "\"K-1\"")
        .With("competency", e => e.Competency, "the competency examined", "\"Messaging\"")
        .With("passed_on", e => e.PassedOn, "the day it was passed", "2020-03-01");

    public static readonly FactFields<PaymentRequest> Request = new FactFields<PaymentRequest>(
        "payment_request"
    )
        .With("request_id", r => r.RequestId, "the payment request", "\"R-1\"")
        .With("voucher_id", r => r.VoucherId, "the voucher that it is for", "\"V-1\"")
        .With("location_id", r => r.LocationId, "the location that asks to be paid", "\"L-1\"")
        .With("submitted_on", r => r.SubmittedOn, "the day it was sent", "2020-12-10")
        .With("amount", r => r.Amount, "the amount asked for, in its currency", "50000")
        .With("currency", r => r.Currency, "its currency", "\"EUR\"")
        .With("invoice_number", r => r.InvoiceNumber, "the partner's own number", "\"2020-117\"");

    public static readonly FactFields<Payment> Payment = new FactFields<Payment>("payment")
        .With("payment_id", p => p.PaymentId, "the payment", "\"PAY-1\"")
        .With("request_id", p => p.RequestId, "the request that finance says it pays", "\"R-1\"")
        .With("invoice_number", p => p.InvoiceNumber, "the invoice that it pays", "\"2020-117\"")
        .With("paid_on", p => p.PaidOn, "the day it was paid", "2021-01-08")
        .With("amount", p => p.Amount, "the amount paid, in its currency", "7250.00")
        .With("currency", p => p.Currency, "its currency", "\"EUR\"");

    public static readonly FactFields<PaymentAllocation> Allocation = new FactFields<PaymentAllocation>(
        "payment_allocation"
    )
        .With("payment_id", a => a.PaymentId, "the payment", "\"PAY-1\"")
        .With("request_id", a => a.RequestId, "the request that the share is for", "\"R-1\"")
        .With("amount", a => a.Amount, "the share, in the currency of the payment", "7250.00")
        .With("allocated_on", a => a.AllocatedOn, "the day it was allocated", "2021-01-12");

    public static readonly FactFields<Rate> Rate = new FactFields<Rate>("rate")
        .With(
            "amount",
            r => r.Amount,
            "the rate for the voucher's country and days, in its currency",
            "7250.00"
        )
        .With("currency", r => r.Currency, "the currency of the rate", "\"EUR\"");
}
