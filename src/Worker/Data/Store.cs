using Dapper;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data;

/// <summary>One connection to the database, and all that can be asked and told over it. One thread at a time.</summary>
internal sealed class Store : IDisposable
{
    private readonly SqliteConnection connection;
    private FactReader? facts;

    public Store(Database database)
    {
        connection = database.Open();
        Runs = new(connection);
        Packs = new(connection);
        Subjects = new(connection);
        Exports = new(connection);
        Imports = new(connection);
        PolicyLog = new(connection);
    }

    public RunStore Runs { get; }

    public PackStore Packs { get; }

    public SubjectStore Subjects { get; }

    public Exports Exports { get; }

    public ImportStore Imports { get; }

    public PolicyLogStore PolicyLog { get; }

    public FactReader Facts => facts ??= new(connection);

    public DecisionWriter Writer(Run run) => new(connection, run);

    public StoredTotals Totals(long runId) => StoredTotals.Read(connection, runId);

    public FactCounts CountFacts(DateOnly businessDate) => FactCounts.Read(connection, businessDate);

    public long CountCustomers() =>
        connection.ExecuteScalar<long>("SELECT count(DISTINCT customer_id) FROM agreement");

    public void Dispose()
    {
        facts?.Dispose();
        connection.Dispose();
    }
}
