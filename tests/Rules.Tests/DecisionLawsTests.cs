using CsCheck;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests;

/// <summary>What holds for any facts, on any business date.</summary>
public class DecisionLawsTests
{
    private static readonly Gen<(World World, DateOnly On, uint Seed)> Any = Gen.Select(
        Worlds.All,
        Worlds.Date,
        Gen.UInt
    );

    [Fact]
    public void The_order_of_facts_changes_nothing() =>
        Any.Sample(
            (world, on, seed) =>
                Assert.Equal(
                    Text(world, on),
                    Text(world with { Customers = [.. world.Customers.Select(c => Shuffled(c, seed))] }, on)
                ),
            iter: 300
        );

    [Fact]
    public void Deciding_customers_in_one_session_or_each_in_its_own_is_the_same() =>
        Any.Sample(
            (world, on, _) =>
                Assert.Equal(
                    Text(world, on),
                    string.Concat(
                        world
                            .Customers.Reverse()
                            .Select(c => Text(world with { Customers = [c] }, on))
                            .Reverse()
                    )
                ),
            iter: 300
        );

    [Fact]
    public void Facts_dated_after_the_business_date_change_nothing() =>
        Any.Sample(
            (world, on, _) =>
                Assert.Equal(
                    Text(world, on),
                    Text(
                        world with
                        {
                            Customers = [.. world.Customers.Select(c => WithoutFuture(c, on))],
                        },
                        on
                    )
                ),
            iter: 300
        );

    [Fact]
    public void Approved_is_what_is_paid_or_still_to_be_paid() =>
        Any.Sample(
            (world, on, _) =>
            {
                foreach (var decision in Decide(world, on).SelectMany(c => c.Decisions))
                {
                    var agrees = (decision.Outcome, decision.Values) switch
                    {
                        ("NothingDue", AccountValues a) => a is { Approved: 0, Paid: 0 },
                        ("Due" or "Overdue", AccountValues a) => a is { Approved: > 0, Paid: 0 },
                        ("PartlyPaid", AccountValues a) => a.Paid > 0 && a.Paid < a.Approved,
                        ("Paid", AccountValues a) => a.Paid == a.Approved && a.Paid > 0,
                        ("Overpaid" or "PaidTwice", AccountValues a) => a.Paid > a.Approved && a.Approved > 0,
                        ("PaidNotApproved", AccountValues a) => a is { Approved: 0, Paid: > 0 },
                        (_, AccountValues) => false,
                        (_, PaymentValues payment) => payment.Amount > 0,
                        _ => true,
                    };
                    Assert.True(agrees, decision.ToString());
                }
            },
            iter: 300
        );

    [Fact]
    public void What_is_paid_by_name_is_what_payments_are_matched() =>
        Any.Sample(
            (world, on, _) =>
            {
                var named = world with
                {
                    Customers =
                    [
                        .. world.Customers.Select(c =>
                            c with
                            {
                                Payments = [.. c.Payments.Where(p => p.RequestId is not null)],
                            }
                        ),
                    ],
                };
                var decisions = Decide(named, on).SelectMany(c => c.Decisions).ToList();
                foreach (var currency in Worlds.Currencies)
                {
                    Assert.Equal(
                        decisions
                            .Select(d => d.Values)
                            .OfType<AccountValues>()
                            .Where(a => a.Currency == currency)
                            .Sum(a => a.Paid),
                        decisions
                            .Where(d => d.Outcome == "Matched")
                            .Select(d => d.Values)
                            .OfType<PaymentValues>()
                            .Where(p => p.Currency == currency)
                            .Sum(p => p.Amount)
                    );
                }
            },
            iter: 300
        );

    [Fact]
    public void At_most_one_request_of_a_voucher_is_approved() =>
        Any.Sample(
            (world, on, _) =>
            {
                var approved = Decide(world, on)
                    .SelectMany(c => c.Decisions)
                    .Where(d => d.RuleSet == RuleSetName.Payment && d.Outcome == "Approved")
                    .Select(d => d.SubjectId)
                    .ToHashSet(StringComparer.Ordinal);
                Assert.All(
                    world
                        .Customers.SelectMany(c => c.Requests)
                        .Where(r => approved.Contains(r.RequestId))
                        .GroupBy(r => r.VoucherId, StringComparer.Ordinal),
                    requests => Assert.Single(requests)
                );
            },
            iter: 300
        );

    [Fact]
    public void The_random_worlds_reach_every_code_the_shipped_pack_can()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Any.Sample(
            (world, on, _) =>
            {
                foreach (
                    var decision in Decide(world, on)
                        .SelectMany(c => c.Decisions)
                        .Concat(Qualifications(world.Reference, on))
                )
                {
                    lock (seen)
                    {
                        seen.UnionWith(decision.Findings.Select(f => f.Code));
                    }
                }
            },
            iter: 3000
        );
        // No life of the shipped pack is long enough for the end of the programme to cut it short. LedgerTests have the allocations.
        Assert.Equal(
            ["EXP-PROGRAM-END", "REC-PARTLY-MATCHED", "REC-ALLOCATION"],
            FindingCodes.All.Except(seen, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_order_of_a_partners_facts_and_those_dated_after_the_business_date_change_nothing() =>
        Any.Sample(
            (world, on, seed) =>
                Assert.Equal(
                    Qualifications(world.Reference, on).Select(DecisionText.Of),
                    Qualifications(world.Reference, on, partner => Shuffled(WithoutFuture(partner, on), seed))
                        .Select(DecisionText.Of)
                ),
            iter: 300
        );

    private static IEnumerable<Decision> Qualifications(
        ReferenceData reference,
        DateOnly on,
        Func<PartnerFacts, PartnerFacts>? change = null
    )
    {
        var session = Books.Rules.Open(Packs.Shipped, reference, on);
        return reference
            .PartnerIds.Select(reference.FactsOf)
            .SelectMany(partner => session.Decide(change?.Invoke(partner) ?? partner).Decisions);
    }

    private static IReadOnlyList<CustomerDecisions> Decide(World world, DateOnly on)
    {
        var session = Books.Rules.Open(Packs.Shipped, world.Reference, on);
        return [.. world.Customers.Select(session.Decide)];
    }

    private static string Text(World world, DateOnly on) =>
        string.Concat(Decide(world, on).Select(DecisionText.Of));

    private static PartnerFacts Shuffled(PartnerFacts facts, uint seed)
    {
        var random = new Random((int)(seed & int.MaxValue));
        return facts with
        {
            Competencies = Mixed(random, facts.Competencies),
            Enrollments = Mixed(random, facts.Enrollments),
            Exams = Mixed(random, facts.Exams),
        };
    }

    private static PartnerFacts WithoutFuture(PartnerFacts facts, DateOnly on) =>
        facts with
        {
            Competencies = [.. facts.Competencies.Where(c => c.FromOn <= on)],
            Enrollments = [.. facts.Enrollments.Where(e => e.SignedOn <= on)],
            Exams = [.. facts.Exams.Where(x => x.PassedOn <= on)],
        };

    private static CustomerFacts Shuffled(CustomerFacts facts, uint seed)
    {
        var random = new Random((int)(seed & int.MaxValue));
        return facts with
        {
            Agreements = Mixed(random, facts.Agreements),
            Grants = Mixed(random, facts.Grants),
            Vouchers = Mixed(random, facts.Vouchers),
            Requests = Mixed(random, facts.Requests),
            Payments = Mixed(random, facts.Payments),
        };
    }

    private static T[] Mixed<T>(Random random, IReadOnlyList<T> list)
    {
        var mixed = list.ToArray();
        random.Shuffle(mixed);
        return mixed;
    }

    private static CustomerFacts WithoutFuture(CustomerFacts facts, DateOnly on)
    {
        DateOnly? Known(DateOnly? date) => date > on ? null : date;
        return facts with
        {
            Grants = [.. facts.Grants.Where(g => g.GrantedOn <= on)],
            Requests = [.. facts.Requests.Where(r => r.SubmittedOn <= on)],
            Payments = [.. facts.Payments.Where(p => p.PaidOn <= on)],
            Vouchers =
            [
                .. facts
                    .Vouchers.Where(v => v.CreatedOn <= on)
                    .Select(v =>
                        v with
                        {
                            AssignedOn = Known(v.AssignedOn),
                            ReservedOn = Known(v.ReservedOn),
                            ReservedLocationId = v.ReservedOn > on ? null : v.ReservedLocationId,
                            EngagementStartedOn = Known(v.EngagementStartedOn),
                            EngagementCompletedOn = Known(v.EngagementCompletedOn),
                            CompletionReportOn = Known(v.CompletionReportOn),
                            DeliverableOn = Known(v.DeliverableOn),
                            RedeemedOn = Known(v.RedeemedOn),
                            CancelledOn = Known(v.CancelledOn),
                        }
                    ),
            ],
        };
    }
}
