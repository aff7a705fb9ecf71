using Npgsql;
using PlanningServices.Worker.Data.Postgres;

namespace PlanningServices.Worker.Tests.Data;

public sealed class PostgresFaultTests
{
    [Theory]
    // Lines that are cut, and servers that stop and start.
    [InlineData("57P01")]
    [InlineData("57P02")]
    [InlineData("57P03")]
    [InlineData("08006")]
    // A node that was frozen within a transaction, and wakes.
    [InlineData("25P03")]
    // Others who want the same rows.
    [InlineData("40P01")]
    [InlineData("40001")]
    [InlineData("55P03")]
    public void It_passes(string state) => Assert.True(PostgresFault.IsTransient(Fault(state)));

    [Theory]
    // A row that is there already, a table that is not, a user who may not, a disk that is full.
    [InlineData("23505")]
    [InlineData("42P01")]
    [InlineData("42501")]
    [InlineData("28P01")]
    public void It_does_not_pass(string state) => Assert.False(PostgresFault.IsTransient(Fault(state)));

    private static PostgresException Fault(string state) => new("the text", "FATAL", "FATAL", state);
}
