using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Payments;
using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>Nights on end on which somebody must look at a payment request or a payment.</summary>
/// <param name="Kind">Why, on the last of them.</param>
/// <param name="OpenedOn">The first night.</param>
/// <param name="KindOn">The night that began its kind.</param>
/// <param name="SinceRun">The run since which its kind, codes and amounts are as they are.</param>
/// <param name="Number">1 for the first of its subject, 2 where it came back, and so on.</param>
/// <param name="ClosedOn">The night that did not find it any more; absent while it is open.</param>
internal sealed record ExceptionSpell(
    ExceptionKind Kind,
    DateOnly OpenedOn,
    DateOnly KindOn,
    long SinceRun,
    int Number,
    DateOnly? ClosedOn
)
{
    /// <summary>The last spell of each subject that ever had one.</summary>
    /// <param name="changes">The changes of decisions, those of a subject one after another.</param>
    public static IEnumerable<(SubjectType Subject, string SubjectId, ExceptionSpell Spell)> Of(
        IEnumerable<ExceptionChange> changes
    )
    {
        var subject = new List<ExceptionChange>();
        foreach (var change in changes)
        {
            if (
                subject is [var first, ..]
                && (first.Subject != change.Subject || first.SubjectId != change.SubjectId)
            )
            {
                if (Last(subject) is { } spell)
                {
                    yield return (first.Subject, first.SubjectId, spell);
                }

                subject.Clear();
            }

            subject.Add(change);
        }

        if (Last(subject) is { } last)
        {
            yield return (subject[0].Subject, subject[0].SubjectId, last);
        }
    }

    /// <summary>The last spell of one subject; null where nobody ever had to look at it.</summary>
    /// <param name="changes">The changes of its decisions, in their order.</param>
    private static ExceptionSpell? Last(List<ExceptionChange> changes)
    {
        var (payment, reconciliation) = (default(ExceptionChange), default(ExceptionChange));
        var (spell, found) = (default(ExceptionSpell), default(Found));
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            if (change.RuleSet == RuleSetName.Payment)
            {
                payment = change;
            }
            else
            {
                reconciliation = change;
            }

            // All decisions of a run count at once.
            if (i + 1 == changes.Count || changes[i + 1].RunId != change.RunId)
            {
                var now = FoundIn(payment, reconciliation);
                spell = Next(spell, found, now, change);
                found = now;
            }
        }

        return spell;
    }

    private static ExceptionSpell? Next(
        ExceptionSpell? spell,
        Found? before,
        Found? now,
        ExceptionChange change
    ) =>
        (before, now) switch
        {
            (null, null) => spell,
            (_, null) => spell! with { ClosedOn = change.On },
            (null, _) => new(now.Kind, change.On, change.On, change.RunId, (spell?.Number ?? 0) + 1, null),
            _ when now == before => spell,
            _ => spell! with
            {
                Kind = now.Kind,
                KindOn = now.Kind == before.Kind ? spell.KindOn : change.On,
                SinceRun = change.RunId,
            },
        };

    private static Found? FoundIn(ExceptionChange payment, ExceptionChange reconciliation)
    {
        if (KindOf(reconciliation) is { } kind)
        {
            // The ageing band of an overdue request is another every month, and nothing new.
            var figures =
                reconciliation.Subject == SubjectType.PaymentRequest
                    ? AccountValues.ReadAmounts(reconciliation.Details)
                    : (0m, PaymentValues.ReadAllocated(reconciliation.Details));
            return new(kind, reconciliation.Codes, figures);
        }

        return payment.Outcome == nameof(RequestOutcome.Held)
            ? new(ExceptionKind.Held, payment.Codes, default)
            : null;
    }

    private static ExceptionKind? KindOf(ExceptionChange reconciliation) =>
        string.IsNullOrEmpty(reconciliation.Outcome) ? null
        : reconciliation.Subject == SubjectType.PaymentRequest
            ? KindOf(Enum.Parse<AccountOutcome>(reconciliation.Outcome))
        : KindOf(Enum.Parse<PaymentOutcome>(reconciliation.Outcome));

    private static ExceptionKind? KindOf(AccountOutcome outcome) =>
        outcome switch
        {
            AccountOutcome.PaidNotApproved => ExceptionKind.PaidNotApproved,
            AccountOutcome.PaidTwice => ExceptionKind.PaidTwice,
            AccountOutcome.Overpaid => ExceptionKind.Overpaid,
            AccountOutcome.PartlyPaid => ExceptionKind.PartlyPaid,
            AccountOutcome.Overdue => ExceptionKind.Overdue,
            AccountOutcome.NothingDue or AccountOutcome.Due or AccountOutcome.Paid => null,
        };

    private static ExceptionKind? KindOf(PaymentOutcome outcome) =>
        outcome switch
        {
            PaymentOutcome.Unmatched => ExceptionKind.Unmatched,
            PaymentOutcome.CurrencyMismatch => ExceptionKind.CurrencyMismatch,
            PaymentOutcome.PartlyMatched => ExceptionKind.PartlyMatched,
            PaymentOutcome.Matched => null,
        };

    /// <summary>What somebody must look at. Where any of it changes, what was said before no longer holds.</summary>
    private sealed record Found(ExceptionKind Kind, string Codes, (decimal, decimal) Figures);
}
