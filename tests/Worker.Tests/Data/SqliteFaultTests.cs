using Microsoft.Data.Sqlite;
using PlanningServices.Worker.Data.Sqlite;

namespace PlanningServices.Worker.Tests.Data;

public sealed class SqliteFaultTests
{
    [Theory]
    [InlineData(
        5,
        "Database '/d/p.db' is locked by another process and did not come free in time. What was committed stays; start "
            + "again when the other process has ended."
    )]
    [InlineData(
        8,
        "Database '/d/p.db' cannot be written: the file, its folder or its disk is read-only. Give the user who runs this "
            + "program the right to write there."
    )]
    [InlineData(
        13,
        "Database '/d/p.db' cannot grow: the disk is full. Only whole chunks are committed; make room and start again."
    )]
    [InlineData(
        10,
        "Database '/d/p.db' could not be read or written: what SQLite says. Check the disk and the room left on it, and "
            + "start again."
    )]
    [InlineData(
        14,
        "Database '/d/p.db' could not be opened: what SQLite says. Check that its folder exists and may be written."
    )]
    [InlineData(
        11,
        "'/d/p.db' is not a readable SQLite database: what SQLite says. Restore it from a backup, or name another file."
    )]
    [InlineData(1, "Database '/d/p.db' reported: what SQLite says.")]
    public void Each_fault_says_what_to_do(int code, string message) =>
        Assert.Equal(
            message,
            SqliteFault.Explain(new SqliteException("what SQLite says.", code), "/d/p.db").Message
        );
}
