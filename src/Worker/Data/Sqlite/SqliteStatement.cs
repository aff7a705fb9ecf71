using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace PlanningServices.Worker.Data.Sqlite;

/// <summary>
/// A prepared statement of the hot loops, used again and again: straight on SQLite, without a boxed parameter or an
/// object for each row, which there costs more than the database does. Everything else goes through Dapper.
/// </summary>
internal sealed class SqliteStatement : Statement
{
    private static readonly TextPool Pool = new();

    private readonly sqlite3 db;
    private readonly sqlite3_stmt handle;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        db = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(db, sql, out handle));
    }

    public override void Bind(string parameter, string? text) => Bind(Number(parameter), text);

    public override void Bind(string parameter, long number) => Bind(Number(parameter), number);

    public override void Bind(string parameter, DateOnly date) => Bind(parameter, SqlText.Of(date));

    /// <summary>Binds a text to the parameter with that number, from 1; null where it is absent.</summary>
    public void Bind(int parameter, string? text)
    {
        if (text is null)
        {
            Check(raw.sqlite3_bind_null(handle, parameter));
            return;
        }

        byte[]? rented = null;
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = size <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(size);
        var length = Encoding.UTF8.GetBytes(text, buffer);
        Check(raw.sqlite3_bind_text(handle, parameter, buffer[..length]));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public void Bind(int parameter, long number) => Check(raw.sqlite3_bind_int64(handle, parameter, number));

    /// <summary>Binds the values of a row to the parameters from 1 on.</summary>
    public void Bind(FactRow row)
    {
        for (var i = 0; i < row.Count; i++)
        {
            Check(
                row.IsAbsent(i) ? raw.sqlite3_bind_null(handle, i + 1)
                : row.Number(i) != 0 ? raw.sqlite3_bind_int64(handle, i + 1, row.Number(i))
                : raw.sqlite3_bind_text(handle, i + 1, row.Text(i))
            );
        }
    }

    /// <summary>Runs it to its end and returns how many rows it changed (triggers apart).</summary>
    public override int Execute()
    {
        var result = raw.sqlite3_step(handle);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            _ = raw.sqlite3_reset(handle);
            SqliteException.ThrowExceptionForRC(result, db);
        }

        var changes = raw.sqlite3_changes(db);
        _ = raw.sqlite3_reset(handle);
        return changes;
    }

    /// <summary>Runs it to its end, unless a constraint of the table refuses it.</summary>
    public bool TryExecute(out int changes)
    {
        var result = raw.sqlite3_step(handle);
        changes = raw.sqlite3_changes(db);
        _ = raw.sqlite3_reset(handle);
        if ((result & 0xFF) == raw.SQLITE_CONSTRAINT)
        {
            return false;
        }

        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            SqliteException.ThrowExceptionForRC(result, db);
        }

        return true;
    }

    /// <summary>Goes to the next row; after the last the statement is ready to be bound again.</summary>
    public override bool Read()
    {
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        _ = raw.sqlite3_reset(handle);
        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, db);
        }

        return false;
    }

    /// <summary>Stops reading before the last row.</summary>
    public override void Reset() => _ = raw.sqlite3_reset(handle);

    public override bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public override long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public override int Int(int column) => raw.sqlite3_column_int(handle, column);

    public override string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>A text of which few different ones come, one after another or again and again.</summary>
    public override string RepeatedText(int column) => Pool.Get(Bytes(column));

    public override decimal Money(int column) => new decimal(raw.sqlite3_column_int64(handle, column)) / 100m;

    public override DateOnly Date(int column) => ToDate(Bytes(column));

    public override DateOnly? OptionalDate(int column)
    {
        var text = Bytes(column);
        return text.IsEmpty ? null : ToDate(text);
    }

    public override bool TextEquals(int column, string text) => Ascii.Equals(Bytes(column), text);

    public override void Dispose() => handle.Dispose();

    private int Number(string parameter)
    {
        var number = raw.sqlite3_bind_parameter_index(handle, "@" + parameter);
        return number > 0
            ? number
            : throw new ArgumentOutOfRangeException(nameof(parameter), parameter, "No such parameter.");
    }

    private ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    // yyyy-MM-dd, as the constraints of the tables demand.
    private static DateOnly ToDate(ReadOnlySpan<byte> text)
    {
        var year = Digit(text[0]) * 1000 + Digit(text[1]) * 100 + Digit(text[2]) * 10 + Digit(text[3]);
        return new(year, Digit(text[5]) * 10 + Digit(text[6]), Digit(text[8]) * 10 + Digit(text[9]));

        static int Digit(byte digit) => digit - '0';
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, db);
        }
    }

    /// <summary>Remembers texts lately read, so that equal ones need not be made anew.</summary>
    private sealed class TextPool
    {
        private readonly string[] slots = new string[1024];

        public TextPool() => Array.Fill(slots, "");

        public string Get(ReadOnlySpan<byte> utf8)
        {
            var hash = utf8.Length;
            foreach (var b in utf8)
            {
                hash = hash * 31 + b;
            }

            // Two threads may overwrite each other's text here; each still returns the one it compared.
            ref var slot = ref slots[(hash ^ (hash >> 10)) & 1023];
            var known = slot;
            return Ascii.Equals(utf8, known) ? known : slot = Encoding.UTF8.GetString(utf8);
        }
    }
}
