using PlanningServices.Worker.Data;
using PlanningServices.Worker.Data.Sqlite;

namespace PlanningServices.Worker.Hosting;

/// <summary>A lock file beside the database, so that one service at a time works on it; freed when its holder dies.</summary>
internal sealed class SingleInstance : IDisposable
{
    private readonly FileStream held;

    /// <summary>Takes it for a file; null for a server, on which several services share the work.</summary>
    public static SingleInstance? On(Database database) =>
        database is SqliteDatabase { File: var file } ? new(file) : null;

    private SingleInstance(string databaseFile)
    {
        var file = databaseFile + ".serve.lock";
        try
        {
            held = new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanningException(
                $"Another 'planning serve' is at work on database '{databaseFile}', or its lock file '{file}' cannot be opened: {e.Message} "
                    + "Stop the other one, or name another database. This one has not started.",
                ExitCode.AtWorkElsewhere,
                e
            );
        }
    }

    public void Dispose() => held.Dispose();
}
