using System.Globalization;
using Microsoft.Extensions.Hosting;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;
using PlanningServices.Worker.Simulation;

namespace PlanningServices.Worker.Console;

/// <summary>
/// Simulations of policy packs, one at a time and none beside a run, since each decides everyone twice. The latest are in the memory of
/// this service only.
/// </summary>
internal sealed class Simulations(Database database, Simulator simulator) : IHostedService, IDisposable
{
    private const int MostKept = 10;

    private readonly Lock access = new();
    private readonly List<SimulationState> kept = [];
    private readonly CancellationTokenSource stop = new();
    private Task work = Task.CompletedTask;
    private int last;

    /// <summary>Starts one.</summary>
    /// <exception cref="PlanningException">Another is at work, or a run is.</exception>
    public SimulationState Start(PolicyPack pack, DateOnly date, string by)
    {
        RefuseBesideRun();
        lock (access)
        {
            if (!work.IsCompleted)
            {
                throw new PlanningException(
                    $"Simulation {kept[^1].Id} is at work. Wait for it; one is done at a time."
                );
            }

            var state = new SimulationState(++last, pack.Name, pack.Hash, date, by);
            kept.Add(state);
            if (kept.Count > MostKept)
            {
                kept.RemoveAt(0);
            }

            work = Task.Run(() => SimulateAsync(state, pack));
            return state;
        }
    }

    /// <summary>One that was started since the service was.</summary>
    /// <exception cref="PlanningException">It is not kept.</exception>
    public SimulationState Find(int id)
    {
        lock (access)
        {
            return kept.Find(s => s.Id == id)
                ?? throw new PlanningException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"There is no simulation {id}. The latest {MostKept} are kept until the service stops."
                    )
                );
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        Task atWork;
        lock (access)
        {
            atWork = work;
        }

        await atWork.WaitAsync(cancellationToken);
    }

    public void Dispose() => stop.Dispose();

    private async Task SimulateAsync(SimulationState state, PolicyPack pack)
    {
        try
        {
            state.Result = await simulator.SimulateAsync(
                oldPack: null,
                pack,
                state.Date,
                state.Add,
                new Done(state),
                stop.Token
            );
        }
        catch (Exception e)
        {
            state.Error =
                e is OperationCanceledException ? "It was stopped with the service."
                : e is PlanningException or PolicyPackException or PolicyNotInForceException ? e.Message
                : (database.Explain(e) ?? new PlanningException("It failed.", inner: e)).Message;
        }
    }

    private void RefuseBesideRun()
    {
        using var store = new Store(database);
        if (store.Runs.List().FirstOrDefault(r => r.Status == RunStatus.InProgress) is { } run)
        {
            throw new PlanningException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Run {run.RunId} is at work, and a simulation would slow it. Simulate when it is done."
                )
            );
        }
    }

    private sealed class Done(SimulationState state) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => (state.Customers, state.Total) = (value.Done, value.Total);
    }
}

/// <summary>A simulation, at work or ended.</summary>
internal sealed class SimulationState(int id, string packName, string packHash, DateOnly date, string by)
{
    /// <summary>How many of those whose outcome is another are kept one by one.</summary>
    public const int MostFlips = 200;

    private readonly List<Difference> flips = [];

    public int Id { get; } = id;

    public string PackName { get; } = packName;

    public string PackHash { get; } = packHash;

    public DateOnly Date { get; } = date;

    public string By { get; } = by;

    /// <summary>Customers decided.</summary>
    public long Customers { get; set; }

    /// <summary>Of how many.</summary>
    public long Total { get; set; }

    /// <summary>What came of it; absent while it is at work and where it failed.</summary>
    public SimulationResult? Result { get; set; }

    /// <summary>Why it failed; absent otherwise.</summary>
    public string? Error { get; set; }

    /// <summary>The first whose outcome is another, by customer.</summary>
    public IReadOnlyList<Difference> Flips
    {
        get
        {
            lock (flips)
            {
                return [.. flips];
            }
        }
    }

    public void Add(Difference difference)
    {
        lock (flips)
        {
            if (difference.IsFlip && flips.Count < MostFlips)
            {
                flips.Add(difference);
            }
        }
    }
}
