using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace PlanningServices.Worker.Data.Postgres;

/// <summary>What an error of PostgreSQL means: to the person who started the program, and to the program.</summary>
internal static class PostgresFault
{
    private const string IdleInTransactionSessionTimeout = "25P03";
    private const string IdleSessionTimeout = "57P05";

    /// <summary>Whether it is likely to pass by itself.</summary>
    public static bool IsTransient(Exception error) =>
        error switch
        {
            PostgresException fault => fault.IsTransient
                || fault.SqlState
                    is PostgresErrorCodes.AdminShutdown
                        or PostgresErrorCodes.CrashShutdown
                        or PostgresErrorCodes.CannotConnectNow
                        or PostgresErrorCodes.LockNotAvailable
                        // The server gave up a process that was frozen in the middle of its work, or asleep.
                        or IdleInTransactionSessionTimeout
                        or IdleSessionTimeout,
            NpgsqlException fault => fault.IsTransient
                || fault.InnerException is IOException or SocketException,
            _ => false,
        };

    /// <summary>The exception to throw, or to show, in place of one from that database.</summary>
    public static PlanningException Explain(DbException error, string name) =>
        new(
            error switch
            {
                PostgresException fault => Text(fault, name),
                { InnerException: SocketException or IOException or TimeoutException } =>
                    $"Database '{name}' does not answer: {Words(error.InnerException.Message)} "
                        + "Check that the server runs and can be reached, and start again; what was committed stays.",
                _ => $"Database '{name}' reported: {Words(error.Message)}",
            },
            inner: error
        );

    private static string Text(PostgresException fault, string name) =>
        fault.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                $"Database '{name}' refused the user: {Words(fault.MessageText)} "
                    + "Check Username and Password in Database:ConnectionString.",
            PostgresErrorCodes.InvalidCatalogName =>
                $"Database '{name}' does not exist. Have it created (createdb), then: planning migrate",
            PostgresErrorCodes.InsufficientPrivilege =>
                $"Database '{name}' does not allow that to this user: {Words(fault.MessageText)} "
                    + "Migrations need the migrating role, everything else the running role, which db/roles/postgres.sql "
                    + "gives its rights after each migration.",
            PostgresErrorCodes.UndefinedTable =>
                $"Database '{name}' lacks a table: {Words(fault.MessageText)} Upgrade it with: planning migrate",
            PostgresErrorCodes.DiskFull => $"Database '{name}' cannot grow: the disk of the server is full. "
                + "Only whole chunks are committed; make room and start again.",
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                $"Database '{name}' cannot be written: the server is read-only, a standby perhaps. "
                    + "Name the primary in Database:ConnectionString.",
            PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable =>
                $"Database '{name}' was busy for too long: {Words(fault.MessageText)} "
                    + "What was committed stays; start again when others have ended.",
            _ => $"Database '{name}' reported: {Words(fault.MessageText)}",
        };

    private static string Words(string message) =>
        message.TrimEnd().EndsWith('.') ? message.TrimEnd() : message + ".";
}
