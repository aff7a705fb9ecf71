namespace PlanningServices.Worker.Data;

/// <summary>Writes what chunks of a partition change, each with its checkpoint in one transaction.</summary>
internal abstract class ChunkWriter : IDisposable
{
    /// <summary>Commits a chunk with its checkpoint and keeps the lease: all of it, or nothing.</summary>
    /// <param name="writes">What the chunk changes.</param>
    /// <param name="previousKey">The last key before the chunk.</param>
    /// <param name="checkpoint">How far the partition is with it.</param>
    /// <exception cref="PartitionLostException">Somebody else took the partition over, or the run has ended.</exception>
    /// <exception cref="CheckpointMovedException">The chunk, or some of it, is committed already.</exception>
    public abstract void Commit(ChunkWrites writes, string previousKey, Checkpoint checkpoint);

    /// <summary>Writes what a customer of a completed run changes, in the transaction that is under way.</summary>
    public abstract void Write(ChunkWrites writes);

    public abstract void Dispose();

    /// <summary>Why a checkpoint could not be moved on.</summary>
    protected static Exception WhyNotAdvanced(DatabaseConnection connection, RunPartition held) =>
        new PartitionStore(connection).Find(held) is { } now
        && now.Fence == held.Fence
        && now.FinishedAt is null
            ? new CheckpointMovedException(held.RunId, held.PartitionNo)
            : new PartitionLostException(held.RunId, held.PartitionNo);
}
