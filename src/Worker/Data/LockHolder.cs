using System.Globalization;

namespace PlanningServices.Worker.Data;

/// <summary>A session of a server that holds a lock.</summary>
internal sealed record LockHolder
{
    public long SessionId { get; init; }

    /// <summary>Whose it is: host, process and program, as far as the server knows them.</summary>
    public required string Node { get; init; }

    /// <summary>How long it has asked nothing of the server; absent while it does.</summary>
    public long? IdleSeconds { get; init; }

    /// <summary>The statement by which an administrator ends it.</summary>
    public required string Ending { get; init; }

    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Session {SessionId} of {Node} holds it{(IdleSeconds is { } idle ? $" and has been idle for {idle} seconds" : "")}; if that node is frozen, an administrator ends the session with: {Ending}."
        );
}
