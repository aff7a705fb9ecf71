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
    private readonly int rowidParameter;

    // Rows with a greater rowid were inserted from this file: no fact is ever deleted, so rowids only grow.
    private readonly long lastRowBefore;
    private readonly BitArray seen;
    private readonly BitArray changed;

    /// <summary>Prepares for one file, on a connection that nothing else uses meanwhile.</summary>
    public FactTable(SqliteConnection connection, FactTableSql sql)
    {
        rowidParameter = sql.RowidParameter;
        using (var last = new Statement(connection, sql.LastRow))
        {
            last.Read();
            lastRowBefore = last.Number(0);
        }

        seen = new(checked((int)lastRowBefore + 1));
        changed = new(checked((int)lastRowBefore + 1));
        insert = new(connection, sql.Insert);
        find = new(connection, sql.Find);
        if (sql.CanUpdate)
        {
            foreach (var create in (string[])[sql.CreateBefore, sql.IndexBefore])
            {
                using var statement = new Statement(connection, create);
                statement.Execute();
            }

            update = new(connection, sql.Update);
            keep = new(connection, sql.Keep);
            compare = new(connection, sql.Compare);
        }
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
        update!.Bind(rowidParameter, rowid);
        return update.TryExecute(out _);
    }

    // Asked after an update, which has kept the row as it was before the file.
    private bool IsChanged(FactRow row, long rowid)
    {
        compare!.Bind(row);
        compare!.Bind(rowidParameter, rowid);
        compare.Read();
        var isChanged = compare.Int(0) == 0;
        compare.Reset();
        return isChanged;
    }
}
