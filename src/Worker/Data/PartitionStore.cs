namespace PlanningServices.Worker.Data;

/// <summary>
/// The partitions of runs: who works on which, how far each is. Leases are by the clock of the database, so the clocks
/// of the nodes do not matter; and they only keep two from doing the same work, the fence keeps it from being written.
/// </summary>
internal sealed class PartitionStore(DatabaseConnection connection)
{
    /// <summary>The partitions of a run, by their numbers.</summary>
    public IReadOnlyList<RunPartition> Of(long runId) =>
        [.. connection.Query<PartitionRow>("partitions", new { runId }).Select(p => p.ToPartition())];

    /// <summary>
    /// Divides a new run: the customers, the payments that name no request and the partners into so many shares of about
    /// the same size, fewer where there are too few of them, and one partition for the closing.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="phases">What it goes through.</param>
    /// <param name="shares">Partitions of customers at most; as many of payments and of partners.</param>
    /// <param name="smallest">The fewest customers, payments or partners that are worth a partition.</param>
    /// <param name="carried">
    /// The control totals of who an ordinary night leaves as they are, for its closing; absent where everyone is decided.
    /// </param>
    /// <remarks>Within work that is done alone.</remarks>
    public void CreatePartitions(
        long runId,
        IReadOnlyList<RunPhase> phases,
        int shares,
        int smallest,
        string? carried = null
    )
    {
        var partitionNo = 0;
        foreach (var phase in phases)
        {
            Insert(
                phase,
                phase switch
                {
                    RunPhase.Closing => [],
                    RunPhase.InvoicePayments => Of("payment_bounds", "payment_without_request_count"),
                    RunPhase.Customers or RunPhase.Partners when carried is not null => Of(
                        "due_bounds",
                        "due_count"
                    ),
                    RunPhase.Customers => Of("customer_bounds", "customer_count"),
                    RunPhase.Partners => Of("partner_bounds", "partner_count"),
                }
            );

            IEnumerable<string> Of(string bounds, string count) =>
                Bounds(runId, phase, bounds, count, shares, smallest);
        }

        if (carried is not null)
        {
            Correct(Of(runId)[^1], Checkpoint.Start with { Totals = carried });
        }

        void Insert(RunPhase phase, IEnumerable<string> bounds)
        {
            var after = Checkpoint.BeforeAll;
            foreach (var upTo in bounds.Append(Checkpoint.AfterAll))
            {
                connection.Execute(
                    "insert_partition",
                    new
                    {
                        runId,
                        partitionNo = ++partitionNo,
                        phase = phase.ToString(),
                        afterKey = after,
                        upToKey = upTo,
                    }
                );
                after = upTo;
            }
        }
    }

    /// <summary>The last key of each share but the last.</summary>
    private IEnumerable<string> Bounds(
        long runId,
        RunPhase phase,
        string query,
        string count,
        int shares,
        int smallest
    )
    {
        var all = connection.Scalar<long>(count, new { runId, phase = phase.ToString() });
        var number = (int)Math.Clamp(all / smallest, 1, shares);
        return number == 1
            ? []
            : connection
                .Query<string>(
                    query,
                    new
                    {
                        shares = number,
                        runId,
                        phase = phase.ToString(),
                    }
                )
                .SkipLast(1);
    }

    /// <summary>Takes a partition, unless it is at work or finished or the run has ended; null then.</summary>
    /// <param name="seen">The partition as it was when it was looked at.</param>
    /// <param name="owner">Who takes it: a name for people, such as host and process id.</param>
    /// <param name="lease">How long the owner counts as alive after its last sign of life.</param>
    public RunPartition? Take(RunPartition seen, string owner, TimeSpan lease) =>
        connection.Execute(
            "take_partition",
            new
            {
                runId = seen.RunId,
                partitionNo = seen.PartitionNo,
                fence = seen.Fence,
                owner,
                leaseSeconds = Seconds(lease),
            }
        ) == 1
            ? Find(seen)
            : null;

    /// <summary>The partition as it is now.</summary>
    public RunPartition Find(RunPartition partition) =>
        Of(partition.RunId).Single(p => p.PartitionNo == partition.PartitionNo);

    /// <summary>Moves the lease on, between commits that take long.</summary>
    /// <exception cref="PartitionLostException">Somebody else took it over, or the run has ended.</exception>
    public void Renew(RunPartition held, TimeSpan lease) =>
        AsHolder(
            held,
            "renew_partition",
            new
            {
                runId = held.RunId,
                partitionNo = held.PartitionNo,
                fence = held.Fence,
                leaseSeconds = Seconds(lease),
            }
        );

    /// <summary>Lets a partition go, so that it can be taken at once; returns whether it was held as it is here.</summary>
    public bool Release(RunPartition held) =>
        connection.Execute(
            "release_partition",
            new
            {
                runId = held.RunId,
                partitionNo = held.PartitionNo,
                fence = held.Fence,
            }
        ) == 1;

    /// <summary>Says that all of it is committed.</summary>
    /// <exception cref="PartitionLostException">Somebody else took it over, or the run has ended.</exception>
    public void Finish(RunPartition held, DateTimeOffset now) =>
        AsHolder(
            held,
            "finish_partition",
            new
            {
                runId = held.RunId,
                partitionNo = held.PartitionNo,
                fence = held.Fence,
                now,
            }
        );

    /// <summary>Corrects what a partition counted.</summary>
    public void Correct(RunPartition partition, Checkpoint checkpoint) =>
        connection.Execute(
            "correct_partition",
            new
            {
                runId = partition.RunId,
                partitionNo = partition.PartitionNo,
                counters = checkpoint.Counters,
                totals = checkpoint.Totals,
            }
        );

    /// <summary>Keeps everybody from committing to what is unfinished of a run; waits for commits under way.</summary>
    public void FenceAll(long runId) => connection.Execute("fence_partitions", new { runId });

    /// <summary>The seconds of a lease, as statements have them.</summary>
    public static int Seconds(TimeSpan lease) => (int)Math.Ceiling(lease.TotalSeconds);

    private void AsHolder(RunPartition held, string query, object parameters)
    {
        if (connection.Execute(query, parameters) == 0)
        {
            throw new PartitionLostException(held.RunId, held.PartitionNo);
        }
    }

    private sealed record PartitionRow
    {
        public long RunId { get; init; }
        public int PartitionNo { get; init; }
        public required string Phase { get; init; }
        public required string UpToKey { get; init; }
        public required string LastKey { get; init; }
        public required string Counters { get; init; }
        public required string Totals { get; init; }
        public long Fence { get; init; }
        public string? Owner { get; init; }
        public DateTimeOffset? LeaseUntil { get; init; }
        public DateTimeOffset? FinishedAt { get; init; }
        public int Held { get; init; }

        public RunPartition ToPartition() =>
            new(
                RunId,
                PartitionNo,
                Enum.Parse<RunPhase>(Phase),
                UpToKey,
                new(LastKey, Counters, Totals),
                Fence,
                Owner,
                LeaseUntil,
                Held == 1,
                FinishedAt
            );
    }
}
