using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Reconciliation;

/// <summary>Random ledgers with payments in part, split, combined, twice and in other currencies, beside a plain reading of the rules.</summary>
public class LedgerTests
{
    private static readonly DateOnly First = Dates.Of("2020-03-10");

    [Fact]
    public void Random_ledgers_are_reconciled_as_read_and_balance() => AssertLedgers(1, 150);

    [Fact(Explicit = true)]
    public void Ten_thousand_random_ledgers_are_reconciled_as_read_and_balance() =>
        AssertLedgers(1000, 10_000);

    private static void AssertLedgers(int first, int count)
    {
        var outcomes = new HashSet<string>(StringComparer.Ordinal);
        for (var seed = first; seed < first + count; seed++)
        {
            var random = new Random(seed);
            var facts = Ledger(random);
            var date = First.AddDays(random.Next(60));
            var decided = Decide(facts, date);
            var expected = Read(facts, decided, date);

            Assert.Equal((seed, string.Join('\n', expected)), (seed, string.Join('\n', Texts(decided))));
            Assert.Equal(Texts(decided), Texts(Decide(Shuffled(facts, random), date)));
            AssertBalances(facts, decided);
            outcomes.UnionWith(decided.SelectMany(d => d.Findings.Select(f => f.Code).Append(d.Outcome)));
        }

        Assert.Superset(
            new HashSet<string>(
                [
                    "Paid",
                    "PartlyPaid",
                    "Overpaid",
                    "PaidTwice",
                    "PaidNotApproved",
                    "Due",
                    "Overdue",
                    "NothingDue",
                    "Matched",
                    "Unmatched",
                    "CurrencyMismatch",
                    "PartlyMatched",
                    "REC-ALLOCATION",
                ],
                StringComparer.Ordinal
            ),
            outcomes
        );
    }

    /// <summary>Three customers with two requests each; few amounts and days, so that things meet.</summary>
    private static FactSet Ledger(Random random)
    {
        var voucher = Scene.New().DeliveredVoucher(days: 1).Facts.Vouchers[0];
        var vouchers = Enumerable
            .Range(0, 6)
            .Select(i => voucher with { VoucherId = $"V{i}", AgreementId = $"A{i % 3}" })
            .ToList();
        var requests = vouchers
            .Select(
                (v, i) =>
                    new PaymentRequest(
                        $"R{i}",
                        v.VoucherId,
                        "P1-US",
                        First.AddDays(random.Next(20)),
                        1600m,
                        random.Next(5) == 0 ? "CAD" : "USD",
                        $"I-{random.Next(5)}"
                    )
            )
            .ToList();
        decimal[] amounts = [400m, 800m, 1600m, 1600m, 1600.01m, 3200m];
        var payments = Enumerable
            .Range(0, random.Next(1, 6))
            .Select(i => new Payment(
                $"X{i}",
                random.Next(3) == 0 ? null : $"R{random.Next(6)}",
                $"I-{random.Next(6)}",
                First.AddDays(random.Next(50)),
                amounts[random.Next(amounts.Length)],
                random.Next(6) == 0 ? "CAD" : "USD"
            ))
            .ToList();
        var allocations = Enumerable
            .Range(0, random.Next(9))
            .Select(_ => new PaymentAllocation(
                payments[random.Next(payments.Count)].PaymentId,
                $"R{random.Next(6)}",
                amounts[random.Next(amounts.Length)],
                First.AddDays(random.Next(50))
            ))
            .DistinctBy(a => (a.PaymentId, a.RequestId))
            .ToList();
        return new()
        {
            Agreements = [new("A0", "C0", null), new("A1", "C1", null), new("A2", "C2", null)],
            Vouchers = vouchers,
            Requests = requests,
            Payments = payments,
            Allocations = allocations,
        };
    }

    private static FactSet Shuffled(FactSet facts, Random random) =>
        facts with
        {
            Requests = [.. facts.Requests.OrderBy(_ => random.Next())],
            Payments = [.. facts.Payments.OrderBy(_ => random.Next())],
            Allocations = [.. facts.Allocations.OrderBy(_ => random.Next())],
        };

    private static List<Decision> Decide(FactSet facts, DateOnly date)
    {
        var session = Scene.New().Open(date.ToString("O", null));
        return
        [
            .. facts
                .Customers()
                .SelectMany(c => session.Decide(c).Decisions)
                .Concat(session.Decide(facts.InvoicePayments())),
        ];
    }

    private static List<string> Texts(List<Decision> decisions) =>
        [
            .. decisions
                .Where(d => d.RuleSet == RuleSetName.Reconciliation)
                .OrderBy(d => d.SubjectId, StringComparer.Ordinal)
                .Select(d => $"{d.SubjectId} {Decided.Text(d)}"),
        ];

    /// <summary>What the page of the domain says about reconciliation, over all facts at once.</summary>
    private static List<string> Read(FactSet facts, List<Decision> decided, DateOnly date)
    {
        var requests = facts.Requests.Where(r => r.SubmittedOn <= date).ToDictionary(r => r.RequestId);
        var paid = requests.Keys.ToDictionary(r => r, _ => new List<decimal>());
        var texts = new List<string>();
        foreach (var payment in facts.Payments.Where(p => p.PaidOn <= date))
        {
            var allocations = facts
                .Allocations.Where(a => a.PaymentId == payment.PaymentId && a.AllocatedOn <= date)
                .OrderBy(a => (a.AllocatedOn, a.RequestId))
                .ToList();
            texts.Add(
                allocations.Count > 0
                    ? ReadAllocated(payment, allocations, requests, paid)
                    : ReadMatched(payment, requests, paid)
            );
        }

        texts.AddRange(requests.Values.Select(r => ReadRequest(r, decided, paid[r.RequestId], date)));
        return [.. texts.Order(StringComparer.Ordinal)];
    }

    private static string ReadAllocated(
        Payment payment,
        List<PaymentAllocation> allocations,
        Dictionary<string, PaymentRequest> requests,
        Dictionary<string, List<decimal>> paid
    )
    {
        var (left, refused) = (payment.Amount, 0);
        foreach (var allocation in allocations)
        {
            if (
                requests.TryGetValue(allocation.RequestId, out var request)
                && request.Currency == payment.Currency
                && allocation.Amount <= left
            )
            {
                left -= allocation.Amount;
                paid[allocation.RequestId].Add(allocation.Amount);
            }
            else
            {
                refused++;
            }
        }

        var (outcome, code) =
            left == payment.Amount ? ("Unmatched", ["REC-UNMATCHED"])
            : left > 0 ? ("PartlyMatched", ["REC-PARTLY-MATCHED"])
            : ("Matched", (string[])[]);
        return Line(
            payment.PaymentId,
            outcome,
            [.. code, .. Enumerable.Repeat("REC-ALLOCATION", refused)],
            FormattableString.Invariant($"allocated={payment.Amount - left:0.00}")
        );
    }

    private static string ReadMatched(
        Payment payment,
        Dictionary<string, PaymentRequest> requests,
        Dictionary<string, List<decimal>> paid
    )
    {
        var matching = requests
            .Values.Where(r =>
                payment.RequestId is null
                    ? r.InvoiceNumber == payment.InvoiceNumber
                    : r.RequestId == payment.RequestId
            )
            .ToList();
        if (matching.Count != 1)
        {
            return Line(payment.PaymentId, "Unmatched", ["REC-UNMATCHED"], "");
        }

        if (matching[0].Currency != payment.Currency)
        {
            return Line(payment.PaymentId, "CurrencyMismatch", ["REC-CURRENCY"], "");
        }

        paid[matching[0].RequestId].Add(payment.Amount);
        return Line(payment.PaymentId, "Matched", [], $"request_id={matching[0].RequestId}");
    }

    private static string ReadRequest(
        PaymentRequest request,
        List<Decision> decided,
        List<decimal> paid,
        DateOnly date
    )
    {
        var approval = decided.Single(d =>
            d.RuleSet == RuleSetName.Payment && d.SubjectId == request.RequestId
        );
        var approved = approval.Outcome == "Approved" ? 1600m : 0m;
        var sum = paid.Sum();
        var (outcome, code) =
            sum > 0 && approved == 0 ? ("PaidNotApproved", "REC-NOT-APPROVED")
            : approved > 0 && paid.Count(p => p == approved) >= 2 ? ("PaidTwice", "REC-PAID-TWICE")
            : sum > approved ? ("Overpaid", "REC-OVERPAID")
            : approved > 0 && sum == approved ? ("Paid", "")
            : sum > 0 ? ("PartlyPaid", "REC-PARTLY-PAID")
            : approved == 0 ? ("NothingDue", "")
            : date > request.SubmittedOn.AddDays(30) ? ("Overdue", "REC-OVERDUE")
            : ("Due", "");
        return Line(
            request.RequestId,
            outcome,
            code.Length == 0 ? [] : [code],
            FormattableString.Invariant($"approved={approved:0.00};paid={sum:0.00}")
                + (outcome == "Overdue" ? ";band=31-60" : "")
        );
    }

    private static string Line(string id, string outcome, List<string> codes, string details) =>
        $"{id} {outcome}"
        + (codes.Count == 0 ? "" : $" ({string.Join(';', codes)})")
        + (details.Length == 0 ? "" : $" {details}");

    /// <summary>What is matched, in whole or in part, is what is paid, in each currency.</summary>
    private static void AssertBalances(FactSet facts, List<Decision> decided)
    {
        foreach (var currency in (string[])["USD", "CAD"])
        {
            var matched = decided
                .Select(d => (d.Outcome, Values: d.Values as PaymentValues))
                .Where(d => d.Values?.Currency == currency)
                .Sum(d => d.Outcome == "Matched" ? d.Values!.Amount : d.Values!.Allocated ?? 0m);
            var paid = decided
                .Select(d => d.Values)
                .OfType<AccountValues>()
                .Where(a => a.Currency == currency)
                .Sum(a => a.Paid);
            Assert.Equal(matched, paid);
        }

        Assert.NotEmpty(facts.Payments);
    }
}
