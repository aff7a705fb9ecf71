using System.Net;
using Microsoft.AspNetCore.Http;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Console;

/// <summary>Runs what somebody does in the console, and keeps who, what, with what result, when and from where.</summary>
internal sealed class ActionLog(Database database, TimeProvider clock)
{
    private const int LongestSubject = 400;

    /// <summary>Runs an action, and keeps its result.</summary>
    /// <exception cref="PlanningException">It was refused, which is kept, too.</exception>
    public void Do(HttpContext context, string action, string subject, Func<string> work)
    {
        try
        {
            Add(context, NameOf(context), action, subject, work());
        }
        catch (PlanningException e)
        {
            Add(context, NameOf(context), action, subject, Refused(e));
            throw;
        }
    }

    /// <inheritdoc cref="Do"/>
    public async Task DoAsync(HttpContext context, string action, string subject, Func<Task<string>> work)
    {
        try
        {
            Add(context, NameOf(context), action, subject, await work());
        }
        catch (PlanningException e)
        {
            Add(context, NameOf(context), action, subject, Refused(e));
            throw;
        }
    }

    /// <summary>Keeps what somebody did who may not have signed in.</summary>
    public void Add(HttpContext context, string userName, string action, string subject, string result)
    {
        using var store = new Store(database);
        store.ConsoleLog.Add(
            clock.GetUtcNow(),
            Cut(userName, 40),
            action,
            Cut(subject, LongestSubject),
            result,
            (context.Connection.RemoteIpAddress ?? IPAddress.None).ToString()
        );
    }

    /// <summary>Entries before one, of one user or of all, the newest first.</summary>
    public IReadOnlyList<ConsoleLogEntry> Read(long beforeEntry, int count, string? userName = null)
    {
        using var store = new Store(database);
        return store.ConsoleLog.Read(beforeEntry, count, userName);
    }

    public static string NameOf(HttpContext context) => context.User.Identity?.Name ?? "";

    /// <summary>The account that is kept with what somebody does who signed in.</summary>
    public static string AccountOf(HttpContext context) => Person.AccountOf(NameOf(context));

    private static string Refused(PlanningException e) => $"Refused: {e.Message}";

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
