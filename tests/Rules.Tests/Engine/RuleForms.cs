using NRules.Fluent.Dsl;
using NRules.RuleModel;

namespace PlanningServices.Rules.Tests.Engine;

/// <summary>A rule for every form that a left-hand side can have. Each calls what it is about its subject.</summary>
internal static class RuleForms
{
    internal sealed record Order(
        string OrderId,
        string Customer = "C1",
        int Amount = 10,
        string? Country = null
    )
    {
        internal Line[] Lines { get; init; } = [];
    }

    internal sealed record Line(string OrderId, int Amount);

    internal sealed record Bill(string BillId, string OrderId, int Amount);

    /// <summary>What a query selects. Values that are equal, such as two equal amounts, make NRules 1.0.4 throw.</summary>
    internal sealed record Share(string Id, int Amount);

    internal sealed record Account(string Customer, bool IsOpen = true);

    /// <summary>Counts how often it is looked at.</summary>
    internal sealed class Watched(int[] reads)
    {
        public bool IsOpen => ++reads[0] < 0;
    }

    internal abstract class Form : Rule
    {
        public override void Define()
        {
            Conditions();
            Name(GetType().Name);
            Then().Do(_ => Nothing());
        }

        protected abstract void Conditions();

        private static void Nothing() { }
    }

    internal sealed class Joined : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            Bill bill = null!;
            Account account = null!;

            When()
                .Match(() => subject, o => o.Amount > 5)
                .Match(() => bill, b => b.OrderId == subject.OrderId, b => b.Amount >= subject.Amount)
                .Match(() => account, a => a.Customer == subject.Customer, a => a.IsOpen);
        }
    }

    internal sealed class SameCustomer : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            Order other = null!;

            When()
                .Match(() => subject)
                .Match(() => other, o => o.OrderId != subject.OrderId, o => o.Customer == subject.Customer);
        }
    }

    internal sealed class Filtered : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;

            When().Query(() => subject, q => q.Match<Order>(o => o.Amount > 5).Where(o => o.Country != null));
        }
    }

    internal sealed class Selected : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            Share share = null!;

            When()
                .Match(() => subject)
                .Query(
                    () => share,
                    q =>
                        q.Match<Bill>(b => b.OrderId == subject.OrderId)
                            .Select(b => new Share(b.BillId, b.Amount))
                            .Where(s => s.Amount > 5)
                );
        }
    }

    internal sealed class Flattened : Form
    {
        protected override void Conditions()
        {
            Line subject = null!;
            When()
                .Query(
                    () => subject,
                    q => q.Match<Order>(o => o.Amount > 0).SelectMany(o => o.Lines).Where(l => l.Amount > 5)
                );
        }
    }

    internal sealed class Grouped : Form
    {
        protected override void Conditions()
        {
            IGrouping<string, Order> subject = null!;
            When()
                .Query(
                    () => subject,
                    q => q.Match<Order>(o => o.Amount > 0).GroupBy(o => o.Customer).Where(g => g.Count() > 1)
                );
        }
    }

    internal sealed class Chained : Form
    {
        protected override void Conditions()
        {
            IGrouping<bool, int> subject = null!;
            When()
                .Query(
                    () => subject,
                    q =>
                        q.Match<Order>()
                            .Where(o => o.Amount > 0)
                            .Select(o => new Share(o.OrderId, o.Amount))
                            .Where(s => s.Amount < 10)
                            .GroupBy(s => s.Amount > 4, s => s.Amount * 2)
                            .Where(g => g.Key, g => g.Count() > 1)
                );
        }
    }

    internal sealed class Collected : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            IEnumerable<Bill> bills = null!;

            When()
                .Match(() => subject)
                .Query(
                    () => bills,
                    q =>
                        q.Match<Bill>(b => b.OrderId == subject.OrderId)
                            .Collect()
                            .Where(b => b.Any(), b => b.Sum(x => x.Amount) >= subject.Amount)
                );
        }
    }

    internal sealed class Several : Form
    {
        protected override void Conditions()
        {
            IEnumerable<Order> subject = null!;
            When()
                .Query(
                    () => subject,
                    q => q.Match<Order>(o => o.Amount > 0).Collect().Where(o => o.Count() >= 2)
                );
        }
    }

    internal sealed class Ordered : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            IEnumerable<Bill> bills = null!;

            When()
                .Match(() => subject)
                .Query(
                    () => bills,
                    q =>
                        q.Match<Bill>(b => b.OrderId == subject.OrderId)
                            .Collect()
                            .OrderBy(b => b.Amount)
                            .ThenByDescending(b => b.BillId)
                            .Where(b => b.Any(), b => b.First().BillId == "B2")
                );
        }
    }

    internal sealed class LookedUp : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            IKeyedLookup<int, string> bills = null!;

            When()
                .Match(() => subject)
                .Query(
                    () => bills,
                    q =>
                        q.Match<Bill>(b => b.OrderId == subject.OrderId)
                            .Collect()
                            .ToLookup(b => b.Amount, b => b.BillId)
                            .Where(b => b.Contains(4), b => b[4].Count() > 1)
                );
        }
    }

    internal sealed class Calculated : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            int twice = 0;

            When()
                .Match(() => subject)
                .Query(() => twice, q => q.From(() => subject.Amount * 2).Where(t => t > 10));
        }
    }

    internal sealed class Billed : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;

            When().Match(() => subject).Exists<Bill>(b => b.OrderId == subject.OrderId);
        }
    }

    internal sealed class Unbilled : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;

            When().Match(() => subject).Not<Bill>(b => b.OrderId == subject.OrderId);
        }
    }

    internal sealed class AllSmall : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;

            When()
                .Match(() => subject)
                .All<Bill>(b => b.OrderId == subject.OrderId, b => b.Amount <= subject.Amount);
        }
    }

    internal sealed class Either : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;

            When()
                .Match(() => subject)
                .Or(or =>
                    or.Exists<Account>(a => a.Customer == subject.Customer)
                        .And(and => and.Exists<Bill>(b => b.OrderId == subject.OrderId).Not<Account>())
                );
        }
    }

    internal sealed class OrderOrBill : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            Bill bill = null!;

            When().Or(or => or.Match(() => subject, o => o.Amount > 5).Match(() => bill, b => b.Amount > 3));
        }
    }

    internal sealed class Remaining : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            Bill bill = null!;
            int rest = 0;

            When()
                .Match(() => subject)
                .Match(() => bill, b => b.OrderId == subject.OrderId)
                .Let(() => rest, () => subject.Amount - bill.Amount)
                .Having(() => rest > 0, () => rest < bill.Amount);
        }
    }

    internal sealed class Filtering : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;

            When().Match(() => subject);
            Filter().Where(() => subject.Amount > 5).OnChange(() => subject.Amount);
        }
    }

    internal sealed class Crossed : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            Bill bill = null!;
            Account account = null!;

            When()
                .Match(() => subject)
                .Match(() => bill)
                .Match(() => account, a => bill.OrderId == a.Customer);
        }
    }

    internal sealed class Failing : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            int share = 0;

            When()
                .Match(() => subject, o => o.Country!.Length > 1)
                .Let(() => share, () => 100 / subject.Amount);
        }
    }

    internal sealed class Watchful : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;
            Bill bill = null!;
            Watched watched = null!;

            When()
                .Match(() => subject)
                .Match(() => bill)
                .Match(() => watched, w => w.IsOpen, _ => bill.Amount > 3);
        }
    }

    internal sealed class Repeated : Form
    {
        protected override void Conditions()
        {
            IGrouping<string, Order> same = null!;
            Order first = null!;
            Order subject = null!;

            When()
                .Query(() => same, q => q.Match<Order>(o => o.Amount > 5).GroupBy(o => o.Customer))
                .Let(() => first, () => same.OrderBy(o => o.OrderId).First())
                .Query(
                    () => subject,
                    q =>
                        q.From(() => same)
                            .SelectMany(g => g.Where(o => o != g.OrderBy(x => x.OrderId).First()))
                );
        }
    }

    internal sealed class Lined : Form
    {
        protected override void Conditions()
        {
            Order subject = null!;

            When()
                .Match(
                    () => subject,
                    o => o.Lines.Any(l => l.Amount > o.Amount),
                    o => !o.Lines.Any(l => l.Amount == 0)
                );
        }
    }
}
