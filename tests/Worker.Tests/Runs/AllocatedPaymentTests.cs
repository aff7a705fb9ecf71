using PlanningServices.Rules.Decisions;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Runs;

/// <summary>A payment for several customers: all are due when it, an allocation of it or one of their requests is imported.</summary>
public abstract class AllocatedPaymentTests : IDisposable
{
    private static readonly DateOnly First = new(2021, 3, 30);

    private readonly World ordinary;
    private readonly World full;

    protected AllocatedPaymentTests(Provider provider)
    {
        ordinary = World.OfSamples(provider);
        full = World.OfSamples();
        // Whoever is not due is not decided.
        ordinary.Options.AuditShare = 0m;
    }

    [Fact]
    public async Task All_whom_an_allocated_payment_concerns_are_due()
    {
        await ordinary.RunDueAsync(First);
        await full.RunAsync(First);

        // The payment of hanse-versicherung is for isar-klinikum, whose request is paid already, and for atelier-rivoli.
        await ImportAsync(
            "payment_allocations.csv",
            "payment_id,request_id,amount,allocated_on\n"
                + "PM-00014,PR-00048,7000.00,2021-03-01\nPM-00014,PR-00133,250.00,2021-03-02\n"
        );
        await AssertAsFullAsync(night: 1, "Matched allocated=7250.00", 0m, 28750m, 250m);

        // It was a cent less, which is missing for the last.
        await ImportAsync(
            "payments.csv",
            "payment_id,request_id,invoice_number,paid_on,amount,currency\n"
                + "PM-00014,PR-00019,KC-2019-00339,2019-07-09,7249.99,EUR\n"
        );
        await AssertAsFullAsync(night: 2, "PartlyMatched allocated=7000.00", 0m, 28750m, 0m);

        // The first asked for dollars, so enough is left for the last.
        await ImportAsync(
            "payment_requests.csv",
            "request_id,voucher_id,location_id,submitted_on,amount,currency,invoice_number\n"
                + "PR-00048,V-00065,P-1012-DE,2019-10-28,21750.00,USD,WA-2019-00366\n"
        );
        await AssertAsFullAsync(night: 3, "PartlyMatched allocated=250.00", 0m, 0m, 250m);

        // As the nights decided, whatever came later.
        foreach (var night in Enumerable.Range(0, 4))
        {
            var replay = await ordinary.TryAsync(First.AddDays(night), Worker.Runs.RunMode.Replay);
            Assert.Equal(0, replay.Tally.AllChanges);
        }
    }

    public void Dispose()
    {
        ordinary.Dispose();
        full.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task ImportAsync(string file, string text)
    {
        foreach (var world in (World[])[ordinary, full])
        {
            var folder = Path.Combine(world.Temp.Folder, Path.GetFileNameWithoutExtension(file));
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(
                Path.Combine(folder, file),
                text,
                TestContext.Current.CancellationToken
            );
            world.Import(folder);
        }
    }

    private async Task AssertAsFullAsync(
        int night,
        string payment,
        decimal hanse,
        decimal isar,
        decimal atelier
    )
    {
        var report = await ordinary.RunDueAsync(First.AddDays(night));
        await full.RunAsync(First.AddDays(night));

        Assert.Equal((null, RunStatus.Completed), (report.FullBecause, report.Status));
        Assert.Equal(full.Decisions(), ordinary.Decisions());
        Assert.Equal(full.History(), ordinary.History());
        var decided = Reconciliation("PM-00014");
        Assert.Equal(payment, $"{decided.Outcome} {decided.Details}");
        Assert.Equal((hanse, isar, atelier), (Paid("PR-00019"), Paid("PR-00048"), Paid("PR-00133")));
    }

    private decimal Paid(string request) => AccountValues.ReadAmounts(Reconciliation(request).Details).Paid;

    private DecisionRow Reconciliation(string id) =>
        ordinary.Decisions().Single(d => d.SubjectId == id && d.RuleSet == "reconciliation");
}

/// <summary>On a file.</summary>
public sealed class AllocatedPaymentOnSqliteTests() : AllocatedPaymentTests(Provider.Sqlite);

/// <summary>On a server.</summary>
public sealed class AllocatedPaymentOnPostgresTests() : AllocatedPaymentTests(Provider.Postgres);
