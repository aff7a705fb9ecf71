namespace PlanningServices.Worker.Data;

/// <summary>What facts and decisions are read as, where not as they are now.</summary>
/// <param name="ImportId">The last import that is known.</param>
/// <param name="AfterRun">The run after which decisions and ledger stood so; the current ones if absent.</param>
internal sealed record AsKnown(long ImportId, long? AfterRun = null)
{
    /// <summary>Prepares a query of facts as known then; as they are now if absent.</summary>
    public static Statement Prepare(DatabaseConnection connection, string query, AsKnown? known)
    {
        if (known is null)
        {
            return connection.Prepare(query);
        }

        var database = connection.Database;
        var statement = database.Prepare(connection, database.Query("as_known") + database.Query(query));
        statement.Bind("known", known.ImportId);
        statement.Bind("afterRun", known.AfterRun ?? long.MaxValue);
        return statement;
    }
}
