using System.Net.Sockets;
using Npgsql;
using PlanningServices.Worker.Data.Postgres;

namespace PlanningServices.Worker.Tests.Data;

public sealed class PostgresFaultTests
{
    [Theory]
    // Connections that are lost, servers that restart.
    [InlineData("57P01", true)]
    [InlineData("57P02", true)]
    [InlineData("57P03", true)]
    [InlineData("08006", true)]
    // A process that was frozen in the middle of its work, or slept, was given up by the server.
    [InlineData("25P03", true)]
    [InlineData("57P05", true)]
    // Others at work.
    [InlineData("40P01", true)]
    [InlineData("40001", true)]
    [InlineData("55P03", true)]
    [InlineData("53300", true)]
    // What does not pass by itself.
    [InlineData("23505", false)]
    [InlineData("28P01", false)]
    [InlineData("3D000", false)]
    [InlineData("42501", false)]
    [InlineData("42P01", false)]
    public void Each_fault_passes_by_itself_or_not(string code, bool passes) =>
        Assert.Equal(passes, PostgresFault.IsTransient(Fault(code)));

    [Fact]
    public void A_server_that_cannot_be_reached_may_come_back() =>
        Assert.True(
            PostgresFault.IsTransient(
                new NpgsqlException(
                    "Failed to connect",
                    new SocketException((int)SocketError.ConnectionRefused)
                )
            )
        );

    [Theory]
    [InlineData(
        "53100",
        "Database 'p on db:5432' cannot grow: the disk of the server is full. Only whole chunks are committed; make room and "
            + "start again."
    )]
    [InlineData(
        "25006",
        "Database 'p on db:5432' cannot be written: the server is read-only, a standby perhaps. Name the primary in "
            + "Database:ConnectionString."
    )]
    [InlineData(
        "57014",
        "Database 'p on db:5432' was busy for too long: what the server says. What was committed stays; start again when "
            + "others have ended."
    )]
    [InlineData(
        "42P01",
        "Database 'p on db:5432' lacks a table: what the server says. Upgrade it with: planning migrate"
    )]
    [InlineData("23505", "Database 'p on db:5432' reported: what the server says.")]
    public void Each_fault_says_what_to_do(string code, string message) =>
        Assert.Equal(message, PostgresFault.Explain(Fault(code), "p on db:5432").Message);

    private static PostgresException Fault(string code) =>
        new("what the server says", "ERROR", "ERROR", code);
}
