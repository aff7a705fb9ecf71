using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Postgres;
using PlanningServices.Worker.Data.SqlServer;

namespace PlanningServices.Worker.Tests.Data;

/// <summary>Who wants to begin a run, to import or to migrate waits for whoever does, so long and no longer.</summary>
public abstract class LockTests : IDisposable
{
    private readonly TempDatabase temp;
    private readonly Database other;

    protected LockTests(Provider provider)
    {
        temp = new(provider);
        // Another process: it has a pool of its own.
        var wait = TimeSpan.FromSeconds(1);
        other =
            provider == Provider.Postgres
                ? new PostgresDatabase(temp.Url + ";Minimum Pool Size=0") { LockWait = wait }
                : new SqlServerDatabase(temp.Url + ";Min Pool Size=0") { LockWait = wait };
    }

    [Fact]
    public void An_import_that_has_ended_keeps_nobody_away_though_its_connection_stays_in_a_pool()
    {
        using (var import = new Store(temp.Database))
        {
            import.Imports.AcquireRunLock();
        }

        Assert.Equal(1, Work());
    }

    [Fact]
    public void An_import_is_within_its_lock_in_all_its_transactions()
    {
        using var import = new Store(temp.Database);
        import.Imports.AcquireRunLock();
        import.Imports.Begin();
        import.Imports.Rollback();
        Assert.Throws<PlanningException>(() => Work());
        import.Imports.Begin();
        import.Imports.Commit();
        Assert.Throws<PlanningException>(() => Work());
    }

    [Fact]
    public void Who_waits_in_vain_is_told_who_holds_the_lock_and_how_to_end_it()
    {
        using var import = temp.Open();
        import.AcquireRunLock();
        AssertTold("planning.run", Assert.Throws<PlanningException>(() => Work()));
        import.Dispose();

        using var begun = temp.Open();
        begun.Begin();
        using var second = other.Open();
        AssertTold("planning.run", Assert.Throws<PlanningException>(second.AcquireRunLock));
        begun.Rollback();
        second.AcquireRunLock();
    }

    [Fact]
    public void Who_wants_to_migrate_is_told_who_does()
    {
        using var alone = temp.Database.LockForMigration();
        AssertTold(
            "planning.migration",
            Assert.Throws<PlanningException>(() => other.LockForMigration().Dispose())
        );
    }

    public void Dispose()
    {
        (other as IDisposable)?.Dispose();
        temp.Dispose();
    }

    private int Work()
    {
        using var connection = other.Open();
        return connection.InExclusiveTransaction(() => 1);
    }

    private void AssertTold(string name, PlanningException told) =>
        Assert.Matches(
            $"^Database '.*' is locked: another process has kept '{name}' for longer than 1 seconds "
                + @"\(Database:LockWaitSeconds\)\. Session \d+ of .* holds it and has been idle for \d+ seconds; if that node is "
                + $"frozen, an administrator ends the session with: {Ending}\\. Start again when it has ended\\.$",
            told.Message
        );

    private string Ending =>
        temp.Provider == Provider.Postgres ? @"SELECT pg_terminate_backend\(\d+\)" : @"KILL \d+";
}

public sealed class LocksOnPostgresTests() : LockTests(Provider.Postgres);

public sealed class LocksOnSqlServerTests() : LockTests(Provider.SqlServer);
