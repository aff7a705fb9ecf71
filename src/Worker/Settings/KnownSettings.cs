using System.Collections;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Settings;

/// <summary>All settings: the key of each, the name of its option on the command line, and what it is for.</summary>
internal static class KnownSettings
{
    /// <summary>Environment variables that begin so are settings.</summary>
    public const string Prefix = "PLANNING__";

    public static IReadOnlyList<(string Key, string Name, string What)> All { get; } =
    [
        ("Database:ConnectionString", "--database", "file or connection string (planning.db)"),
        ("Database:Provider", "--provider", "kind of database: Sqlite, Postgres or SqlServer (Sqlite)"),
        (
            "Database:LockWaitSeconds",
            "--lock-seconds",
            "seconds to wait while another imports, migrates or begins a run (600)"
        ),
        ("Policies:Path", "--policies", "folder of the policy pack (the one beside the program)"),
        (
            "Policies:RequireApproval",
            "--require-approval",
            "whether activations of packs need a second person: false, true, or SignedIn for two who signed in (false)"
        ),
        (
            "Finance:ApprovalThreshold",
            "--approval-threshold",
            "amount above which an allocation needs a second person (none does)"
        ),
        (
            "Finance:RequireApproval",
            "--require-sign-off",
            "who signs figures off: true for two people, or SignedIn for two who signed in (true)"
        ),
        ("Program:TimeZone", "--time-zone", "whose calendar says what day it is (UTC)"),
        ("Schedule:Nightly", "--nightly", "cron: when 'serve' starts the nightly run (0 30 2 * * ?)"),
        ("Schedule:CatchUpDays", "--catch-up-days", "most missed business dates that 'serve' runs later (7)"),
        ("Import:Folder", "--import-folder", "where 'serve' finds drop folders to import (none)"),
        ("Import:Schedule", "--import-schedule", "cron: when 'serve' looks there (0/30 * * * * ?)"),
        (
            "Import:RequiredBy",
            "--required-by",
            "until what time a night waits for facts, such as 04:30 (it does not)"
        ),
        (
            "Health:Url",
            "--health-url",
            "where 'serve' tells how it is; empty for nowhere (http://127.0.0.1:9464)"
        ),
        (
            "Console:Url",
            "--console-url",
            "where 'serve' has its console; empty for nowhere (http://127.0.0.1:9465)"
        ),
        (
            "Console:Certificate",
            "--console-certificate",
            "certificate of an https:// console, a PEM file (none)"
        ),
        ("Console:CertificateKey", "--console-certificate-key", "its private key, a PEM file (none)"),
        (
            "Console:BehindProxy",
            "--behind-proxy",
            "whether a proxy with TLS stands before the console: true or false (false)"
        ),
        (
            "Console:SessionMinutes",
            "--session-minutes",
            "minutes without a request until somebody has to sign in again (60)"
        ),
        (
            "Console:OpenIdAuthority",
            "--openid-authority",
            "OpenID Connect provider with which people sign in to the console, too (none)"
        ),
        ("Console:OpenIdClient", "--openid-client", "the client that it knows the console as"),
        ("Console:OpenIdSecretFile", "--openid-secret-file", "file with the client's secret (none)"),
        ("Console:OpenIdNameClaim", "--openid-name-claim", "claim that names a user (preferred_username)"),
        ("Console:OpenIdRoleClaim", "--openid-role-claim", "claim whose values give roles (roles)"),
        (
            "Console:OpenIdRoles",
            "--openid-roles",
            "which value gives which role, such as controllers=finance,staff=viewer (the values are roles)"
        ),
        ("Schedule:CheckinSeconds", "--checkin-seconds", "how often a node of several says it is alive (10)"),
        ("Run:ChunkSize", "--chunk-size", "customers decided and committed together (200)"),
        ("Run:Partitions", "--partitions", "shares a run on a server is divided into at most (16)"),
        (
            "Run:Parallelism",
            "--parallelism",
            "partitions, or chunks of a file, at the same time (one for each processor)"
        ),
        (
            "Run:MaxQuarantined",
            "--max-quarantined",
            "share of the customers a run may set aside before it fails, though 20 always (0.01)"
        ),
        (
            "Run:AuditShare",
            "--audit-share",
            "share of the customers an ordinary night decides although not due, though 20 at least; 0 for none (0.001)"
        ),
        (
            "Run:LeaseSeconds",
            "--lease-seconds",
            "seconds after its last sign of life until a process counts as dead (60)"
        ),
    ];

    /// <summary>The option of a setting on the command line.</summary>
    public static string OptionOf(string key) =>
        All.Single(s => string.Equals(s.Key, key, StringComparison.OrdinalIgnoreCase)).Name;

    /// <summary>The environment variable of a setting.</summary>
    public static string VariableOf(string key) => Prefix + key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Refuses an environment variable that looks like a setting and is none: it would be ignored.</summary>
    /// <exception cref="PlanningException">There is one.</exception>
    public static void RefuseUnknown(IDictionary environment)
    {
        var logging = VariableOf("Logging:");
        string[] known = [.. All.Select(s => VariableOf(s.Key))];
        foreach (var name in environment.Keys.Cast<string>().Order(StringComparer.Ordinal))
        {
            if (
                name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
                && !name.StartsWith(logging, StringComparison.OrdinalIgnoreCase)
                && Spelling.Find(name, known) is null
            )
            {
                throw new PlanningException(
                    $"The environment variable '{name}' is no setting.{Spelling.Hint(name, known)} To see the settings: planning --help. Nothing was done.",
                    ExitCode.Usage
                );
            }
        }
    }
}
