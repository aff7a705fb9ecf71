using System.Data.Common;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Data.SqlClient;

namespace PlanningServices.Worker.Data.SqlServer;

/// <summary>What an error of SQL Server means: to the person who started the program, and to the program.</summary>
internal static class SqlServerFault
{
    // Errors from here on end the connection.
    private const int FatalClass = 20;

    // Deadlock victim, lock timeout, no or lost connection, server going down or starting, throttled (Azure).
    private static readonly int[] Transient =
    [
        -2,
        20,
        64,
        121,
        233,
        1205,
        1222,
        4060,
        4221,
        10053,
        10054,
        10060,
        10061,
        10928,
        10929,
        11001,
        40143,
        40197,
        40501,
        40613,
        49918,
        49919,
        49920,
        6005,
        6006,
        596,
        0,
    ];

    /// <summary>Whether it is likely to pass by itself. A certificate that is refused will be refused again.</summary>
    public static bool IsTransient(Exception error) =>
        error is SqlException { InnerException: not AuthenticationException } fault
        && (fault.IsTransient || Transient.Contains(fault.Number));

    /// <summary>The exception to throw, or to show, in place of one from that database.</summary>
    /// <param name="error">The error of the driver.</param>
    /// <param name="name">What people call the database.</param>
    /// <param name="holders">Says who holds the locks that were waited for.</param>
    public static PlanningException Explain(DbException error, string name, Func<string> holders) =>
        new(Text((SqlException)error, name, OneLine(error.Message), holders), inner: error);

    private static string Text(SqlException error, string name, string said, Func<string> holders) =>
        error switch
        {
            { InnerException: AuthenticationException refused } =>
                $"Database '{name}' does not show a certificate that is trusted: {OneLine(refused.Message)} "
                    + "Install its issuer on this machine, or say in Database:ConnectionString which it is "
                    + "(ServerCertificate, HostNameInCertificate).",
            { InnerException: SocketException { SocketErrorCode: not SocketError.Success } socket } => Away(
                name,
                OneLine(socket.Message)
            ),
            { ClientConnectionId: var id } when id == Guid.Empty => Away(name, FirstSentence(said)),
            // It was said before anything was asked.
            _ when said.Contains("pre-login", StringComparison.OrdinalIgnoreCase) => Away(
                name,
                FirstSentence(said)
            ),
            { Number: 18456 } => $"Database '{name}' refused the user: {said} "
                + "Check User ID and Password in Database:ConnectionString.",
            { Number: 4060 } =>
                $"Database '{name}' does not exist, or this user may not use it: {said} Have it created, then: planning migrate",
            { Number: 229 or 262 } => $"Database '{name}' does not allow that to this user: {said} "
                + "Migrations need the migrating role, everything else the running role, which db/roles/sqlserver.sql "
                + "gives its rights after each migration.",
            { Number: 208 } => $"Database '{name}' lacks a table: {said} Upgrade it with: planning migrate",
            { Number: 1105 or 9002 } =>
                $"Database '{name}' cannot grow: the disk of the server, or its log, is full. "
                    + "Only whole chunks are committed; make room and start again.",
            { Number: 3906 } => $"Database '{name}' cannot be written: it is read-only. "
                + "Name the primary in Database:ConnectionString.",
            { Number: -2 or 1222 } =>
                $"Database '{name}' was busy for too long: {said} {holders()} ".TrimEnd()
                    + " What was committed stays; start again when others have ended.",
            { Class: >= FatalClass } => Away(name, FirstSentence(said)),
            _ => $"Database '{name}' reported: {said}",
        };

    private static string Away(string name, string why) =>
        $"Database '{name}' does not answer: {why} Check that SQL Server runs there and can be reached, and start again; "
        + "what was committed stays.";

    // What follows the first one guesses at causes, or counts milliseconds.
    private static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;

    // The driver puts each error of the server on a line of its own.
    private static string OneLine(string message)
    {
        var line = string.Join(
            ' ',
            message.Split(
                (char[])['\r', '\n'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        );
        return line.EndsWith('.') ? line : line + ".";
    }
}
