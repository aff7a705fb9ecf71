using System.Collections;
using System.Text;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data.Sqlite;

/// <summary>A fact table of SQLite: each row is written when it is added.</summary>
internal sealed class SqliteFactTable : FactTable
{
    private readonly FactColumns columns;
    private readonly SqliteConnection connection;
    private readonly SqliteStatement insert;
    private readonly SqliteStatement find;
    private readonly SqliteStatement? update;
    private readonly SqliteStatement? keep;
    private readonly SqliteStatement? compare;
    private readonly SqliteStatement? restore;
    private readonly SqliteStatement? forget;
    private readonly int rowidParameter;

    // Rows with a greater rowid were inserted from this file: no fact is ever deleted, so rowids only grow.
    private readonly long lastRowBefore;
    private readonly BitArray seen;
    private readonly BitArray changed;
    private readonly List<AddedRow> told = [];
    private long inserted;
    private long updated;
    private long unchanged;

    /// <summary>Prepares for one file, on a connection that nothing else uses meanwhile.</summary>
    public SqliteFactTable(SqliteConnection connection, FactColumns columns, long importId)
    {
        (this.connection, this.columns) = (connection, columns);
        var sql = new SqliteFactTableSql(columns);
        rowidParameter = sql.RowidParameter;
        using (var last = new SqliteStatement(connection, sql.LastRow))
        {
            last.Read();
            lastRowBefore = last.Number(0);
        }

        seen = new(checked((int)lastRowBefore + 1));
        changed = new(checked((int)lastRowBefore + 1));
        insert = Prepare(sql.Insert);
        find = new(connection, sql.Find);
        if (sql.CanUpdate)
        {
            update = Prepare(sql.Update);
            keep = Prepare(sql.Keep);
            compare = Prepare(sql.Compare);
            restore = Prepare(sql.Restore);
            forget = Prepare(sql.Forget);
        }

        SqliteStatement Prepare(string text)
        {
            var statement = new SqliteStatement(connection, text);
            statement.Bind(sql.ImportParameter, importId);
            return statement;
        }
    }

    public override long Inserted => inserted;

    public override long Updated => updated;

    public override long Unchanged => unchanged;

    public override void Add(FactRow row, long line)
    {
        var became = Upsert(row);
        if (became != UpsertResult.Taken)
        {
            told.Add(
                new(line, became, columns.KeyOf(row), became == UpsertResult.Refused ? Missing(row) : null)
            );
        }
    }

    public override IReadOnlyList<AddedRow> DrainResults()
    {
        AddedRow[] rows = [.. told];
        told.Clear();
        return rows;
    }

    public override void Finish() { }

    /// <summary>Inserts a row, or updates the one with its key.</summary>
    private UpsertResult Upsert(FactRow row)
    {
        insert.Bind(row);
        if (!insert.TryExecute(out var rows))
        {
            return UpsertResult.Refused;
        }

        if (rows == 1)
        {
            inserted++;
            return UpsertResult.Taken;
        }

        var (rowid, isSame) = Find(row);
        if (!isSame && !Update(row, rowid))
        {
            return UpsertResult.Refused;
        }

        if (rowid > lastRowBefore)
        {
            return UpsertResult.Superseding;
        }

        return Count(row, (int)rowid, isSame) ? UpsertResult.Taken : UpsertResult.Superseding;
    }

    public override void Dispose()
    {
        insert.Dispose();
        find.Dispose();
        update?.Dispose();
        keep?.Dispose();
        compare?.Dispose();
        restore?.Dispose();
        forget?.Dispose();
    }

    /// <summary>Counts a row that was there before the file; returns whether it comes up for the first time.</summary>
    private bool Count(FactRow row, int rowid, bool isSame)
    {
        if (seen[rowid])
        {
            if (!isSame)
            {
                Count(rowid, -1);
                changed[rowid] = IsChanged(row);
                Count(rowid, +1);
                if (!changed[rowid])
                {
                    Restore(row, rowid);
                }
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
            updated += by;
        }
        else
        {
            unchanged += by;
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
        var isKept = rowid <= lastRowBefore && Keep(rowid);
        update!.Bind(row);
        update.Bind(rowidParameter, rowid);
        var isUpdated = update.TryExecute(out _);
        if (isKept && !isUpdated)
        {
            Forget(row);
        }

        return isUpdated;
    }

    /// <summary>Keeps a row as it was before the file; returns whether it was not kept yet.</summary>
    private bool Keep(long rowid)
    {
        keep!.Bind(rowidParameter, rowid);
        return keep.Execute() > 0;
    }

    // Asked after an update, which has kept the row as it was before the file.
    private bool IsChanged(FactRow row)
    {
        compare!.Bind(row);
        compare.Read();
        var isChanged = compare.Int(0) == 0;
        compare.Reset();
        return isChanged;
    }

    /// <summary>A row that is as it was before the file was not replaced by it.</summary>
    private void Restore(FactRow row, long rowid)
    {
        restore!.Bind(row);
        restore.Bind(rowidParameter, rowid);
        restore.Execute();
        Forget(row);
    }

    private void Forget(FactRow row)
    {
        forget!.Bind(row);
        forget.Execute();
    }

    /// <summary>The first reference of a refused row to a row that does not exist.</summary>
    private (string Column, string Value)? Missing(FactRow row)
    {
        for (var i = 0; i < columns.Columns.Count; i++)
        {
            if (columns.Columns[i].References is var (table, key) && !row.IsAbsent(i))
            {
                var value = Encoding.UTF8.GetString(row.Text(i));
                using var there = new SqliteStatement(connection, $"SELECT 1 FROM {table} WHERE {key} = ?1");
                there.Bind(1, value);
                if (!there.Read())
                {
                    return (columns.Columns[i].Name, value);
                }
            }
        }

        return null;
    }
}
