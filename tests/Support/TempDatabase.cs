using System.Globalization;
using Dapper;
using Microsoft.Extensions.Time.Testing;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Postgres;
using PlanningServices.Worker.Data.Sqlite;
using PlanningServices.Worker.Data.SqlServer;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Tests.Support;

/// <summary>A real database, and a folder beside it; both are gone at the end.</summary>
internal sealed class TempDatabase : IDisposable
{
    public static readonly DateTimeOffset Now = new(2021, 4, 1, 2, 0, 0, TimeSpan.Zero);

    // A file with all tables is made once, and copied for each test.
    private static readonly Lazy<byte[]> Migrated = new(() =>
    {
        using var temp = new TempDatabase(migrate: false);
        new Migrator(temp.Database, temp.Time).Apply();
        return temp.Bytes();
    });

    public TempDatabase(bool migrate = true)
        : this(Provider.Sqlite, migrate) { }

    public TempDatabase(Provider provider, bool migrate = true)
    {
        Provider = provider;
        Url = provider switch
        {
            Provider.Sqlite => "",
            Provider.Postgres => PostgresServer.CreateDatabase(migrate),
            Provider.SqlServer => SqlServerServer.CreateDatabase(migrate),
        };
        Folder = Directory.CreateTempSubdirectory("planning-test-").FullName;
        Url = provider == Provider.Sqlite ? $"Data Source={File}" : Url;
        Database = DatabaseOf(Url);
        if (migrate && provider == Provider.Sqlite)
        {
            Become(Migrated.Value);
        }
    }

    public Provider Provider { get; }

    /// <summary>Its connection string.</summary>
    public string Url { get; }

    /// <summary>A folder of the test's own.</summary>
    public string Folder { get; }

    public Database Database { get; }

    /// <summary>The file of a SQLite database.</summary>
    public string File => Path.Combine(Folder, "p.db");

    public FakeTimeProvider Time { get; } = new(Now);

    /// <summary>All that is in a file of SQLite, for <see cref="Become"/> of another.</summary>
    public byte[] Bytes()
    {
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return System.IO.File.ReadAllBytes(File);
    }

    /// <summary>Gives a file of SQLite, which nobody has opened yet, the content of another.</summary>
    public void Become(byte[] bytes) => System.IO.File.WriteAllBytes(File, bytes);

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

    /// <summary>The program's view of a database of this kind.</summary>
    public Database DatabaseOf(string url) =>
        Provider switch
        {
            Provider.Sqlite => new SqliteDatabase(url),
            Provider.Postgres => new PostgresDatabase(url),
            Provider.SqlServer => new SqlServerDatabase(url),
        };

    public void Dispose()
    {
        (Database as IDisposable)?.Dispose();
        Directory.Delete(Folder, recursive: true);
        if (Provider == Provider.Postgres)
        {
            PostgresServer.Drop(Url);
        }
        else if (Provider == Provider.SqlServer)
        {
            SqlServerServer.Drop(Url);
        }
    }

    /// <summary>An amount as statements write it: files of SQLite keep cents.</summary>
    public string Money(decimal amount) =>
        Provider == Provider.Sqlite
            ? decimal.ToInt64(amount * 100).ToString(CultureInfo.InvariantCulture)
            : amount.ToString(CultureInfo.InvariantCulture);

    /// <summary>The rows of a query as text, with dates in ISO form, amounts in cents, and nothing for what is absent.</summary>
    public IReadOnlyList<string> Texts(string sql)
    {
        using var connection = Open();
        return
        [
            .. connection
                .Driver.Query(sql)
                .Select(r => string.Join('|', ((IDictionary<string, object?>)r).Values.Select(Text))),
        ];

        static string Text(object? value) =>
            value switch
            {
                null => "",
                DateOnly date => SqlText.Of(date),
                DateTime date => SqlText.Of(DateOnly.FromDateTime(date)),
                decimal amount => decimal.ToInt64(amount * 100).ToString(CultureInfo.InvariantCulture),
                _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
            };
    }

    /// <summary>The hash of a pack kept in the database, for runs that need one.</summary>
    public string KeepPack(char letter = 'a')
    {
        var hash = new string(letter, 64);
        Execute(
            $"INSERT INTO policy_pack (hash, name, stored_at) SELECT '{hash}', 'test', '2021-04-01T02:00:00.000Z' "
                + $"WHERE NOT EXISTS (SELECT 1 FROM policy_pack WHERE hash = '{hash}')"
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
            Job.Nightly.Phases,
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
