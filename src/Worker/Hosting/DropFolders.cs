using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Import;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Hosting;

/// <summary>
/// Imports the drop folders that are ready, in the order of their names, and moves each to <c>done</c> or <c>failed</c>. What
/// was imported is recorded with the facts, so a folder that is still there after a crash is only moved.
/// </summary>
internal sealed partial class DropFolders(
    Database database,
    ActivePolicies policies,
    IOptions<ImportOptions> options,
    RunMetrics metrics,
    TimeProvider clock,
    ILogger<DropFolders> log
)
{
    private const string Done = "done";
    private const string Failed = "failed";

    // The folder is looked at again and again: what keeps one waiting is logged once.
    private readonly Dictionary<string, string> waiting = new(StringComparer.Ordinal);

    private string Root => options.Value.Folder;

    /// <summary>Makes sure, before the service starts, that the import folder is there and can be written to.</summary>
    public void Prepare()
    {
        if (Root.Length == 0)
        {
            return;
        }

        try
        {
            if (!Directory.Exists(Root))
            {
                throw new DirectoryNotFoundException("The folder does not exist.");
            }

            Directory.CreateDirectory(Path.Combine(Root, Done));
            Directory.CreateDirectory(Path.Combine(Root, Failed));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PlanningException(
                $"Setting 'Import:Folder' is '{Root}'; it must be a folder in which this user may create and move folders. {e.Message} The service has not started.",
                ExitCode.Usage,
                e
            );
        }
    }

    /// <summary>Imports what is ready; returns how many folders were imported.</summary>
    /// <exception cref="Exception">The database has a fault that is likely to pass.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; the folder at hand is imported another time.</exception>
    public int ImportReady(CancellationToken cancellationToken)
    {
        var ready = Ready();
        if (ready.Count == 0)
        {
            return 0;
        }

        var importer = NewImporter();
        var imported = 0;
        foreach (var path in ready)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                var folder = DropFolder.Open(path);
                imported += Import(importer, folder, cancellationToken) ? 1 : 0;
                MoveAway(folder);
            }
            catch (Exception e) when (e is IncompleteException or UnfinishedRunException or MoveException)
            {
                Wait(path, e.Message);
            }
            catch (Exception e) when (Database.IsFault(e) && !IsTransient(e))
            {
                // Whatever it is about, the folder cannot be told from the database: the nights must go on.
                Wait(path, e.Message);
                break;
            }
            catch (Exception e)
                when (!Database.IsFault(e) && e is not OperationCanceledException && !Directory.Exists(path))
            {
                LogGone(path, e.Message);
            }
            catch (Exception e) when (!Database.IsFault(e) && e is not OperationCanceledException)
            {
                Fail(path, e);
            }
        }

        return imported;
    }

    private List<string> Ready()
    {
        if (Root.Length == 0)
        {
            return [];
        }

        try
        {
            return
            [
                .. Directory
                    .EnumerateDirectories(Root)
                    .Where(path => Path.GetFileName(path) is not (Done or Failed) && IsReady(path))
                    .OrderBy(path => Path.GetFileName(path), StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Wait(Root, e.Message);
            return [];
        }
    }

    private bool IsReady(string path)
    {
        try
        {
            return DropFolder.IsReady(path);
        }
        catch (DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Wait(path, e.Message);
            return false;
        }
    }

    /// <summary>Imports a folder; false if it was imported before and only has to be moved.</summary>
    private bool Import(Importer importer, DropFolder folder, CancellationToken cancellationToken)
    {
        var summary = importer.Import(folder, cancellationToken);
        if (summary is not null)
        {
            metrics.Imported(summary.Rejected > 0 ? "CompletedWithRejects" : "Completed");
            LogImported(
                folder.Path,
                summary.Files.Sum(f => f.Read),
                summary.Files.Sum(f => f.Inserted),
                summary.Files.Sum(f => f.Updated),
                summary.Rejected
            );
        }

        return summary is not null;
    }

    private void MoveAway(DropFolder folder)
    {
        var target = FreeName(Done, folder.Path);
        Move(folder.Path, target);
        using var store = new Store(database);
        store.Imports.Moved(folder.Identity, clock.GetUtcNow());
        LogMoved(target);
    }

    private Importer NewImporter()
    {
        using var store = new Store(database);
        return new(
            database,
            policies.Latest(store).Engagements.Keys.ToHashSet(StringComparer.Ordinal),
            clock
        );
    }

    /// <summary>Sets a folder aside that cannot be imported, with the reason beside it.</summary>
    private void Fail(string path, Exception fault)
    {
        var target = FreeName(Failed, path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText($"{target}.reason.txt", fault.Message + "\n");
            Move(path, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or MoveException)
        {
            Wait(path, $"{fault.Message} {e.Message}");
            return;
        }

        metrics.Imported("Failed");
        // An unexpected error is logged with its stack trace.
        var unforeseen = fault is PlanningException or IOException or UnauthorizedAccessException
            ? null
            : fault;
        LogFailed(path, target, fault.Message, unforeseen);
    }

    /// <summary>The name of the folder below another one, with a number if the name is taken.</summary>
    private string FreeName(string below, string path)
    {
        var target = Path.Combine(Root, below, Path.GetFileName(path));
        return Enumerable
            .Range(2, int.MaxValue - 2)
            .Select(number => FormattableString.Invariant($"{target}-{number}"))
            .Prepend(target)
            .First(name => !Path.Exists(name));
    }

    private static void Move(string path, string target)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Directory.Move(path, target);
        }
        catch (Exception e) when (Directory.Exists(path) && e is IOException or UnauthorizedAccessException)
        {
            throw new MoveException(
                $"It cannot be moved to '{target}': {e.Message} Let the user of the service write to the folder and to the one it is in."
            );
        }
    }

    private void Wait(string path, string why)
    {
        if (!waiting.TryGetValue(path, out var said) || !string.Equals(said, why, StringComparison.Ordinal))
        {
            waiting[path] = why;
            LogWaiting(path, why);
        }
    }

    private bool IsTransient(Exception e) =>
        database.IsTransient(e) || (e.InnerException is { } inner && database.IsTransient(inner));

    /// <summary>A folder is done with, but cannot be moved out of the way.</summary>
    private sealed class MoveException(string message) : Exception(message);

    [LoggerMessage(
        40,
        LogLevel.Information,
        "Drop folder '{Path}' is imported: {Read} rows read, {Inserted} inserted, {Updated} updated, {Rejected} rejected"
    )]
    private partial void LogImported(string path, long read, long inserted, long updated, long rejected);

    [LoggerMessage(41, LogLevel.Information, "The drop folder is moved to '{Target}'")]
    private partial void LogMoved(string target);

    [LoggerMessage(
        42,
        LogLevel.Error,
        "Drop folder '{Path}' was not imported and is moved to '{Target}': {Reason}"
    )]
    private partial void LogFailed(string path, string target, string reason, Exception? fault);

    [LoggerMessage(43, LogLevel.Warning, "'{Path}' waits: {Reason}")]
    private partial void LogWaiting(string path, string reason);

    [LoggerMessage(44, LogLevel.Warning, "Drop folder '{Path}' is gone: {Reason}")]
    private partial void LogGone(string path, string reason);
}
