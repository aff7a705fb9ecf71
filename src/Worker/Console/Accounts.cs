using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Console;

/// <summary>The users of the console, their passwords and one-time links, and the keys of programs.</summary>
internal sealed class Accounts(Database database, TimeProvider clock)
{
    /// <summary>So many wrong passwords in a row lock a user.</summary>
    public const int FailuresAllowed = 5;

    public const int ShortestPassword = 12;
    public const int LongestPassword = 200;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan LinkLasts = TimeSpan.FromDays(1);

    private const string NameRule =
        "it must have 1 to 40 of the characters a-z, 0-9, '.', '_' and '-', and begin with a letter";

    private static readonly PasswordHasher<string> Hasher = new();

    // Checked where there is no such user, so that the answer takes as long.
    private static readonly Lazy<string> NobodysHash = new(() => Hasher.HashPassword("", NewSecret()));

    /// <summary>The user of a name and password; null where they do not belong together, or the user is locked or disabled.</summary>
    public ConsoleUser? SignIn(string name, string password)
    {
        using var store = new Store(database);
        var user = store.Users.Find(name.Trim().ToLowerInvariant());
        var isRight =
            Hasher.VerifyHashedPassword("", user?.PasswordHash ?? NobodysHash.Value, Cut(password))
            != PasswordVerificationResult.Failed;
        if (user is not { PasswordHash: not null, DisabledAt: null } || user.LockedUntil > clock.GetUtcNow())
        {
            return null;
        }

        if (!isRight)
        {
            var failures = user.Failures + 1;
            store.Users.SetFailures(
                user.UserName,
                failures % FailuresAllowed,
                failures >= FailuresAllowed ? clock.GetUtcNow() + LockedFor : null
            );
            return null;
        }

        if (user.Failures > 0 || user.LockedUntil is not null)
        {
            store.Users.SetFailures(user.UserName, 0, null);
        }

        return user;
    }

    /// <summary>
    /// Who signed in with the provider: added the first time. The name stays, whatever it is at the provider later; the roles are those
    /// that the provider gives now.
    /// </summary>
    /// <exception cref="PlanningException">The name is not allowed or somebody else's, or the user is disabled.</exception>
    public ConsoleUser SignInFromProvider(
        string issuer,
        string subject,
        string name,
        IReadOnlyList<string> roles
    )
    {
        var providerId = Sha256($"{issuer} {subject}");
        var joined = Roles.Join(roles, Roles.All);
        using var store = new Store(database);
        return store.Users.InTransaction(() =>
        {
            if (store.Users.OfProvider(providerId) is not { } user)
            {
                var userName = NameOf(name, "user", isOfProvider: true);
                if (
                    !store.Users.Add(
                        userName,
                        joined,
                        passwordHash: null,
                        NewSecret(),
                        clock.GetUtcNow(),
                        providerId
                    )
                )
                {
                    throw new PlanningException(
                        $"There is another user '{userName}' already. Ask an administrator.",
                        ExitCode.Usage
                    );
                }

                return store.Users.Find(userName)!;
            }

            if (user.DisabledAt is not null)
            {
                throw new PlanningException($"User '{user.UserName}' is disabled.", ExitCode.Usage);
            }

            if (user.Roles != joined)
            {
                store.Users.SetRoles(user.UserName, joined, NewSecret());
            }

            return store.Users.Find(user.UserName)!;
        });
    }

    /// <summary>The user of a session; null where the session has ended.</summary>
    public ConsoleUser? OfSession(string name, string stamp)
    {
        using var store = new Store(database);
        return store.Users.Find(name) is { DisabledAt: null } user && user.SecurityStamp == stamp
            ? user
            : null;
    }

    /// <summary>Ends all sessions of a user.</summary>
    public void EndSessions(string name)
    {
        using var store = new Store(database);
        store.Users.SetStamp(name, NewSecret());
    }

    public IReadOnlyList<ConsoleUser> List()
    {
        using var store = new Store(database);
        return store.Users.List();
    }

    /// <summary>Adds a user; without a password it needs a link.</summary>
    /// <exception cref="PlanningException">The name, a role or the password is not allowed, or there is such a user.</exception>
    public ConsoleUser Add(string name, IEnumerable<string> roles, string? password)
    {
        var userName = NameOf(name, "user");
        var joined = Roles.Join(roles, Roles.All);
        var hash = password is null ? null : HashOf(userName, password);
        using var store = new Store(database);
        return store.Users.Add(userName, joined, hash, NewSecret(), clock.GetUtcNow())
            ? store.Users.Find(userName)!
            : throw new PlanningException($"There is a user '{userName}' already.", ExitCode.Usage);
    }

    /// <summary>Gives a user another password, which ends its sessions.</summary>
    /// <exception cref="PlanningException">There is no such user, or the password is not allowed.</exception>
    public void SetPassword(string name, string password)
    {
        using var store = new Store(database);
        var user = FindOwn(store, name);
        store.Users.SetPassword(user.UserName, HashOf(user.UserName, password), NewSecret());
    }

    /// <summary>Gives a user other roles, which ends its sessions.</summary>
    /// <exception cref="PlanningException">There is no such user, or a role is unknown.</exception>
    public void SetRoles(string name, IEnumerable<string> roles)
    {
        using var store = new Store(database);
        store.Users.SetRoles(FindOwn(store, name).UserName, Roles.Join(roles, Roles.All), NewSecret());
    }

    /// <summary>Disables a user for good, which ends its sessions.</summary>
    /// <exception cref="PlanningException">There is no such user, or it is disabled.</exception>
    public void Disable(string name)
    {
        using var store = new Store(database);
        var user = Find(store, name);
        if (!store.Users.Disable(user.UserName, NewSecret(), clock.GetUtcNow()))
        {
            throw new PlanningException($"User '{user.UserName}' is disabled already.", ExitCode.Usage);
        }
    }

    /// <summary>The secret of a link with which a user sets a password once.</summary>
    /// <exception cref="PlanningException">There is no such user, or it is disabled.</exception>
    public string NewLink(string name)
    {
        using var store = new Store(database);
        var user = FindOwn(store, name);
        return user.DisabledAt is null
            ? NewLink(store, user.UserName)
            : throw new PlanningException($"User '{user.UserName}' is disabled.", ExitCode.Usage);
    }

    /// <summary>The secret of a link that makes the first administrator; null where there are users.</summary>
    public string? NewFirstLink()
    {
        using var store = new Store(database);
        return store.Users.List().Count == 0 ? NewLink(store, userName: null) : null;
    }

    /// <summary>A link that can still be used; null where it cannot.</summary>
    public ConsoleLink? FindLink(string secret)
    {
        using var store = new Store(database);
        return FindLink(store, secret);
    }

    /// <summary>Sets the password of a link's user, or makes the first administrator; uses the link up.</summary>
    /// <exception cref="PlanningException">The link cannot be used, or the name or the password is not allowed.</exception>
    public ConsoleUser UseLink(string secret, string name, string password)
    {
        using var store = new Store(database);
        return store.Users.InTransaction(() =>
        {
            var link =
                FindLink(store, secret)
                ?? throw new PlanningException("This link was used already, or has expired.");
            var userName = link.UserName ?? NameOf(name, "user");
            var hash = HashOf(userName, password);
            if (
                !store.Users.TakeLink(link.SecretHash)
                || (link.UserName is null && store.Users.List().Count > 0)
            )
            {
                throw new PlanningException("This link was used already, or has expired.");
            }

            if (link.UserName is null)
            {
                store.Users.Add(userName, string.Join(' ', Roles.All), hash, NewSecret(), clock.GetUtcNow());
            }
            else
            {
                store.Users.SetPassword(userName, hash, NewSecret());
            }

            return store.Users.Find(userName)!;
        });
    }

    public IReadOnlyList<ApiKey> Keys()
    {
        using var store = new Store(database);
        return store.ApiKeys.List();
    }

    /// <summary>Adds the key of a program, and returns its secret, which is kept nowhere.</summary>
    /// <exception cref="PlanningException">The name or a role is not allowed, or there is such a key.</exception>
    public string AddKey(string name, IEnumerable<string> roles, DateOnly lastDay)
    {
        var keyName = NameOf(name, "key");
        var joined = Roles.Join(roles, Roles.OfPrograms);
        var expiresAt = new DateTimeOffset(lastDay.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        if (expiresAt <= clock.GetUtcNow())
        {
            throw new PlanningException(
                FormattableString.Invariant(
                    $"The last day of the key is {lastDay:yyyy-MM-dd}, which is past."
                ),
                ExitCode.Usage
            );
        }

        var secret = $"planning_{NewSecret()}";
        using var store = new Store(database);
        return store.ApiKeys.Add(keyName, joined, Sha256(secret), clock.GetUtcNow(), expiresAt)
            ? secret
            : throw new PlanningException($"There is a key '{keyName}' already.", ExitCode.Usage);
    }

    /// <summary>Revokes a key, at once and for good.</summary>
    /// <exception cref="PlanningException">There is no such key, or it is revoked.</exception>
    public void RevokeKey(string name)
    {
        using var store = new Store(database);
        if (!store.ApiKeys.Revoke(name, clock.GetUtcNow()))
        {
            throw new PlanningException(
                $"There is no key '{name}' that is not revoked. To see them: planning api-keys list",
                ExitCode.Usage
            );
        }
    }

    /// <summary>The key of a secret; null where there is none that may be used now.</summary>
    public ApiKey? KeyOf(string secret)
    {
        using var store = new Store(database);
        return
            store.ApiKeys.Find(Sha256(secret)) is { RevokedAt: null } key && key.ExpiresAt > clock.GetUtcNow()
            ? key
            : null;
    }

    private string NewLink(Store store, string? userName)
    {
        var secret = NewSecret();
        store.Users.PutLink(Sha256(secret), userName, clock.GetUtcNow() + LinkLasts);
        return secret;
    }

    private ConsoleLink? FindLink(Store store, string secret) =>
        store.Users.FindLink(Sha256(secret)) is { } link && link.ExpiresAt > clock.GetUtcNow() ? link : null;

    private static ConsoleUser Find(Store store, string name) =>
        store.Users.Find(name.Trim().ToLowerInvariant())
        ?? throw new PlanningException(
            $"There is no user '{name.Trim()}'. To see them: planning users list",
            ExitCode.Usage
        );

    /// <summary>A user whose password and roles are kept here.</summary>
    private static ConsoleUser FindOwn(Store store, string name)
    {
        var user = Find(store, name);
        return user.ProviderId is null
            ? user
            : throw new PlanningException(
                $"User '{user.UserName}' signs in with the provider, which has its password and gives it its roles.",
                ExitCode.Usage
            );
    }

    // A provider may name its users by their addresses.
    private static string NameOf(string name, string what, bool isOfProvider = false)
    {
        var plain = name.Trim().ToLowerInvariant();
        return
            plain.Length is > 0 and <= 40
            && char.IsAsciiLetterLower(plain[0])
            && plain.All(c =>
                char.IsAsciiLetterLower(c)
                || char.IsAsciiDigit(c)
                || c is '.' or '_' or '-'
                || (isOfProvider && c == '@')
            )
            ? plain
            : throw new PlanningException($"The {what} is '{name.Trim()}'; {NameRule}.", ExitCode.Usage);
    }

    private static string HashOf(string userName, string password) =>
        password.Length is < ShortestPassword or > LongestPassword
            ? throw new PlanningException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The password has {password.Length} characters; it must have {ShortestPassword} to {LongestPassword}."
                ),
                ExitCode.Usage
            )
        : password.Contains(userName, StringComparison.OrdinalIgnoreCase) && userName.Length > 3
            ? throw new PlanningException(
                "The password contains the name of the user; choose another one.",
                ExitCode.Usage
            )
        : Hasher.HashPassword("", password);

    // Longer than any password there is; hashing it would only cost time.
    private static string Cut(string password) => password[..Math.Min(password.Length, LongestPassword + 1)];

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static string Sha256(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
