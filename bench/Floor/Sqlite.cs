using Microsoft.Data.Sqlite;

namespace PlanningServices.Floor;

/// <summary>Plain ADO.NET, as one would write it without thinking of speed but for prepared commands.</summary>
internal static class Sqlite
{
    /// <summary>Opens a database with the settings of the service.</summary>
    public static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False;Foreign Keys=True");
        connection.Open();
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = NORMAL;
            PRAGMA cache_size = -8192;
            PRAGMA wal_autocheckpoint = 10000;
            """;
        pragmas.ExecuteNonQuery();
        return connection;
    }

    /// <summary>A prepared command with parameters named @p0, @p1, ...</summary>
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, int parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{i}" });
        }

        command.Prepare();
        return command;
    }

    public static SqliteCommand PrepareInsert(this SqliteConnection connection, string table, int columns) =>
        connection.Prepare(
            $"INSERT INTO {table} VALUES ({string.Join(", ", Enumerable.Range(0, columns).Select(i => $"@p{i}"))})",
            columns
        );

    public static void Execute(this SqliteCommand command, SqliteTransaction transaction, object[] values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < command.Parameters.Count; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query as values, some at a time.</summary>
    public static IEnumerable<List<object[]>> Batches(this SqliteCommand command, int size)
    {
        using var reader = command.ExecuteReader();
        var batch = new List<object[]>(size);
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            batch.Add(values);
            if (batch.Count == size)
            {
                yield return batch;
                batch = new(size);
            }
        }

        yield return batch;
    }
}
