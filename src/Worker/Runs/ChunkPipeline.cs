using System.Collections.Concurrent;
using System.Threading.Channels;

namespace PlanningServices.Worker.Runs;

/// <summary>
/// Reads chunks ahead, decides some at the same time and hands them on in the order they were read. At most two
/// more chunks than deciders are in memory.
/// </summary>
internal sealed class ChunkPipeline<TDecider, TDecided>(IReadOnlyCollection<TDecider> deciders)
    where TDecider : class
{
    private readonly ConcurrentBag<TDecider> free = [.. deciders];

    /// <summary>Works through the chunks after a key.</summary>
    /// <param name="after">The last key that is done already; empty to start.</param>
    /// <param name="read">Reads the chunk after a key; null after the last.</param>
    /// <param name="lastKey">The last key of a chunk.</param>
    /// <param name="decide">Decides a chunk; called on several threads, each with a decider of its own.</param>
    /// <param name="commit">Takes the decided chunks in order, on one thread at a time.</param>
    /// <param name="cancellationToken">Stops between two commits.</param>
    public async Task RunAsync<TChunk>(
        string after,
        Func<string, TChunk?> read,
        Func<TChunk, string> lastKey,
        Func<TDecider, TChunk, TDecided> decide,
        Action<TDecided> commit,
        CancellationToken cancellationToken
    )
        where TChunk : class
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(deciders.Count);
        var queue = Channel.CreateBounded<Task<TDecided>>(deciders.Count);
        var reading = Task.Run(ReadAsync, CancellationToken.None);
        try
        {
            await foreach (var decided in queue.Reader.ReadAllAsync(cancellationToken))
            {
                commit(await decided);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
            await FinishAsync(queue.Reader);
        }

        async Task ReadAsync()
        {
            try
            {
                for (var chunk = read(after); chunk is not null; chunk = read(lastKey(chunk)))
                {
                    var next = chunk;
                    await slots.WaitAsync(stop.Token);
                    await queue.Writer.WaitToWriteAsync(stop.Token);
                    queue.Writer.TryWrite(Task.Run(() => Decide(next), CancellationToken.None));
                }

                queue.Writer.Complete();
            }
            catch (Exception e)
            {
                queue.Writer.Complete(e);
            }
        }

        TDecided Decide(TChunk chunk)
        {
            free.TryTake(out var decider);
            try
            {
                return decide(decider!, chunk);
            }
            finally
            {
                free.Add(decider!);
                slots.Release();
            }
        }
    }

    /// <summary>Waits for what is still being decided after a stop; nobody wants it any more.</summary>
    private static async Task FinishAsync(ChannelReader<Task<TDecided>> queue)
    {
        while (queue.TryRead(out var unwanted))
        {
            await ((Task)unwanted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
