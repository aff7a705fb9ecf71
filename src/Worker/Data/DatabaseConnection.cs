using System.Data.Common;
using Dapper;

namespace PlanningServices.Worker.Data;

/// <summary>One connection to the database, with the transaction that is under way on it. One thread at a time.</summary>
internal sealed class DatabaseConnection(Database database, DbConnection connection) : IDisposable
{
    private DbTransaction? transaction;
    private bool isAlone;
    private IDisposable? noImport;

    public Database Database => database;

    /// <summary>The connection of the driver.</summary>
    public DbConnection Driver => connection;

    /// <summary>The transaction that is under way, if one is.</summary>
    public DbTransaction? Transaction => transaction;

    public IReadOnlyList<T> Query<T>(string name, object? parameters = null) =>
        [.. connection.Query<T>(database.Query(name), parameters, transaction)];

    public T? First<T>(string name, object? parameters = null) =>
        connection.QueryFirstOrDefault<T>(database.Query(name), parameters, transaction);

    public T? Scalar<T>(string name, object? parameters = null) =>
        connection.ExecuteScalar<T>(database.Query(name), parameters, transaction);

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public int Execute(string name, object? parameters = null) =>
        connection.Execute(database.Query(name), parameters, transaction);

    /// <summary>Runs a statement that may take minutes, and returns how many rows it changed.</summary>
    public int ExecuteLong(string name, object parameters) =>
        connection.Execute(database.Query(name), parameters, transaction, commandTimeout: 3_600);

    /// <summary>Prepares a statement that is used again and again.</summary>
    public Statement Prepare(string name) => database.Prepare(this, database.Query(name));

    /// <summary>
    /// Runs work in an exclusive transaction: all of it, or nothing. Meanwhile nobody begins, ends or gives up a run,
    /// imports facts or adds to the policy log.
    /// </summary>
    public T InExclusiveTransaction<T>(Func<T> work)
    {
        using var awaited = isAlone ? null : database.AwaitImports();
        return Within(_ => BeginAlone(), work);
    }

    /// <summary>
    /// Keeps others from such work until the connection is disposed of; waits for one who does the same.
    /// </summary>
    public void AcquireRunLock()
    {
        noImport = database.AwaitImports();
        database.AcquireRunLock(this);
        isAlone = true;
    }

    /// <summary>Reads from one state of the database; within a transaction, from that which it sees.</summary>
    public T InSnapshot<T>(Func<T> read) =>
        transaction is null ? Within(database.BeginSnapshot, read) : read();

    /// <summary>Runs work in a transaction: all of it, or nothing.</summary>
    public T InTransaction<T>(Func<T> work) => Within(c => c.Driver.BeginTransaction(), work);

    /// <summary>Begins a transaction that <see cref="Commit"/> or <see cref="Rollback"/> ends.</summary>
    public void Begin() => transaction = BeginAlone();

    public void Commit()
    {
        transaction!.Commit();
        End();
    }

    public void Rollback()
    {
        transaction?.Rollback();
        End();
    }

    public void Dispose()
    {
        transaction?.Dispose();
        if (isAlone)
        {
            LetOthersIn();
        }

        connection.Dispose();
        noImport?.Dispose();
    }

    // Who keeps others away already does not lock a second time.
    private DbTransaction BeginAlone() =>
        isAlone ? connection.BeginTransaction() : database.BeginExclusive(this);

    // A pool keeps the connection, and with it the lock. Where the connection is lost, so is the lock.
    private void LetOthersIn()
    {
        try
        {
            database.LetOthersIn(this);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException) { }
    }

    private void End()
    {
        transaction?.Dispose();
        transaction = null;
    }

    private T Within<T>(Func<DatabaseConnection, DbTransaction> begin, Func<T> work)
    {
        using var begun = begin(this);
        transaction = begun;
        try
        {
            var result = work();
            begun.Commit();
            return result;
        }
        finally
        {
            // What did not come to its commit is rolled back when the transaction is disposed of.
            transaction = null;
        }
    }
}
