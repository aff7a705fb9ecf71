using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

public sealed class ControlTotalsTests
{
    [Theory]
    // A decision that is stored otherwise than it was decided.
    [InlineData(
        "CREATE TRIGGER t AFTER INSERT ON decision WHEN new.subject_id = 'V-00001' AND new.rule_set = 2 BEGIN UPDATE decision SET outcome = 'Active' WHERE subject_id = 'V-00001' AND rule_set = 2; END",
        "expiry of voucher, Active: "
    )]
    // A decision that is lost.
    [InlineData(
        "CREATE TRIGGER t AFTER INSERT ON decision WHEN new.subject_id = 'PR-00001' AND new.rule_set = 5 BEGIN DELETE FROM decision WHERE subject_id = 'PR-00001' AND rule_set = 5; END",
        "payment requests, for payment: "
    )]
    // A booking that is lost.
    [InlineData(
        "CREATE TRIGGER t AFTER INSERT ON days_ledger BEGIN DELETE FROM days_ledger; END",
        "days booked: "
    )]
    // A cent too many.
    [InlineData(
        "CREATE TRIGGER t AFTER INSERT ON decision WHEN new.details LIKE 'approved=1250.00;paid=1250.00%' BEGIN UPDATE decision SET details = 'approved=1250.00;paid=1250.01' WHERE subject_id = new.subject_id AND rule_set = 6; END",
        "paid GBP of requests Paid: "
    )]
    public async Task A_run_whose_totals_do_not_agree_with_the_database_fails(string damage, string fault)
    {
        using var world = World.OfSamples();
        world.Temp.Execute(damage);

        var report = await world.RunAsync(World.Midway);

        Assert.Equal(RunStatus.Failed, report.Status);
        Assert.Contains(report.OutOfBalance, f => f.StartsWith(fault, StringComparison.Ordinal));
        var run = world.WithStore(s => s.Runs.Find(1))!;
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.StartsWith("Out of balance. ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Approved_money_is_paid_still_due_or_partly_unpaid_to_the_cent()
    {
        var money = Assert.Single(
            MoneyBalance.Of(
                Sheet(
                    new("Paid", "EUR", 2, 300.10m, 300.10m),
                    new("PartlyPaid", "EUR", 1, 100m, 40.05m),
                    new("Overdue", "EUR", 1, 70m, 0m),
                    new("Due", "EUR", 1, 30m, 0m),
                    new("Overpaid", "EUR", 1, 50m, 60m),
                    new("PaidTwice", "EUR", 1, 20m, 40m),
                    new("PaidNotApproved", "EUR", 1, 0m, 5m),
                    new("NothingDue", "EUR", 4, 0m, 0m)
                )
            )
        );

        Assert.Equal(570.10m, money.Approved);
        Assert.Equal(410.15m, money.PaidAsApproved);
        Assert.Equal(100m, money.StillDue);
        Assert.Equal(59.95m, money.PartlyUnpaid);
        Assert.Equal(35m, money.PaidBeyond);
        Assert.Empty(money.Faults(everyCustomerDecided: true));
    }

    [Fact]
    public void Money_approved_of_which_nothing_is_due_is_found() =>
        Assert.Equal(
            ["approved 0.01 EUR is not paid as approved 0.00 + still due 0.00 + partly unpaid 0.00"],
            FaultsOf(new("NothingDue", "EUR", 1, 0.01m, 0m))
        );

    [Fact]
    public void A_cent_paid_too_much_without_being_called_overpaid_is_found() =>
        Assert.Equal(
            ["approved 10.00 EUR is not paid as approved 10.01 + still due 0.00 + partly unpaid 0.00"],
            FaultsOf(new("Paid", "EUR", 1, 10m, 10.01m))
        );

    private static IEnumerable<string> FaultsOf(RequestTotal request) =>
        MoneyBalance.Of(Sheet(request)).SelectMany(m => m.Faults(everyCustomerDecided: true));

    private static TotalsSheet Sheet(params RequestTotal[] requests) =>
        new([], requests, [new("Matched", "EUR", 1, requests.Sum(r => r.Paid))], DaysTotal.None);
}
