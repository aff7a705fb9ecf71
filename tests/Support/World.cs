using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PlanningServices.Rules;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Generate;
using PlanningServices.Worker.Import;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Tests.Support;

/// <summary>A database with facts in it, and a runner on it.</summary>
internal sealed class World(Provider provider = Provider.Sqlite, bool migrate = true) : IDisposable
{
    public static readonly DateOnly Midway = new(2020, 6, 30);

    public static PolicyPack Pack { get; } =
        PolicyPackReader.Read(Path.Combine(AppContext.BaseDirectory, "policies", "planning-services"));

    /// <summary>The rules, compiled once for all tests.</summary>
    public static RuleBook Book { get; } = RuleBook.Compile();

    // Made once, and copied for each test on SQLite.
    private static readonly Lazy<byte[]> Samples = new(() =>
    {
        using var world = new World().Import(SampleFolder);
        return world.Temp.Bytes();
    });

    private static string SampleFolder => Path.Combine(AppContext.BaseDirectory, "samples", "facts");

    public TempDatabase Temp { get; } = new(provider, migrate);

    public Database Database => Temp.Database;

    public FakeTimeProvider Time => Temp.Time;

    // On an ordinary night, whoever is not due is decided again all the same, and must come out as it was.
    public RunOptions Options { get; } =
        new()
        {
            ChunkSize = 10,
            Parallelism = 2,
            AuditShare = 1m,
        };

    public PoliciesOptions Policies { get; } = new();

    /// <summary>The facts that travel with the program: 39 customers.</summary>
    public static World OfSamples(Provider provider = Provider.Sqlite)
    {
        if (provider != Provider.Sqlite)
        {
            return new World(provider).Import(SampleFolder);
        }

        var world = new World(migrate: false);
        world.Temp.Become(Samples.Value);
        return world;
    }

    /// <summary>Generated facts.</summary>
    public static World Of(int customers, ulong seed, Provider provider = Provider.Sqlite)
    {
        var world = new World(provider);
        var folder = world.FolderOf(customers, seed);
        return world.Import(folder);
    }

    public string FolderOf(int customers, ulong seed)
    {
        var folder = Path.Combine(Temp.Folder, "facts");
        new FactGenerator(Pack).Write(folder, customers, seed, null, TestContext.Current.CancellationToken);
        return folder;
    }

    public World Import(string folder)
    {
        var importer = new Importer(Database, Pack.Engagements.Keys.ToHashSet(StringComparer.Ordinal), Time);
        var summary = importer.Import(
            new(folder, false, Path.Combine(Temp.Folder, "rejects.csv")),
            null,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(0, summary.Rejected);
        return this;
    }

    public Runner Runner()
    {
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var metrics = new RunMetrics();
        var clock = new WaitingClock(Time);
        var materials = new RunContexts(Book);
        var faults = new DatabaseRetry(Database, metrics, NullLogger<DatabaseRetry>.Instance);
        return new(
            Database,
            options,
            new(Microsoft.Extensions.Options.Options.Create(Policies)),
            materials,
            new(Database, options, materials, faults, metrics, clock, NullLogger<PartitionWorker>.Instance),
            faults,
            metrics,
            clock,
            NullLogger<Runner>.Instance
        );
    }

    public RetryReport Retry(string id, RunPhase phase = RunPhase.Customers) =>
        new QuarantineRetry(Database, new(Book), new WaitingClock(Time)).Retry(phase, id);

    /// <summary>Runs and decides everyone: tests change facts in the database, and no import tells of that.</summary>
    public Task<RunReport> RunAsync(DateOnly date, Job? job = null) =>
        Runner()
            .RunAsync(
                job ?? Job.Nightly,
                date,
                null,
                TestContext.Current.CancellationToken,
                isFull: job?.Only is null
            );

    /// <summary>Runs a night as the program does it when it is not told otherwise.</summary>
    public Task<RunReport> RunDueAsync(DateOnly date) =>
        Runner().RunAsync(Job.Nightly, date, null, TestContext.Current.CancellationToken);

    public Task<RunReport> TryAsync(DateOnly date, RunMode mode, KnowledgePoint? asKnown = null) =>
        Runner().TryAsync(Job.Nightly, date, mode, null, TestContext.Current.CancellationToken, asKnown);

    /// <summary>Runs until so many chunks are committed, and is then told to stop.</summary>
    public async Task<PlanningException> RunUntilAsync(int chunks, DateOnly date, bool isFull = true)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        return await Assert.ThrowsAsync<PlanningException>(() =>
            Runner().RunAsync(Job.Nightly, date, new StopAfter(chunks, stop), stop.Token, isFull: isFull)
        );
    }

    public T WithStore<T>(Func<Store, T> question)
    {
        using var store = new Store(Database);
        return question(store);
    }

    public IReadOnlyList<DecisionRow> Decisions() => WithStore(store => store.Exports.Decisions().ToList());

    public IReadOnlyList<HistoryRow> History() => WithStore(store => store.Exports.History().ToList());

    public IReadOnlyList<LedgerRow> Ledger() => WithStore(store => store.Exports.Ledger().ToList());

    /// <summary>What each voucher has given back to each agreement so far.</summary>
    public IReadOnlyList<(string Agreement, string Voucher, int Days)> DaysGivenBack() =>
        [
            .. Ledger()
                .GroupBy(l => (l.AgreementId, l.VoucherId))
                .Select(g => (g.Key.AgreementId, g.Key.VoucherId, g.Sum(l => l.Days)))
                .Where(d => d.Item3 != 0)
                .Order(),
        ];

    public IReadOnlyList<string> Statuses() =>
        Temp.Query<string>(
            "SELECT voucher_id || ' ' || coalesce(status, '') FROM voucher ORDER BY voucher_id"
        );

    public void Dispose() => Temp.Dispose();

    /// <summary>Tells the time of the test, and waits in real time for whoever else is at work.</summary>
    private sealed class WaitingClock(TimeProvider told) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => told.GetUtcNow();
    }

    private sealed class StopAfter(int chunks, CancellationTokenSource stop) : IProgress<RunProgress>
    {
        // The first report comes before the first chunk: it says where the attempt starts.
        private int committed = -1;

        public void Report(RunProgress value)
        {
            if (++committed == chunks)
            {
                stop.Cancel();
            }
        }
    }
}
