using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

public sealed class QuarantineTests : IDisposable
{
    private const string Broken = "V-00209";

    private readonly World world = World.OfSamples();
    private readonly string customer;

    public QuarantineTests() =>
        customer = world.Temp.Scalar<string>(
            $"SELECT a.customer_id FROM voucher v JOIN agreement a USING (agreement_id) WHERE v.voucher_id = '{Broken}'"
        )!;

    [Fact]
    public async Task A_customer_that_cannot_be_decided_is_set_aside_and_the_rest_go_on()
    {
        Break();

        var report = await world.RunAsync(new(2021, 3, 31));

        Assert.Equal(RunStatus.CompletedWithErrors, report.Status);
        var quarantined = Assert.Single(report.Quarantined);
        Assert.Equal(customer, quarantined.CustomerId);
        Assert.Contains("'abolished'", quarantined.Error, StringComparison.Ordinal);
        Assert.Equal($"voucher {Broken}", quarantined.Fact);
        Assert.Empty(report.OutOfBalance);
        Assert.Equal(0, CountOf("customer_id = '" + customer + "'"));
        Assert.True(CountOf("customer_id <> '" + customer + "'") > 0);
    }

    [Fact]
    public async Task It_keeps_the_decisions_it_had()
    {
        await world.RunAsync(World.Midway);
        var had = CountOf($"customer_id = '{customer}' AND run_id = 1");
        Break();

        var report = await world.RunAsync(new(2021, 3, 31));

        Assert.Empty(report.OutOfBalance);
        Assert.True(had > 0);
        Assert.Equal(had, CountOf($"customer_id = '{customer}' AND run_id = 1"));
        Assert.Equal(0, CountOf($"customer_id = '{customer}' AND run_id = 2"));
    }

    [Fact]
    public async Task It_is_decided_again_when_its_facts_are_mended()
    {
        Break();
        await world.RunAsync(new(2021, 3, 31));
        world.Temp.Execute($"UPDATE voucher SET engagement = 'ppm' WHERE voucher_id = '{Broken}'");

        var report = await world.RunAsync(new(2021, 4, 1));

        Assert.Equal(RunStatus.Completed, report.Status);
        Assert.True(CountOf("customer_id = '" + customer + "'") > 0);
    }

    [Fact]
    public async Task A_parameter_that_is_not_in_force_is_named_with_the_fact_and_its_date()
    {
        world.Temp.Execute(
            $"UPDATE voucher SET created_on = '1999-06-30', assigned_on = NULL WHERE voucher_id = '{Broken}'"
        );

        var quarantined = Assert.Single((await world.RunAsync(new(2021, 3, 31))).Quarantined);

        Assert.Equal(
            new(
                customer,
                $"Parameter 'expiry.life_days' has no version in force on 1999-06-30, a date of voucher {Broken}; its first starts on 2000-01-01.",
                $"voucher {Broken}",
                RuleCode: null,
                "expiry.life_days"
            ),
            quarantined with
            {
                SetAside = null,
            }
        );
    }

    [Fact]
    public async Task Control_totals_and_what_is_set_aside_are_together_what_is_exported()
    {
        await world.RunAsync(new(2021, 3, 30));
        var approved = world.Temp.Scalar<string>(
            "SELECT min(q.voucher_id) FROM payment_request q JOIN decision d ON d.subject_id = q.request_id WHERE d.rule_set = 5 AND d.outcome = 'Approved'"
        );
        world.Temp.Execute($"UPDATE voucher SET engagement = 'abolished' WHERE voucher_id = '{approved}'");

        var report = await world.RunAsync(new(2021, 3, 31));

        Assert.Empty(report.OutOfBalance);
        var money = MoneyBalance.Of(report.Totals);
        Assert.True(money.Sum(m => m.SetAside) > 0);
        Assert.True(report.Totals.SetAside!.Days.Granted > 0);
        Assert.Equal(
            world
                .Decisions()
                .GroupBy(d => (d.RuleSet, d.Subject, d.Outcome))
                .Select(same => (same.Key, (long)same.Count()))
                .Order(),
            report
                .Totals.Outcomes.Concat(report.Totals.SetAside!.Outcomes)
                .GroupBy(o => (o.RuleSet.Text(), o.Subject.Text(), o.Outcome))
                .Select(same => (same.Key, same.Sum(o => o.Count)))
                .Order()
        );
        Assert.Equal(
            Exported(m => m.Approved),
            money.Select(m => (m.Currency, m.Approved + m.SetAside)).Where(m => m.Item2 > 0)
        );
        Assert.Equal(
            Exported(m => m.Paid),
            money
                .Select(m => (m.Currency, m.PaidAsApproved + m.PaidBeyond + m.SetAsidePaid))
                .Where(m => m.Item2 > 0)
        );
    }

    [Fact]
    public async Task What_was_set_aside_is_added_up_again_before_the_run_is_completed()
    {
        await world.RunAsync(new(2021, 3, 30));
        Break();
        world.Temp.Execute(
            $"CREATE TRIGGER t AFTER INSERT ON quarantine BEGIN DELETE FROM decision WHERE subject_id = '{Broken}' AND rule_set = 1; END"
        );

        var report = await world.RunAsync(new(2021, 3, 31));

        Assert.Equal(RunStatus.Failed, report.Status);
        Assert.Contains(
            report.OutOfBalance,
            f => f.StartsWith("set aside, retirement of voucher, ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task It_is_in_quarantine_since_the_first_of_the_last_nights_in_a_row()
    {
        Break();
        await world.RunAsync(new(2021, 3, 29));
        Mend();
        await world.RunAsync(new(2021, 3, 30));
        Break();
        await world.RunAsync(new(2021, 3, 31));
        await world.RunAsync(new(2021, 4, 1));

        var entry = Assert.Single(world.WithStore(Quarantine.Now));

        Assert.Equal((customer, new DateOnly(2021, 3, 31)), (entry.Customer.CustomerId, entry.Since));
        Assert.Equal([4, 3, 1], world.WithStore(s => s.Quarantine.NightsOf(customer)).Select(n => n.RunId));
    }

    [Fact]
    public async Task Twenty_customers_in_quarantine_are_tolerated_however_few_there_are()
    {
        Break(customers: 20);

        var report = await world.RunAsync(new(2021, 3, 31));

        Assert.Equal((RunStatus.CompletedWithErrors, 20), (report.Status, report.Quarantined.Count));
    }

    [Fact]
    public async Task A_run_that_sets_more_aside_fails_and_says_what_it_was()
    {
        Break(customers: 21);

        var failed = await Assert.ThrowsAsync<PlanningException>(() => world.RunAsync(new(2021, 3, 31)));

        Assert.StartsWith(
            "21 of 39 customers are set aside, and Run:MaxQuarantined (0.01) tolerates 20: 21 because of facts that cannot be decided. The first is ",
            failed.Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "begin the run again with: planning runs abandon 1, and: planning run nightly --as-of 2021-03-31. To accept so many, raise Run:MaxQuarantined and go on with: planning runs resume 1.",
            failed.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(ExitCode.Failed, failed.ExitCode);
        var run = world.WithStore(s => s.Runs.Find(1))!;
        Assert.Equal((RunStatus.Failed, failed.Message), (run.Status, run.Error));
    }

    [Fact]
    public async Task Such_a_run_goes_on_only_when_the_limit_is_raised()
    {
        Break(customers: 21);
        await Assert.ThrowsAsync<PlanningException>(() => world.RunAsync(new(2021, 3, 31)));
        Mend();

        await Assert.ThrowsAsync<PlanningException>(() => world.RunAsync(new(2021, 3, 31)));
        world.Options.MaxQuarantined = 1m;
        var report = await world.RunAsync(new(2021, 3, 31));

        Assert.Equal((RunStatus.CompletedWithErrors, 21), (report.Status, report.Quarantined.Count));
    }

    public void Dispose() => world.Dispose();

    /// <summary>The sums of the exported reconciliation decisions by currency.</summary>
    private IEnumerable<(string Currency, decimal)> Exported(
        Func<(decimal Approved, decimal Paid), decimal> amount
    )
    {
        var currencies = world
            .Temp.Query<(string Id, string Currency)>("SELECT request_id, currency FROM payment_request")
            .ToDictionary(r => r.Id, r => r.Currency, StringComparer.Ordinal);
        return world
            .Decisions()
            .Where(d => d is { RuleSet: "reconciliation", Subject: "payment_request" })
            .GroupBy(d => currencies[d.SubjectId])
            .Select(same => (same.Key, same.Sum(d => amount(AccountValues.ReadAmounts(d.Details)))))
            .Where(sum => sum.Item2 > 0)
            .Order();
    }

    private void Break(int customers) =>
        world.Temp.Execute(
            $"""
            UPDATE voucher SET engagement = 'abolished' WHERE agreement_id IN (
                SELECT agreement_id FROM agreement WHERE customer_id IN (
                    SELECT DISTINCT a.customer_id FROM agreement a JOIN voucher v USING (agreement_id)
                    WHERE v.created_on < '2021-01-01' ORDER BY 1 LIMIT {customers}))
            """
        );

    private void Mend() =>
        world.Temp.Execute("UPDATE voucher SET engagement = 'ppm' WHERE engagement = 'abolished'");

    private void Break() =>
        world.Temp.Execute($"UPDATE voucher SET engagement = 'abolished' WHERE voucher_id = '{Broken}'");

    private long CountOf(string where) =>
        world.Temp.Scalar<long>($"SELECT count(*) FROM decision WHERE {where}");
}
