using System.Collections;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data;

/// <summary>What became of a row given to a fact table.</summary>
internal enum Upserted
{
    /// <summary>It is written, or was there just so.</summary>
    Taken,

    /// <summary>It is written in place of an earlier row with its key from the same file.</summary>
    Superseding,

    /// <summary>It refers to a row that does not exist, or breaks another constraint; nothing was written.</summary>
    Refused,
}

/// <summary>
/// A fact table while one file is loaded into it: inserts rows or updates them by key, and counts what that did to
/// the table since the file began, so that several rows with one key count as one.
/// </summary>
internal sealed class FactTable : IDisposable
{
    private readonly Statement insert;
    private readonly Statement find;
    private readonly Statement? update;
    private readonly Statement? keep;
    private readonly Statement? compare;
    private readonly int columnCount;

    // Rows with a greater rowid were inserted from this file: no fact is ever deleted, so rowids only grow.
    private readonly long lastRowBefore;
    private readonly BitArray seen;
    private readonly BitArray changed;

    /// <summary>Prepares for one file.</summary>
    /// <param name="connection">A connection that nothing else uses meanwhile.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns in the order of the rows that will be given.</param>
    /// <param name="keys">Those of them that are the key.</param>
    public FactTable(
        SqliteConnection connection,
        string table,
        IReadOnlyList<string> columns,
        IReadOnlyCollection<string> keys
    )
    {
        columnCount = columns.Count;
        lastRowBefore = LastRow(connection, table);
        seen = new(checked((int)lastRowBefore + 1));
        changed = new(checked((int)lastRowBefore + 1));

        string Parameter(string column) => "?" + (columns.ToList().IndexOf(column) + 1);
        var others = columns.Where(c => !keys.Contains(c)).ToList();
        var isSame =
            others.Count == 0 ? "1" : string.Join(" AND ", others.Select(c => $"{c} IS {Parameter(c)}"));
        var names = string.Join(", ", columns);
        insert = new(
            connection,
            $"""
            INSERT INTO {table} ({names}) VALUES ({string.Join(", ", columns.Select(Parameter))})
            ON CONFLICT ({string.Join(", ", keys)}) DO NOTHING
            """
        );
        find = new(
            connection,
            $"""
            SELECT rowid, {isSame} FROM {table}
            WHERE {string.Join(" AND ", keys.Select(k => $"{k} = {Parameter(k)}"))}
            """
        );
        if (others.Count == 0)
        {
            return;
        }

        var rowid = "?" + (columnCount + 1);
        var otherNames = string.Join(", ", others);
        update = new(
            connection,
            $"""
            UPDATE {table} SET {string.Join(", ", others.Select(c => $"{c} = {Parameter(c)}"))}
            WHERE rowid = {rowid}
            """
        );
        // Rows as they were before the file, for those that it updates.
        using (
            var create = new Statement(
                connection,
                $"CREATE TEMP TABLE before_{table} AS SELECT rowid AS row_before, {otherNames} FROM {table} LIMIT 0"
            )
        )
        {
            create.Execute();
        }

        using (
            var index = new Statement(
                connection,
                $"CREATE UNIQUE INDEX temp.before_{table}_row ON before_{table} (row_before)"
            )
        )
        {
            index.Execute();
        }

        keep = new(
            connection,
            $"""
            INSERT INTO temp.before_{table} SELECT rowid, {otherNames} FROM {table} WHERE rowid = ?1
            ON CONFLICT DO NOTHING
            """
        );
        compare = new(connection, $"SELECT {isSame} FROM temp.before_{table} WHERE row_before = {rowid}");
    }

    /// <summary>Rows that the file added to the table.</summary>
    public long Inserted { get; private set; }

    /// <summary>Rows that were there before the file and are different now.</summary>
    public long Updated { get; private set; }

    /// <summary>Rows that were there before the file just as it has them.</summary>
    public long Unchanged { get; private set; }

    /// <summary>Inserts a row, or updates the one with its key.</summary>
    public Upserted Upsert(FactRow row)
    {
        insert.Bind(row);
        if (!insert.TryExecute(out var inserted))
        {
            return Upserted.Refused;
        }

        if (inserted == 1)
        {
            Inserted++;
            return Upserted.Taken;
        }

        var (rowid, isSame) = Find(row);
        if (!isSame && !Update(row, rowid))
        {
            return Upserted.Refused;
        }

        if (rowid > lastRowBefore)
        {
            return Upserted.Superseding;
        }

        return Count(row, (int)rowid, isSame) ? Upserted.Taken : Upserted.Superseding;
    }

    public void Dispose()
    {
        insert.Dispose();
        find.Dispose();
        update?.Dispose();
        keep?.Dispose();
        compare?.Dispose();
    }

    /// <summary>Counts a row that was there before the file; returns whether it comes up for the first time.</summary>
    private bool Count(FactRow row, int rowid, bool isSame)
    {
        if (seen[rowid])
        {
            if (!isSame)
            {
                Count(rowid, -1);
                changed[rowid] = IsChanged(row, rowid);
                Count(rowid, +1);
            }

            return false;
        }

        seen[rowid] = true;
        changed[rowid] = !isSame;
        Count(rowid, +1);
        return true;
    }

    private void Count(int rowid, int by)
    {
        if (changed[rowid])
        {
            Updated += by;
        }
        else
        {
            Unchanged += by;
        }
    }

    private (long Rowid, bool IsSame) Find(FactRow row)
    {
        find.Bind(row);
        find.Read();
        var found = (find.Number(0), find.Int(1) == 1);
        find.Reset();
        return found;
    }

    private bool Update(FactRow row, long rowid)
    {
        if (rowid <= lastRowBefore)
        {
            keep!.Bind(1, rowid);
            keep.Execute();
        }

        update!.Bind(row);
        update!.Bind(columnCount + 1, rowid);
        return update.TryExecute(out _);
    }

    // Asked after an update, which has kept the row as it was before the file.
    private bool IsChanged(FactRow row, long rowid)
    {
        compare!.Bind(row);
        compare!.Bind(columnCount + 1, rowid);
        compare.Read();
        var isChanged = compare.Int(0) == 0;
        compare.Reset();
        return isChanged;
    }

    private static long LastRow(SqliteConnection connection, string table)
    {
        using var last = new Statement(connection, $"SELECT coalesce(max(rowid), 0) FROM {table}");
        last.Read();
        var rowid = last.Number(0);
        last.Reset();
        return rowid;
    }
}
