using PlanningServices.Worker.Data;

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

    public void Dispose() => world.Dispose();

    private void Break() =>
        world.Temp.Execute($"UPDATE voucher SET engagement = 'abolished' WHERE voucher_id = '{Broken}'");

    private long CountOf(string where) =>
        world.Temp.Scalar<long>($"SELECT count(*) FROM decision WHERE {where}");
}
