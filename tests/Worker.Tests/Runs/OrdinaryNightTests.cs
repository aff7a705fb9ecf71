using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Runs;

/// <summary>An ordinary night decides only customers and partners that are due, and comes out as if it had decided everyone.</summary>
public abstract class OrdinaryNightTests(Provider provider)
{
    private static readonly DateOnly First = new(2021, 3, 30);

    private static readonly DateOnly Next = First.AddDays(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Random_nights_and_imports_come_out_as_if_everyone_was_decided(int seed)
    {
        // A server costs more, and goes the same way.
        if (provider == Provider.Sqlite || seed == 1)
        {
            await OrdinaryNights.AssertAsIfEveryoneWasDecidedAsync(provider, customers: 25, nights: 5, seed);
        }
    }

    [Fact]
    public async Task A_night_after_another_decides_few_and_says_why()
    {
        using var world = Quiet();
        var first = await world.RunDueAsync(First);
        var next = await world.RunDueAsync(Next);

        Assert.Equal(
            ("no night ran before", 39L, 17L),
            (first.FullBecause, first.Tally.Customers, first.Tally.Partners)
        );
        Assert.Null(next.FullBecause);
        Assert.InRange(next.Tally.Customers, 1, 25);
        Assert.Equal(next.Tally.Customers, next.Tally.Due[DueReason.ByDate]);
        Assert.Equal(next.Tally.Customers, next.Tally.Due.Values.Sum());
        Assert.InRange(next.Tally.Partners, 0, 8);
        Assert.Equal(next.Tally.Partners, next.Tally.DuePartners.Values.Sum());
    }

    [Fact]
    public async Task A_partner_is_due_on_the_day_something_of_it_ends_and_after_an_import_about_it()
    {
        using var world = Quiet();
        await world.RunDueAsync(World.Midway);
        // P-1013 loses Messaging, P-1014 has Datacenter again, P-1015 did not sign again.
        var next = await world.RunDueAsync(World.Midway.AddDays(1));
        Assert.Equal((3, 3), (next.Tally.Partners, next.Tally.DuePartners[DueReason.ByDate]));
        Assert.Equal(3, next.Tally.Changes[RuleSetName.Qualification].Changed);

        var folder = Directory.CreateDirectory(Path.Combine(world.Temp.Folder, "more")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "partner_competencies.csv"),
            "partner_id,competency,level,from_on,to_on\nP-1013,Messaging,gold,2020-07-02,\n",
            TestContext.Current.CancellationToken
        );
        world.Import(folder);
        var after = await world.RunDueAsync(World.Midway.AddDays(2));

        Assert.Null(after.FullBecause);
        Assert.Equal(1, after.Tally.DuePartners[DueReason.ByTheirFacts]);
        Assert.Equal("Qualified", world.Decisions().Single(d => d.SubjectId == "P-1013/exchange").Outcome);
    }

    [Fact]
    public async Task A_night_goes_on_with_who_was_due_when_it_began()
    {
        using var whole = Quiet();
        using var world = Quiet();
        foreach (var each in (World[])[whole, world])
        {
            each.Options.ChunkSize = 2;
            await each.RunDueAsync(First);
        }

        await world.RunUntilAsync(chunks: 1, Next, isFull: false);
        await world.RunUntilAsync(chunks: 1, Next, isFull: false);
        var resumed = await world.RunDueAsync(Next);
        var expected = await whole.RunDueAsync(Next);

        Assert.Equivalent(expected.Tally, resumed.Tally, strict: true);
        Assert.Equal(whole.History(), world.History());
    }

    [Theory]
    [InlineData("run expiry", "'expiry' came between, completed")]
    [InlineData("undo", "'nightly' came between, undone")]
    [InlineData("pack", "had another policy pack")]
    [InlineData("rules", "decided by other rules")]
    [InlineData("reviews", "the reviews are not as run 1 left them")]
    public async Task Everyone_is_decided_where_it_cannot_be_said_who_is_due(string what, string because)
    {
        using var world = Quiet();
        await world.RunDueAsync(First);
        switch (what)
        {
            case "run expiry":
                await world.RunAsync(First, Job.Named("expiry"));
                break;
            case "undo":
                await world.RunDueAsync(Next);
                world.Runner().Undo(2, "Ana", "too early");
                break;
            case "pack":
                world.Temp.Execute(
                    "INSERT INTO policy_pack (hash, name, stored_at) SELECT replace(hash, '1', '2'), name, stored_at FROM policy_pack"
                );
                world.Temp.Execute("UPDATE run SET pack_id = (SELECT max(pack_id) FROM policy_pack)");
                break;
            case "rules":
                world.Temp.Execute("UPDATE run SET rules_hash = 'other'");
                break;
            default:
                world.Temp.Execute("UPDATE review SET next_review = '2099-01-01' WHERE phase = 'Partners'");
                break;
        }

        var report = await world.RunDueAsync(Next);

        Assert.EndsWith(because, report.FullBecause, StringComparison.Ordinal);
        Assert.Equal(39, report.Tally.Customers);
    }

    [Fact]
    public async Task A_customer_in_quarantine_is_due_and_one_that_was_retried_is_not()
    {
        using var world = Quiet();
        world.Temp.Execute("UPDATE voucher SET engagement = 'abolished' WHERE voucher_id = 'V-00001'");
        var customer = (await world.RunDueAsync(First)).Quarantined[0].CustomerId;
        var next = await world.RunDueAsync(Next);
        Assert.Equal(1, next.Tally.Due[DueReason.Quarantined]);
        Assert.Equal(customer, next.Quarantined[0].CustomerId);

        world.Temp.Execute("UPDATE voucher SET engagement = 'ppm' WHERE voucher_id = 'V-00001'");
        Assert.Null(world.Retry(customer).StillSetAside);
        var after = await world.RunDueAsync(Next.AddDays(1));

        Assert.Null(after.FullBecause);
        Assert.DoesNotContain(DueReason.Quarantined, after.Tally.Due.Keys);
    }

    [Fact]
    public async Task A_decision_that_was_changed_by_hand_fails_the_night_and_the_next_decides_everyone()
    {
        using var world = Quiet();
        await world.RunDueAsync(First);
        world.Temp.Execute(
            "UPDATE decision SET outcome = 'Open' WHERE rule_set = 3 AND subject_id = (SELECT min(subject_id) FROM decision WHERE rule_set = 3 AND outcome <> 'Open')"
        );

        var failed = await world.RunDueAsync(Next);

        Assert.Null(failed.FullBecause);
        Assert.Equal(RunStatus.Failed, failed.Status);
        Assert.Contains(
            failed.OutOfBalance,
            f => f.StartsWith("entitlement of agreement, Open: ", StringComparison.Ordinal)
        );
        world.Runner().Abandon(2);
        var repaired = await world.RunDueAsync(Next);
        Assert.NotNull(repaired.FullBecause);
        Assert.Equal(RunStatus.Completed, repaired.Status);
    }

    [Fact]
    public async Task The_audit_finds_a_customer_that_should_have_been_due()
    {
        using var world = World.OfSamples(provider);
        await world.RunDueAsync(First);
        // What the control totals do not see.
        world.Temp.Execute("UPDATE decision SET codes = 'changed' WHERE rule_set = 1");

        var error = await Assert.ThrowsAsync<PlanningException>(() => world.RunDueAsync(Next));

        Assert.Equal(ExitCode.OutOfBalance, error.ExitCode);
        Assert.Matches("customer '[^']+' was not due, .*: retirement of voucher ", error.Message);
        Assert.Equal(RunStatus.Failed, world.WithStore(s => s.Runs.Find(2))!.Status);
        world.Runner().Abandon(2);
        Assert.EndsWith(
            "'nightly' came between, abandoned",
            (await world.RunDueAsync(Next)).FullBecause,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_night_under_way_does_not_become_one_for_everyone()
    {
        using var world = Quiet();
        world.Options.ChunkSize = 1;
        await world.RunDueAsync(First);
        await world.RunUntilAsync(chunks: 1, Next, isFull: false);

        var error = await Assert.ThrowsAsync<PlanningException>(() => world.RunAsync(Next));

        Assert.Contains("planning runs abandon 2", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The samples, with no audit: whoever is not due is not decided.</summary>
    private World Quiet()
    {
        var world = World.OfSamples(provider);
        world.Options.AuditShare = 0m;
        return world;
    }
}

/// <summary>On a file.</summary>
public sealed class OrdinaryNightOnSqliteTests() : OrdinaryNightTests(Provider.Sqlite);

/// <summary>On a server.</summary>
public sealed class OrdinaryNightOnPostgresTests() : OrdinaryNightTests(Provider.Postgres);
