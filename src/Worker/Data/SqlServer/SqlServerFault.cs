using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace PlanningServices.Worker.Data.SqlServer;

/// <summary>What an error of SQL Server means: to the person who started the program, and to the program.</summary>
internal static class SqlServerFault
{
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

    /// <summary>Whether it is likely to pass by itself.</summary>
    public static bool IsTransient(Exception error) =>
        error is SqlException fault && (fault.IsTransient || Transient.Contains(fault.Number));

    /// <summary>The exception to throw, or to show, in place of one from that database.</summary>
    public static PlanningException Explain(DbException error, string name) =>
        new(
            (error as SqlException)?.Number switch
            {
                18456 => $"Database '{name}' refused the user: {error.Message} "
                    + "Check User ID and Password in Database:ConnectionString.",
                4060 => $"Database '{name}' does not exist, or this user may not use it: {error.Message}",
                229 or 262 => $"Database '{name}' does not allow that to this user: {error.Message} "
                    + "Migrations need the migrating role, everything else the running role; see db/roles.",
                208 => $"Database '{name}' lacks a table: {error.Message} Upgrade it with: planning migrate",
                1105 or 9002 =>
                    $"Database '{name}' cannot grow: the disk of the server, or its log, is full. "
                        + "Only whole chunks are committed; make room and start again.",
                3906 => $"Database '{name}' cannot be written: it is read-only. "
                    + "Name the primary in Database:ConnectionString.",
                -2 or 1222 => $"Database '{name}' was busy for too long: {error.Message} "
                    + "What was committed stays; start again when others have ended.",
                _ => $"Database '{name}' reported: {error.Message}",
            },
            inner: error
        );
}
