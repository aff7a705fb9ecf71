namespace PlanningServices.Worker.Data;

/// <summary>What people did in the console. It is only added to.</summary>
internal sealed class ConsoleLogStore(DatabaseConnection connection)
{
    public void Add(
        DateTimeOffset now,
        string userName,
        string action,
        string subject,
        string result,
        string address
    ) =>
        connection.Execute(
            "insert_console_log",
            new
            {
                now,
                userName,
                action,
                subject,
                result,
                address,
            }
        );

    /// <summary>Entries before one, of one user or of all, the newest first.</summary>
    public IReadOnlyList<ConsoleLogEntry> Read(long beforeEntry, int count, string? who) =>
        connection.Query<ConsoleLogEntry>(
            "console_log",
            new
            {
                beforeEntry,
                count,
                who,
            }
        );
}

/// <summary>What somebody did.</summary>
internal sealed record ConsoleLogEntry
{
    public long EntryNo { get; init; }
    public DateTimeOffset At { get; init; }
    public required string UserName { get; init; }

    /// <summary>Such as <c>undo</c>.</summary>
    public required string Action { get; init; }

    /// <summary>With what, such as <c>run 3</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What came of it.</summary>
    public required string Result { get; init; }

    /// <summary>From which address.</summary>
    public required string Address { get; init; }
}
