using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data.Sqlite;

/// <summary>What an error of SQLite means to the person who started the program.</summary>
internal static class SqliteFault
{
    /// <summary>The exception to throw, or to show, in place of one from the database in that file.</summary>
    public static PlanningException Explain(SqliteException error, string file) =>
        new(
            error.SqliteErrorCode switch
            {
                SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
                    $"Database '{file}' is locked by another process and did not come free in time. "
                        + "What was committed stays; start again when the other process has ended.",
                SQLitePCL.raw.SQLITE_READONLY =>
                    $"Database '{file}' cannot be written: the file, its folder or its disk is read-only. "
                        + "Give the user who runs this program the right to write there.",
                SQLitePCL.raw.SQLITE_FULL => $"Database '{file}' cannot grow: the disk is full. "
                    + "Only whole chunks are committed; make room and start again.",
                SQLitePCL.raw.SQLITE_IOERR =>
                    $"Database '{file}' could not be read or written: {error.Message} "
                        + "Check the disk and the room left on it, and start again.",
                SQLitePCL.raw.SQLITE_CANTOPEN => $"Database '{file}' could not be opened: {error.Message} "
                    + "Check that its folder exists and may be written.",
                SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT =>
                    $"'{file}' is not a readable SQLite database: {error.Message} "
                        + "Restore it from a backup, or name another file.",
                _ => $"Database '{file}' reported: {error.Message}",
            },
            inner: error
        );
}
