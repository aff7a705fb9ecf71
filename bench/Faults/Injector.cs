using System.Diagnostics;
using System.Globalization;

namespace PlanningServices.Faults;

/// <summary>Injects faults, drawn by a seed, at random moments while partitions are at work.</summary>
internal sealed class Injector(Cluster cluster, PostgresServer server, IReadOnlyList<Node> nodes, int seed)
{
    // How often each comes for sixteen faults; drawn without putting back, so that each comes.
    private static readonly Fault[] Deck =
    [
        Fault.Kill,
        Fault.Kill,
        Fault.KillInCommit,
        Fault.KillInCommit,
        Fault.Freeze,
        Fault.Freeze,
        Fault.Freeze,
        Fault.FreezeInCommit,
        Fault.CrashServer,
        Fault.CrashServer,
        Fault.CutNode,
        Fault.CutAll,
        Fault.CutInCommit,
        Fault.CutInCommit,
        Fault.Restart,
        Fault.Restart,
    ];

    private static readonly TimeSpan PatienceForCommit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PatienceForTakeOver = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PatienceForStop = TimeSpan.FromMinutes(1);

    private readonly Random random = new(seed);
    private readonly Queue<Fault> drawn = new();
    private readonly List<Injected> injected = [];
    private readonly List<Task> underWay = [];
    private readonly long started = Stopwatch.GetTimestamp();
    private string before = "";

    public IReadOnlyList<Injected> Injected => injected;

    /// <summary>Frozen nodes of which others took partitions over before they woke.</summary>
    public int TakenOver { get; private set; }

    /// <summary>Of those, nodes that woke and tried to commit before they heard of it.</summary>
    public int Fenced { get; private set; }

    /// <summary>Nodes that were asked to stop and had to be killed.</summary>
    public int NotStopped { get; private set; }

    /// <summary>
    /// Injects a fault if partitions are at work, and most times only if something was committed since the last one;
    /// what lasts goes on beside the next ones.
    /// </summary>
    public async Task InjectAsync()
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(300, 2500)));
        var up = nodes.Where(n => n.IsUp).ToList();
        if (up.Count == 0 || !await cluster.IsAtWorkAsync())
        {
            return;
        }

        var now = await cluster.ProgressAsync();
        if (now == before && random.Next(100) >= 5)
        {
            return;
        }

        before = now;
        if (drawn.Count == 0)
        {
            var deck = Deck.ToArray();
            random.Shuffle(deck);
            Array.ForEach(deck, drawn.Enqueue);
        }

        await InjectAsync(drawn.Dequeue(), up[random.Next(up.Count)]);
    }

    /// <summary>Waits for what lasts: frozen nodes wake, those that stop are started.</summary>
    public async Task CalmAsync()
    {
        await Task.WhenAll(underWay);
        underWay.Clear();
    }

    private async Task InjectAsync(Fault fault, Node node)
    {
        switch (fault)
        {
            case Fault.Kill:
                Note(fault, node.Name);
                Begin(node.KillAsync(PauseBeforeStart()));
                break;
            case Fault.KillInCommit when await CommitAsync() is var (commit, _):
                Note(fault, commit.Name);
                Begin(commit.KillAsync(PauseBeforeStart()));
                break;
            case Fault.Freeze:
                Freeze(fault, node, Seconds(6, 8), PatienceForTakeOver);
                break;
            case Fault.FreezeInCommit when await CommitAsync() is var (commit, _):
                Freeze(fault, commit, Seconds(6, 20), TimeSpan.Zero);
                break;
            case Fault.CrashServer:
                Note(fault, "server");
                await server.CrashAsync();
                break;
            case Fault.CutNode:
                Note(fault, node.Name);
                await cluster.CutAsync(node.Name);
                break;
            case Fault.CutAll:
                Note(fault, "all nodes");
                await cluster.CutAsync(user: null);
                break;
            case Fault.CutInCommit when await CommitAsync() is var (commit, session):
                Note(fault, commit.Name);
                await cluster.CutAsync(session);
                break;
            case Fault.Restart:
                Note(fault, node.Name);
                Begin(RestartAsync(node));
                break;
            case Fault.KillInCommit or Fault.FreezeInCommit or Fault.CutInCommit:
                // No commit was met: the next time.
                drawn.Enqueue(fault);
                break;
        }
    }

    private async Task RestartAsync(Node node)
    {
        if (await node.StopAsync(PatienceForStop) is null)
        {
            NotStopped++;
        }

        node.Start();
    }

    /// <summary>
    /// Freezes a node for some time, and then until others took over what it had and went on with it: its next commit
    /// is then for the fence to refuse.
    /// </summary>
    private void Freeze(Fault fault, Node node, TimeSpan atLeast, TimeSpan patience)
    {
        Note(
            fault,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{node.Name} for {atLeast.TotalSeconds:0.0} s or more"
            )
        );
        Begin(node.FreezeAsync(WhileFrozenAsync));

        async Task WhileFrozenAsync(int processId, Func<Task> wake)
        {
            var held = await cluster.HeldAsync(processId);
            await Task.Delay(atLeast);
            if (await TakenOverAsync(held, patience) is { } lost)
            {
                TakenOver++;
                Fenced += await cluster.WakeIntoFenceAsync(lost, node.Name, wake) ? 1 : 0;
            }
            else
            {
                await wake();
            }
        }
    }

    private async Task<Held?> TakenOverAsync(IReadOnlyList<Held> held, TimeSpan patience)
    {
        var since = Stopwatch.GetTimestamp();
        while (held.Count > 0 && Stopwatch.GetElapsedTime(since) < patience)
        {
            foreach (var partition in held)
            {
                if (await cluster.IsTakenOverAsync(partition))
                {
                    return partition;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50));
        }

        return null;
    }

    private async Task<(Node Node, int Session)?> CommitAsync() =>
        await cluster.FindCommitAsync(PatienceForCommit) is var (user, session)
        && nodes.FirstOrDefault(n => n.IsUp && n.Name == user) is { } node
            ? (node, session)
            : null;

    private void Begin(Task lasting) => underWay.Add(lasting);

    private TimeSpan PauseBeforeStart() => Seconds(0, 3);

    private TimeSpan Seconds(double from, double to) =>
        TimeSpan.FromSeconds(from + (random.NextDouble() * (to - from)));

    private void Note(Fault fault, string on)
    {
        injected.Add(new(fault, Stopwatch.GetElapsedTime(started), on));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{injected[^1].At:mm\\:ss\\.f}  fault {injected.Count, 3}: {fault} {on}"
            )
        );
    }
}
