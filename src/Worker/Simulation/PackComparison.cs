using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Simulation;

/// <summary>Decides chunks under two policy packs and tells where the decisions differ. Touches no database.</summary>
internal sealed class PackComparison(
    DateOnly businessDate,
    DecisionSession oldSession,
    DecisionSession newSession
)
{
    private readonly CustomerDecider oldDecider = new(oldSession, Job.Nightly);
    private readonly CustomerDecider newDecider = new(newSession, Job.Nightly);

    public ComparedChunk Compare(CustomerChunk chunk)
    {
        var compared = new ComparedChunk
        {
            Customers = chunk.Customers.Count,
            Vouchers = chunk.Customers.Sum(c => c.Facts.Vouchers.Count(v => v.CreatedOn <= businessDate)),
        };
        var before = oldDecider.Decide(chunk.Customers, compared.Old, compared.UndecidedUnderOld);
        var after = newDecider.Decide(chunk.Customers, compared.New, compared.UndecidedUnderNew);
        for (var i = 0; i < before.Count; i++)
        {
            if (before[i] is { } one && after[i] is { } other)
            {
                Compare(compared.Differences, one, other);
            }
        }

        return compared;
    }

    public ComparedChunk Compare(PartnerChunk chunk)
    {
        var compared = new ComparedChunk { Partners = chunk.Partners.Count };
        var before = oldDecider.Decide(chunk.Partners, compared.Old, compared.UndecidedUnderOld);
        var after = newDecider.Decide(chunk.Partners, compared.New, compared.UndecidedUnderNew);
        for (var i = 0; i < before.Count; i++)
        {
            if (before[i] is { } one && after[i] is { } other)
            {
                compared.Differences.AddRange(
                    Differing(one.Decisions, other.Decisions)
                        .Select(d => new Difference(businessDate, "", d.Old, d.New, "", 0m, 0))
                );
            }
        }

        return compared;
    }

    public ComparedChunk Compare(InvoicePaymentChunk chunk)
    {
        var compared = new ComparedChunk();
        compared.Differences.AddRange(
            Differing(
                    oldDecider.Decide(chunk.Payments, compared.Old),
                    newDecider.Decide(chunk.Payments, compared.New)
                )
                .Select(d => new Difference(businessDate, "", d.Old, d.New, "", 0m, 0))
        );
        return compared;
    }

    private void Compare(List<Difference> differences, CustomerDecisions before, CustomerDecisions after)
    {
        foreach (
            var (one, other) in Differing(before.Decisions, after.Decisions)
                .OrderBy(d => (d.New ?? d.Old)!.RuleSet)
                .ThenBy(d => (d.New ?? d.Old)!.Subject)
                .ThenBy(d => (d.New ?? d.Old)!.SubjectId, StringComparer.Ordinal)
        )
        {
            var decision = (other ?? one)!;
            var (currency, money) = decision.Values is RequestValues values
                ? (values.Currency, Approved(other) - Approved(one))
                : ("", 0m);
            var days = decision.RuleSet switch
            {
                RuleSetName.Expiry => Returned(after, decision.SubjectId)
                    - Returned(before, decision.SubjectId),
                RuleSetName.Entitlement => Balance(other) - Balance(one),
                _ => 0,
            };
            differences.Add(new(businessDate, before.CustomerId, one, other, currency, money, days));
        }
    }

    private static decimal Approved(Decision? decision) =>
        (decision?.Values as RequestValues)?.Approved ?? 0m;

    private static long Returned(CustomerDecisions decided, string voucherId) =>
        decided
            .Effects.FirstOrDefault(e => string.Equals(e.VoucherId, voucherId, StringComparison.Ordinal))
            ?.DaysReturned
        ?? 0;

    private static long Balance(Decision? decision) => (decision?.Values as EntitlementValues)?.Balance ?? 0;

    /// <summary>The decisions that are not alike.</summary>
    private static IEnumerable<(Decision? Old, Decision? New)> Differing(
        IReadOnlyList<Decision> before,
        IReadOnlyList<Decision> after
    )
    {
        // Almost always the same subjects are decided, in the same order.
        var alike = 0;
        while (alike < before.Count && alike < after.Count && Key(before[alike]) == Key(after[alike]))
        {
            if (!IsSame(before[alike], after[alike]))
            {
                yield return (before[alike], after[alike]);
            }

            alike++;
        }

        var others = after.Skip(alike).ToDictionary(Key);
        foreach (var one in before.Skip(alike))
        {
            if (!others.Remove(Key(one), out var other))
            {
                yield return (one, null);
            }
            else if (!IsSame(one, other))
            {
                yield return (one, other);
            }
        }

        foreach (var other in after.Skip(alike).Where(d => others.ContainsKey(Key(d))))
        {
            yield return (null, other);
        }
    }

    private static (RuleSetName, SubjectType, string) Key(Decision decision) =>
        (decision.RuleSet, decision.Subject, decision.SubjectId);

    private static bool IsSame(Decision one, Decision other) =>
        string.Equals(one.Outcome, other.Outcome, StringComparison.Ordinal)
        && string.Equals(one.Details, other.Details, StringComparison.Ordinal)
        && string.Equals(one.Codes, other.Codes, StringComparison.Ordinal);
}

/// <summary>A chunk, decided under two packs.</summary>
internal sealed class ComparedChunk
{
    public int Customers { get; init; }

    public int Vouchers { get; init; }

    public int Partners { get; init; }

    public ControlTotals Old { get; } = new();

    public ControlTotals New { get; } = new();

    public List<Difference> Differences { get; } = [];

    public List<QuarantinedCustomer> UndecidedUnderOld { get; } = [];

    public List<QuarantinedCustomer> UndecidedUnderNew { get; } = [];
}
