using System.Data.Common;
using System.Globalization;
using Dapper;
using DbUp.Builder;

namespace PlanningServices.Worker.Data;

/// <summary>The database with the facts, the runs and the decisions; gives out connections to it.</summary>
internal abstract class Database
{
    protected const string RunLock = "planning.run";
    protected const string MigrationLock = "planning.migration";

    // More would not fit a line.
    private const int HoldersNamed = 3;

    private readonly Queries queries;

    static Database()
    {
        // Columns are snake_case, the records they fill are not.
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        DapperTypes.Register();
    }

    protected Database(string kind)
    {
        Kind = kind;
        queries = new(kind);
    }

    /// <summary>How long one waits for a lock that keeps others from runs, imports or migrations.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The folder of its migrations and queries.</summary>
    public string Kind { get; }

    /// <summary>What people call it: its file, or its name and server.</summary>
    public abstract string Name { get; }

    /// <summary>Whether several processes on several machines may work on it at the same time.</summary>
    public abstract bool IsServer { get; }

    /// <summary>The text of a query.</summary>
    public string Query(string name) => queries[name];

    /// <summary>Whether it can be connected to, but for faults that pass.</summary>
    public abstract bool Exists();

    /// <summary>Opens the database, which must exist.</summary>
    public abstract DatabaseConnection Open();

    /// <summary>Opens the database, empty if there was none.</summary>
    public virtual DatabaseConnection OpenOrCreate() => Open();

    /// <summary>What an error of this database means to people; null where it is another error.</summary>
    public PlanningException? Explain(Exception error) =>
        error switch
        {
            PlanningException known => known,
            DbException fault => Explain(fault),
            _ => null,
        };

    /// <summary>Whether an error is likely to pass by itself: a lost connection, a deadlock, a server that restarts.</summary>
    public abstract bool IsTransient(Exception error);

    /// <summary>Whether an error came from the database, also one that was explained already.</summary>
    public static bool IsFault(Exception error) =>
        error is DbException || error.InnerException is DbException;

    /// <summary>What an error of the driver means to people.</summary>
    public abstract PlanningException Explain(DbException error);

    /// <summary>Says who holds a lock that was waited for in vain, and how the session is ended.</summary>
    /// <param name="name">The lock; null for whatever rows are locked.</param>
    /// <param name="unknown">What to say where the database does not show it to this user.</param>
    protected string HoldersOf(string? name, string unknown)
    {
        try
        {
            using var connection = Open();
            var holders = connection.Query<LockHolder>("lock_holders", new { @lock = name });
            return string.Join(" ", holders.Take(HoldersNamed).Select(h => h.Text));
        }
        catch (DbException)
        {
            return unknown;
        }
    }

    /// <summary>What to say to one who waited in vain for others to end, import or migrate.</summary>
    protected PlanningException StillLocked(string name, string unknown, Exception? inner = null) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Database '{Name}' is locked: another process has kept '{name}' for longer than {LockWait.TotalSeconds:0} seconds "
            ) + $"(Database:LockWaitSeconds). {HoldersOf(name, unknown)} Start again when it has ended.",
            inner: inner
        );

    /// <summary>Whether there is the table that migrations are journalled in.</summary>
    internal abstract bool HasJournal(DatabaseConnection connection);

    /// <summary>Whether there are tables in it, of whoever.</summary>
    internal abstract bool HasTables(DatabaseConnection connection);

    /// <summary>Keeps others from migrating it until it is disposed of; waits for one who does.</summary>
    internal abstract IDisposable LockForMigration();

    /// <summary>Runs scripts, each in a transaction, and journals them.</summary>
    internal UpgradeEngineBuilder Upgrade(TimeProvider time)
    {
        var builder = Deploy();
        builder.Configure(c =>
            c.Journal = new MigrationJournal(Query("create_journal"), () => Instant(time.GetUtcNow()))
        );
        return builder;
    }

    /// <summary>What runs scripts on a database of this kind.</summary>
    protected abstract UpgradeEngineBuilder Deploy();

    /// <summary>An instant as the journal of migrations keeps it.</summary>
    protected virtual object Instant(DateTimeOffset instant) => instant.UtcDateTime;

    /// <summary>Waits until nobody imports, and keeps imports away until it is disposed of; null where a transaction does.</summary>
    internal virtual IDisposable? AwaitImports() => null;

    /// <summary>Begins a transaction that no other of these runs beside, nor beside who keeps others away.</summary>
    internal abstract DbTransaction BeginExclusive(DatabaseConnection connection);

    /// <summary>Keeps others from such transactions until <see cref="LetOthersIn"/>; waits for one who does the same.</summary>
    internal abstract void AcquireRunLock(DatabaseConnection connection);

    /// <summary>Ends what <see cref="AcquireRunLock"/> began.</summary>
    internal abstract void LetOthersIn(DatabaseConnection connection);

    /// <summary>Begins a transaction whose reads see one state of the database, as far as that is to be had.</summary>
    internal abstract DbTransaction BeginSnapshot(DatabaseConnection connection);

    /// <summary>Prepares a statement that is used again and again.</summary>
    internal abstract Statement Prepare(DatabaseConnection connection, string sql);

    /// <summary>Prepares the writes of whoever holds a partition.</summary>
    internal abstract ChunkWriter Writer(
        DatabaseConnection connection,
        RunPartition partition,
        TimeSpan lease
    );

    /// <summary>Opens a fact table, to load one file into.</summary>
    internal abstract FactTable OpenFactTable(
        DatabaseConnection connection,
        FactColumns columns,
        long importId
    );
}
