namespace PlanningServices.Worker.Data;

/// <summary>Who may sign in to the console, the one-time links, and the keys that cookies are protected with.</summary>
internal sealed class UserStore(DatabaseConnection connection)
{
    /// <summary>All users by name.</summary>
    public IReadOnlyList<ConsoleUser> List() => connection.Query<ConsoleUser>("console_users");

    /// <summary>A user; null where there is none of that name.</summary>
    public ConsoleUser? Find(string userName) =>
        connection.First<ConsoleUser>("console_user", new { userName });

    /// <summary>Who signs in with the provider under an id; null where nobody did.</summary>
    public ConsoleUser? OfProvider(string providerId) =>
        connection.First<ConsoleUser>("console_user_of_provider", new { providerId });

    /// <summary>Adds a user, and returns whether there was none of that name.</summary>
    public bool Add(
        string userName,
        string roles,
        string? passwordHash,
        string stamp,
        DateTimeOffset now,
        string? providerId = null
    ) =>
        connection.Execute(
            "insert_console_user",
            new
            {
                userName,
                roles,
                passwordHash,
                stamp,
                now,
                providerId,
            }
        ) == 1;

    public void SetPassword(string userName, string passwordHash, string stamp) =>
        connection.Execute(
            "set_console_password",
            new
            {
                userName,
                passwordHash,
                stamp,
            }
        );

    public void SetRoles(string userName, string roles, string stamp) =>
        connection.Execute(
            "set_console_roles",
            new
            {
                userName,
                roles,
                stamp,
            }
        );

    /// <summary>Ends all sessions of a user.</summary>
    public void SetStamp(string userName, string stamp) =>
        connection.Execute("set_console_stamp", new { userName, stamp });

    /// <summary>Disables a user, and returns whether it was not yet.</summary>
    public bool Disable(string userName, string stamp, DateTimeOffset now) =>
        connection.Execute(
            "disable_console_user",
            new
            {
                userName,
                stamp,
                now,
            }
        ) == 1;

    public void SetFailures(string userName, int failures, DateTimeOffset? lockedUntil) =>
        connection.Execute(
            "set_console_failures",
            new
            {
                userName,
                failures,
                lockedUntil,
            }
        );

    /// <summary>Keeps a link in place of those that the user had; without a user it is that of the first administrator.</summary>
    public void PutLink(string secretHash, string? userName, DateTimeOffset expiresAt) =>
        connection.InTransaction(() =>
        {
            connection.Execute("delete_console_links", new { userName });
            return connection.Execute(
                "insert_console_link",
                new
                {
                    secretHash,
                    userName,
                    expiresAt,
                }
            );
        });

    public ConsoleLink? FindLink(string secretHash) =>
        connection.First<ConsoleLink>("console_link", new { secretHash });

    /// <summary>Uses a link up, and returns whether nobody had.</summary>
    public bool TakeLink(string secretHash) =>
        connection.Execute("delete_console_link", new { secretHash }) == 1;

    /// <summary>The keys that cookies and forms are protected with, as XML.</summary>
    public IReadOnlyList<string> Keys() => connection.Query<string>("console_keys");

    public void AddKey(string name, string text) =>
        connection.Execute("insert_console_key", new { name, text });

    /// <summary>Runs work in a transaction: all of it, or nothing.</summary>
    public T InTransaction<T>(Func<T> work) => connection.InTransaction(work);
}

/// <summary>A user of the console.</summary>
internal sealed record ConsoleUser
{
    public required string UserName { get; init; }

    /// <summary>The names of its roles, separated by spaces.</summary>
    public required string Roles { get; init; }

    /// <summary>Absent until the user opened its one-time link, and for who signs in with the provider.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Another one ends all sessions.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>Wrong passwords since the last right one.</summary>
    public int Failures { get; init; }

    /// <summary>Until then no password is right.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>SHA-256 of issuer and subject of who signs in with the provider; absent for who has a password here.</summary>
    public string? ProviderId { get; init; }
}

/// <summary>A one-time link.</summary>
internal sealed record ConsoleLink
{
    public required string SecretHash { get; init; }

    /// <summary>Whose password it sets; absent where it makes the first administrator.</summary>
    public string? UserName { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
