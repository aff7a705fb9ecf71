namespace PlanningServices.Worker.Data;

/// <summary>One connection to the database, and all that can be asked and told over it. One thread at a time.</summary>
internal sealed class Store : IDisposable
{
    private readonly DatabaseConnection connection;
    private readonly AsKnown? known;
    private FactReader? facts;

    /// <summary>Opens a connection.</summary>
    /// <param name="database">The database.</param>
    /// <param name="known">What <see cref="Facts"/> and <see cref="Subjects"/> are read as; as they are now if absent.</param>
    public Store(Database database, AsKnown? known = null)
    {
        this.known = known;
        connection = database.Open();
        Runs = new(connection);
        Partitions = new(connection);
        Packs = new(connection);
        Subjects = new(connection, known);
        Exports = new(connection);
        Listings = new(connection);
        Imports = new(connection);
        Allocations = new(connection);
        FactHistory = new(connection);
        PolicyLog = new(connection);
        Quarantine = new(connection);
        Reviews = new(connection);
        Exceptions = new(connection);
        SignOffs = new(connection);
        Users = new(connection);
        ConsoleLog = new(connection);
        ApiKeys = new(connection);
    }

    public RunStore Runs { get; }

    public PartitionStore Partitions { get; }

    public PackStore Packs { get; }

    public SubjectStore Subjects { get; }

    public Exports Exports { get; }

    public ListingStore Listings { get; }

    public ImportStore Imports { get; }

    public AllocationStore Allocations { get; }

    public FactHistory FactHistory { get; }

    public PolicyLogStore PolicyLog { get; }

    public QuarantineStore Quarantine { get; }

    public ReviewStore Reviews { get; }

    public ExceptionStore Exceptions { get; }

    public SignOffStore SignOffs { get; }

    public UserStore Users { get; }

    public ConsoleLogStore ConsoleLog { get; }

    public ApiKeyStore ApiKeys { get; }

    public FactReader Facts => facts ??= new(connection, known);

    public ChunkWriter Writer(RunPartition held, TimeSpan lease) =>
        connection.Database.Writer(connection, held, lease);

    /// <summary>Runs work in an exclusive transaction: meanwhile nobody begins, ends or gives up a run, or imports.</summary>
    public T InExclusiveTransaction<T>(Func<T> work) => connection.InExclusiveTransaction(work);

    public StoredTotals Totals(long runId) => StoredTotals.Read(connection, runId);

    public FactCounts CountFacts(DateOnly businessDate) => FactCounts.Read(connection, businessDate);

    public long CountCustomers() => connection.Scalar<long>("customer_count");

    public long CountPartners() => connection.Scalar<long>("partner_count");

    public void Dispose()
    {
        facts?.Dispose();
        connection.Dispose();
    }
}
