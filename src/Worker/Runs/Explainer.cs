using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Delivery;

namespace PlanningServices.Worker.Runs;

/// <summary>Why a subject has its decisions: decides it again and tells each step.</summary>
internal sealed class Explainer(
    Database database,
    ActivePolicies policies,
    RuleBooks books,
    BusinessCalendar calendar
)
{
    /// <summary>Explains all subjects of an id; a voucher and a payment request may have the same.</summary>
    /// <param name="id">The subject's key.</param>
    /// <param name="asOf">The business date; that of the last completed nightly run, or else today, if absent.</param>
    /// <exception cref="PlanningException">There is no such subject on that date.</exception>
    public IReadOnlyList<SubjectPage> Explain(string id, DateOnly? asOf)
    {
        using var store = new Store(database);
        var subjects = store.Subjects.Find(id);
        if (subjects.Count == 0)
        {
            throw new PlanningException(
                $"No voucher, agreement, payment request or payment has the id '{id}'."
            );
        }

        var run = asOf is { } date
            ? store.Runs.Find(Job.Nightly.Name, date)
            : store.Runs.LatestCompleted(Job.Nightly.Name);
        var businessDate = asOf ?? run?.BusinessDate ?? calendar.Today;
        var pack = run is null ? policies.On(store, businessDate) : ActivePolicies.Load(store, run.PackHash);
        var session = books.Of(pack).Open(pack, store.Facts.LoadReferenceData(), businessDate);
        var pages = subjects
            .Select(subject => Page(store, session, subject, pack, run))
            .OfType<SubjectPage>()
            .ToList();
        return pages.Count > 0
            ? pages
            : throw new PlanningException(
                FormattableString.Invariant($"'{id}' does not exist yet on {businessDate:yyyy-MM-dd}.")
            );
    }

    private static SubjectPage? Page(
        Store store,
        DecisionSession session,
        Subject subject,
        PolicyPack pack,
        Run? run
    )
    {
        var (explanation, related, stored) =
            subject.CustomerId.Length == 0
                ? OfInvoicePayment(store, session, subject)
                : OfCustomer(store, session, subject);
        return explanation is null
            ? null
            : new(
                explanation,
                pack.Name,
                pack.Hash,
                run?.RunId,
                related,
                [
                    .. explanation
                        .RuleSets.Where(r => IsCurrent(store, run) && !Agrees(r, stored))
                        .Select(r => r.RuleSet),
                ],
                [.. store.Subjects.History(subject).Where(h => h.BusinessDate <= explanation.BusinessDate)]
            );
    }

    private static (Explanation?, IReadOnlyList<string>, IReadOnlyList<StoredDecision>) OfInvoicePayment(
        Store store,
        DecisionSession session,
        Subject subject
    )
    {
        var payment = store.Facts.ReadInvoicePayment(subject.SubjectId)!;
        return (
            session.Explain(payment.Facts),
            [.. payment.Facts.Candidates.Select(r => r.RequestId)],
            payment.Decision is { } decision ? [decision] : []
        );
    }

    private static (Explanation?, IReadOnlyList<string>, IReadOnlyList<StoredDecision>) OfCustomer(
        Store store,
        DecisionSession session,
        Subject subject
    )
    {
        var customer = store.Facts.ReadCustomer(subject.CustomerId)!;
        return (
            session.Explain(customer.Facts, subject.Type, subject.SubjectId),
            [.. RelatedTo(subject, customer.Facts)],
            [
                .. customer.Decisions.Where(d =>
                    d.Subject == subject.Type && Is(d.SubjectId, subject.SubjectId)
                ),
            ]
        );
    }

    /// <summary>The ids one would ask about next.</summary>
    private static IEnumerable<string> RelatedTo(Subject subject, CustomerFacts facts) =>
        subject.Type switch
        {
            SubjectType.Voucher =>
            [
                .. facts.Vouchers.Where(v => Is(v.VoucherId, subject.SubjectId)).Select(v => v.AgreementId),
                .. facts.Requests.Where(r => Is(r.VoucherId, subject.SubjectId)).Select(r => r.RequestId),
            ],
            SubjectType.Agreement => facts
                .Vouchers.Where(v => Is(v.AgreementId, subject.SubjectId))
                .Select(v => v.VoucherId),
            SubjectType.PaymentRequest =>
            [
                .. facts.Requests.Where(r => Is(r.RequestId, subject.SubjectId)).Select(r => r.VoucherId),
                .. facts.Payments.Where(p => Is(p.RequestId, subject.SubjectId)).Select(p => p.PaymentId),
            ],
            SubjectType.Payment => facts
                .Payments.Where(p => Is(p.PaymentId, subject.SubjectId))
                .Select(p => p.RequestId)
                .OfType<string>(),
        };

    /// <summary>Whether what is stored was decided for the date explained.</summary>
    private static bool IsCurrent(Store store, Run? run) =>
        run is not null && store.Runs.LatestCompleted()?.RunId == run.RunId;

    private static bool Agrees(RuleSetExplanation explained, IReadOnlyList<StoredDecision> stored)
    {
        var kept = stored.Where(d => d.RuleSet == explained.RuleSet).ToList();
        return explained.Decision is { } decision
            ? kept is [var one] && Is(one.Outcome, decision.Outcome) && Is(one.Codes, decision.Codes)
            : kept.Count == 0;
    }

    private static bool Is(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);
}

/// <summary>All there is to say about one subject.</summary>
/// <param name="Explanation">Its facts, and each rule set's decision with what held and what did not.</param>
/// <param name="PackName">The policy pack it was explained under.</param>
/// <param name="PackHash">Its hash.</param>
/// <param name="RunId">The run whose date and pack these are, if there is one.</param>
/// <param name="Related">Ids one would ask about next.</param>
/// <param name="OtherThanStored">
/// Rule sets whose stored decision is another: facts have changed since the run.
/// </param>
/// <param name="History">Every change of its decisions up to the date explained.</param>
internal sealed record SubjectPage(
    Explanation Explanation,
    string PackName,
    string PackHash,
    long? RunId,
    IReadOnlyList<string> Related,
    IReadOnlyList<RuleSetName> OtherThanStored,
    IReadOnlyList<SubjectChange> History
);
