using Npgsql;
using NpgsqlTypes;

namespace PlanningServices.Floor;

/// <summary>
/// The floor of a night on PostgreSQL: for each chunk of customers, all their facts and stored decisions read column by
/// column, and on a first night the rows that the service wrote written again by binary COPY, in one transaction a chunk.
/// One connection, nothing decided.
/// </summary>
internal static class CopyFloor
{
    private const int CustomersPerChunk = 200;

    private static readonly (string Table, string Columns, string Rows)[] Outputs =
    [
        (
            "decision",
            "customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id",
            "decision t"
        ),
        (
            "decision_history",
            "customer_id, rule_set, subject_type, subject_id, outcome, codes, details, findings, run_id, change_kind",
            "decision_history t"
        ),
        (
            "days_ledger",
            "agreement_id, voucher_id, run_id, days, reason",
            "(SELECT l.*, a.customer_id FROM agreement a JOIN days_ledger l USING (agreement_id)) t"
        ),
    ];

    /// <summary>Reads everything a night reads, and nothing else.</summary>
    public static Step Read(string from)
    {
        using var connection = Open(from);
        var queries = Queries(connection);
        var meter = new Meter();
        foreach (var chunk in Chunks(connection))
        {
            meter.Measure(() => meter.Rows += Read(queries, chunk));
        }

        return meter.Total;
    }

    /// <summary>Reads from and writes to a database before its first night what stands in one after it.</summary>
    public static Step First(string after, string before)
    {
        using var source = Open(after);
        using var target = Open(before);
        CopyRuns(source, target);
        var queries = Queries(target);
        var meter = new Meter();
        foreach (var chunk in Chunks(source).Append(("", "")))
        {
            var rows = Outputs.Select(w => Out(source, w.Columns, w.Rows, chunk)).ToList();
            var (vouchers, statuses) = Statuses(source, chunk);
            meter.Measure(() =>
            {
                meter.Rows += Read(queries, chunk);
                using var transaction = target.BeginTransaction();
                for (var i = 0; i < rows.Count; i++)
                {
                    In(
                        target,
                        $"COPY {Outputs[i].Table} ({Outputs[i].Columns}) FROM STDIN (FORMAT BINARY)",
                        rows[i]
                    );
                }

                Update(target, vouchers, statuses);
                transaction.Commit();
            });
            meter.Rows += vouchers.Length + Outputs.Sum(w => Count(source, w.Rows, chunk));
        }

        return meter.Total;
    }

    private static List<NpgsqlCommand> Queries(NpgsqlConnection connection) =>
        NightFloor.FactQueries.ConvertAll(sql => Command(connection, sql));

    private static long Read(List<NpgsqlCommand> queries, (string First, string Last) chunk)
    {
        var rows = 0L;
        foreach (var query in queries)
        {
            Bind(query, chunk);
            using var reader = query.ExecuteReader();
            while (reader.Read())
            {
                for (var i = 0; i < reader.FieldCount; i++)
                {
                    _ = reader.GetValue(i);
                }

                rows++;
            }
        }

        return rows;
    }

    private static byte[] Out(
        NpgsqlConnection source,
        string columns,
        string rows,
        (string First, string Last) chunk
    )
    {
        // COPY takes no parameters; keys have no quotes in them.
        using var stream = source.BeginRawBinaryCopy(
            $"COPY (SELECT {columns} FROM {rows} WHERE t.customer_id >= '{chunk.First}' AND t.customer_id <= '{chunk.Last}') TO STDOUT (FORMAT BINARY)"
        );
        using var copied = new MemoryStream();
        stream.CopyTo(copied);
        return copied.ToArray();
    }

    private static void In(NpgsqlConnection target, string sql, byte[] rows)
    {
        using var stream = target.BeginRawBinaryCopy(sql);
        stream.Write(rows);
    }

    private static void Update(NpgsqlConnection target, string[] vouchers, string[] statuses)
    {
        using var update = target.CreateCommand();
        update.CommandText =
            "UPDATE voucher v SET status = t.status FROM unnest(@v, @s) AS t (id, status) WHERE v.voucher_id = t.id";
        update.Parameters.AddWithValue("v", NpgsqlDbType.Array | NpgsqlDbType.Text, vouchers);
        update.Parameters.AddWithValue("s", NpgsqlDbType.Array | NpgsqlDbType.Text, statuses);
        update.ExecuteNonQuery();
    }

    private static (string[] Vouchers, string[] Statuses) Statuses(
        NpgsqlConnection source,
        (string First, string Last) chunk
    )
    {
        using var query = Command(
            source,
            "SELECT v.voucher_id, v.status FROM agreement a JOIN voucher v ON v.agreement_id = a.agreement_id "
                + "WHERE v.status IS NOT NULL AND a.customer_id >= @p0 AND a.customer_id <= @p1"
        );
        Bind(query, chunk);
        using var reader = query.ExecuteReader();
        var (vouchers, statuses) = (new List<string>(), new List<string>());
        while (reader.Read())
        {
            vouchers.Add(reader.GetString(0));
            statuses.Add(reader.GetString(1));
        }

        return ([.. vouchers], [.. statuses]);
    }

    private static long Count(NpgsqlConnection source, string rows, (string First, string Last) chunk)
    {
        using var query = Command(
            source,
            $"SELECT count(*) FROM {rows} WHERE t.customer_id >= @p0 AND t.customer_id <= @p1"
        );
        Bind(query, chunk);
        return (long)query.ExecuteScalar()!;
    }

    private static List<(string First, string Last)> Chunks(NpgsqlConnection connection)
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT DISTINCT customer_id FROM agreement ORDER BY customer_id";
        using var reader = query.ExecuteReader();
        var customers = new List<string>();
        while (reader.Read())
        {
            customers.Add(reader.GetString(0));
        }

        return [.. customers.Chunk(CustomersPerChunk).Select(c => (c[0], c[^1]))];
    }

    // What the rows written refer to.
    private static void CopyRuns(NpgsqlConnection source, NpgsqlConnection target)
    {
        foreach (var table in (string[])["policy_pack", "run"])
        {
            using var stream = source.BeginRawBinaryCopy($"COPY {table} TO STDOUT (FORMAT BINARY)");
            using var copied = new MemoryStream();
            stream.CopyTo(copied);
            In(target, $"COPY {table} FROM STDIN (FORMAT BINARY)", copied.ToArray());
        }
    }

    private static NpgsqlConnection Open(string database)
    {
        var connection = new NpgsqlConnection(database);
        connection.Open();
        return connection;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new NpgsqlParameter<string>("p0", ""));
        command.Parameters.Add(new NpgsqlParameter<string>("p1", ""));
        command.Prepare();
        return command;
    }

    private static void Bind(NpgsqlCommand query, (string First, string Last) chunk)
    {
        query.Parameters[0].Value = chunk.First;
        query.Parameters[1].Value = chunk.Last;
    }
}
