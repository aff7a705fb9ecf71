using Dapper;
using Microsoft.Extensions.Time.Testing;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Sqlite;

namespace PlanningServices.Worker.Tests.Data;

/// <summary>A real database in a folder of its own, deleted at the end.</summary>
internal sealed class TempDatabase : IDisposable
{
    public static readonly DateTimeOffset Now = new(2021, 4, 1, 2, 0, 0, TimeSpan.Zero);

    public TempDatabase(bool migrate = true)
    {
        Folder = Directory.CreateTempSubdirectory("planning-test-").FullName;
        Database = new($"Data Source={Path.Combine(Folder, "p.db")}");
        if (migrate)
        {
            new Migrator(Database, Time).Apply();
        }
    }

    public string Folder { get; }

    public SqliteDatabase Database { get; }

    public FakeTimeProvider Time { get; } = new(Now);

    public DatabaseConnection Open() => Database.Open();

    public void Execute(string sql)
    {
        using var connection = Open();
        connection.Driver.Execute(sql);
    }

    public IReadOnlyList<T> Query<T>(string sql)
    {
        using var connection = Open();
        return [.. connection.Driver.Query<T>(sql)];
    }

    public T? Scalar<T>(string sql)
    {
        using var connection = Open();
        return connection.Driver.ExecuteScalar<T>(sql);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>The hash of a pack kept in the database, for runs that need one.</summary>
    public string KeepPack(char letter = 'a')
    {
        var hash = new string(letter, 64);
        Execute(
            $"INSERT INTO policy_pack (hash, name, stored_at) VALUES ('{hash}', 'test', '') ON CONFLICT DO NOTHING"
        );
        return hash;
    }

    public Run BeginRun(DateOnly businessDate, string job = "nightly")
    {
        using var connection = Open();
        var begun = new RunStore(connection).Begin(
            job,
            businessDate,
            KeepPack(),
            "test",
            Now,
            shares: 1,
            smallest: 1
        );
        return Assert.IsType<BeginResult.Begun>(begun).Run;
    }

    /// <summary>Takes the next partition of a run that is free.</summary>
    public RunPartition Take(Run run, string owner = "test")
    {
        using var store = new Store(Database);
        var free = store.Partitions.Of(run.RunId).First(p => p.IsFree);
        return store.Partitions.Take(free, owner, TimeSpan.FromMinutes(1))!;
    }

    /// <summary>Finishes what is open of a run, and closes it.</summary>
    public void Complete(Run run)
    {
        using var store = new Store(Database);
        foreach (var open in store.Partitions.Of(run.RunId).Where(p => p.Phase != RunPhase.Closing))
        {
            store.Partitions.Finish(open, Now);
        }

        store.Runs.Close(Take(run), RunStatus.Completed, null, Now);
    }

    /// <summary>Lets all leases run out, as if nobody had been heard of for long.</summary>
    public void LetLeasesRunOut() =>
        Execute(
            "UPDATE run_partition SET lease_until = '2000-01-01T00:00:00.000Z' WHERE lease_until IS NOT NULL"
        );
}
