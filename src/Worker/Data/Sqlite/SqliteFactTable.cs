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
    public SqliteFactTable(SqliteConnection connection, FactColumns columns)
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
        insert = new(connection, sql.Insert);
        find = new(connection, sql.Find);
        if (sql.CanUpdate)
        {
            foreach (var create in (string[])[sql.CreateBefore, sql.IndexBefore])
            {
                using var statement = new SqliteStatement(connection, create);
                statement.Execute();
            }

            update = new(connection, sql.Update);
            keep = new(connection, sql.Keep);
            compare = new(connection, sql.Compare);
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
        if (rowid <= lastRowBefore)
        {
            keep!.Bind(1, rowid);
            keep.Execute();
        }

        update!.Bind(row);
        update!.Bind(rowidParameter, rowid);
        return update.TryExecute(out _);
    }

    // SubjectContext after an update, which has kept the row as it was before the file.
    private bool IsChanged(FactRow row, long rowid)
    {
        compare!.Bind(row);
        compare!.Bind(rowidParameter, rowid);
        compare.Read();
        var isChanged = compare.Int(0) == 0;
        compare.Reset();
        return isChanged;
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
