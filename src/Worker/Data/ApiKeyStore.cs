namespace PlanningServices.Worker.Data;

/// <summary>The keys of the programs that ask the HTTP API.</summary>
internal sealed class ApiKeyStore(DatabaseConnection connection)
{
    /// <summary>All keys by name.</summary>
    public IReadOnlyList<ApiKey> List() => connection.Query<ApiKey>("api_keys");

    /// <summary>The key of a secret; null where there is none.</summary>
    public ApiKey? Find(string secretHash) => connection.First<ApiKey>("api_key", new { secretHash });

    /// <summary>Adds a key, and returns whether there was none of that name.</summary>
    public bool Add(
        string name,
        string roles,
        string secretHash,
        DateTimeOffset now,
        DateTimeOffset expiresAt
    ) =>
        connection.Execute(
            "insert_api_key",
            new
            {
                name,
                roles,
                secretHash,
                now,
                expiresAt,
            }
        ) == 1;

    /// <summary>Revokes a key, and returns whether it was not yet.</summary>
    public bool Revoke(string name, DateTimeOffset now) =>
        connection.Execute("revoke_api_key", new { name, now }) == 1;
}

/// <summary>The key of a program.</summary>
internal sealed record ApiKey
{
    public required string KeyName { get; init; }

    /// <summary>The names of its roles, separated by spaces.</summary>
    public required string Roles { get; init; }

    public required string SecretHash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}
