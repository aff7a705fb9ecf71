using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Floor;

/// <summary>
/// The floor of a night: for each chunk of customers, all their facts and stored decisions read column by column, and
/// on a first night the rows that the service wrote written again, in one transaction a chunk. Nothing is decided.
/// </summary>
internal static class NightFloor
{
    private const int CustomersPerChunk = 500;

    private const string OfCustomers =
        "WHERE a.customer_id >= @p0 AND a.customer_id <= @p1 ORDER BY a.customer_id";

    public static List<string> FactQueries { get; } =
    [
        "SELECT a.customer_id, a.agreement_id, a.ends_on FROM agreement a " + OfCustomers,
        "SELECT a.customer_id, v.* FROM agreement a JOIN voucher v ON v.agreement_id = a.agreement_id "
            + OfCustomers,
        "SELECT a.customer_id, g.* FROM agreement a JOIN entitlement_grant g ON g.agreement_id = a.agreement_id "
            + OfCustomers,
        "SELECT a.customer_id, q.* FROM agreement a JOIN voucher v ON v.agreement_id = a.agreement_id "
            + "JOIN payment_request q ON q.voucher_id = v.voucher_id "
            + OfCustomers,
        "SELECT a.customer_id, p.* FROM agreement a JOIN voucher v ON v.agreement_id = a.agreement_id "
            + "JOIN payment_request q ON q.voucher_id = v.voucher_id JOIN payment p ON p.request_id = q.request_id "
            + OfCustomers,
        "SELECT a.customer_id, p.* FROM agreement a JOIN voucher v ON v.agreement_id = a.agreement_id "
            + "JOIN payment_request q ON q.voucher_id = v.voucher_id "
            + "JOIN payment p ON p.invoice_number = q.invoice_number AND p.request_id IS NULL "
            + OfCustomers,
        "SELECT a.customer_id, l.agreement_id, l.voucher_id, l.days FROM agreement a "
            + "JOIN days_ledger l ON l.agreement_id = a.agreement_id "
            + OfCustomers,
        "SELECT customer_id, rule_set, subject_type, subject_id, outcome, codes, details FROM decision a "
            + OfCustomers,
    ];

    // What a first night writes: where it stands, and where it goes.
    private static readonly (string From, string Into, int Columns)[] Outputs =
    [
        ("SELECT * FROM decision WHERE customer_id >= @p0 AND customer_id <= @p1", "decision", 9),
        (
            "SELECT * FROM decision_history WHERE customer_id >= @p0 AND customer_id <= @p1",
            "decision_history",
            10
        ),
        (
            "SELECT l.* FROM agreement a JOIN days_ledger l ON l.agreement_id = a.agreement_id "
                + "WHERE a.customer_id >= @p0 AND a.customer_id <= @p1",
            "days_ledger",
            5
        ),
    ];

    /// <summary>Reads everything a night reads, and nothing else.</summary>
    public static Step Read(string from)
    {
        using var connection = Sqlite.Open(from);
        var queries = FactQueries.Select(q => connection.Prepare(q, 2)).ToList();
        var meter = new Meter();
        meter.Measure(() => meter.Rows += ReadReference(connection));
        foreach (var chunk in Chunks(connection))
        {
            meter.Measure(() => meter.Rows += Read(queries, chunk));
        }

        return meter.Total;
    }

    /// <summary>Reads from and writes to a database before its first night what stands in one after it.</summary>
    public static Step First(string after, string before)
    {
        using var source = Sqlite.Open(after);
        using var target = Sqlite.Open(before);
        CopyRuns(source, target);
        var queries = FactQueries.Select(q => target.Prepare(q, 2)).ToList();
        var inserts = Outputs.Select(w => target.PrepareInsert(w.Into, w.Columns)).ToList();
        var update = target.Prepare("UPDATE voucher SET status = @p1 WHERE voucher_id = @p0", 2);
        var rows = Outputs.Select(w => source.Prepare(w.From, 2)).ToList();
        var statuses = source.Prepare(
            "SELECT v.voucher_id, v.status FROM agreement a JOIN voucher v ON v.agreement_id = a.agreement_id "
                + "WHERE v.status IS NOT NULL AND a.customer_id >= @p0 AND a.customer_id <= @p1",
            2
        );
        var meter = new Meter();
        meter.Measure(() => meter.Rows += ReadReference(target));
        foreach (var chunk in Chunks(source).Append(("", "")))
        {
            var toInsert = rows.ConvertAll(r => Values(r, chunk));
            var toUpdate = Values(statuses, chunk);
            meter.Measure(() =>
            {
                meter.Rows += Read(queries, chunk);
                using var transaction = target.BeginTransaction();
                for (var i = 0; i < inserts.Count; i++)
                {
                    Write(inserts[i], transaction, toInsert[i]);
                }

                Write(update, transaction, toUpdate);
                transaction.Commit();
            });
            meter.Rows += toInsert.Sum(r => r.Count) + toUpdate.Count;
        }

        return meter.Total;
    }

    private static long ReadReference(SqliteConnection connection)
    {
        var rows = 0L;
        foreach (
            var table in (string[])
                [
                    "partner",
                    "partner_location",
                    "partner_competency",
                    "enrollment",
                    "consultant",
                    "consultant_exam",
                ]
        )
        {
            using var select = connection.Prepare($"SELECT * FROM {table}", 0);
            rows += Read(select);
        }

        return rows;
    }

    private static long Read(List<SqliteCommand> queries, (string First, string Last) chunk)
    {
        var rows = 0L;
        foreach (var query in queries)
        {
            Bind(query, chunk);
            rows += Read(query);
        }

        return rows;
    }

    private static long Read(SqliteCommand query)
    {
        using var reader = query.ExecuteReader();
        var rows = 0L;
        while (reader.Read())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                if (!reader.IsDBNull(i))
                {
                    _ = reader.GetString(i);
                }
            }

            rows++;
        }

        return rows;
    }

    private static void Write(SqliteCommand command, SqliteTransaction transaction, List<object[]> rows)
    {
        foreach (var row in rows)
        {
            command.Execute(transaction, row);
        }
    }

    private static List<object[]> Values(SqliteCommand query, (string First, string Last) chunk)
    {
        Bind(query, chunk);
        return [.. query.Batches(int.MaxValue >> 12).SelectMany(b => b)];
    }

    private static void Bind(SqliteCommand query, (string First, string Last) chunk)
    {
        query.Parameters[0].Value = chunk.First;
        query.Parameters[1].Value = chunk.Last;
    }

    // A list, not a reader left open: it would keep the write-ahead log from being written back.
    private static List<(string First, string Last)> Chunks(SqliteConnection connection)
    {
        using var select = connection.Prepare(
            "SELECT DISTINCT customer_id FROM agreement ORDER BY customer_id",
            0
        );
        return
        [
            .. select
                .Batches(CustomersPerChunk)
                .Where(b => b.Count > 0)
                .Select(b => ((string)b[0][0], (string)b[^1][0])),
        ];
    }

    private static void CopyRuns(SqliteConnection source, SqliteConnection target)
    {
        foreach (var table in (IEnumerable<string>)["policy_pack", "run"])
        {
            using var columns = source.Prepare($"SELECT count(*) FROM pragma_table_info('{table}')", 0);
            using var select = source.Prepare($"SELECT * FROM {table}", 0);
            using var insert = target.PrepareInsert(
                table,
                Convert.ToInt32(columns.ExecuteScalar(), CultureInfo.InvariantCulture)
            );
            using var transaction = target.BeginTransaction();
            Write(insert, transaction, [.. select.Batches(1000).SelectMany(b => b)]);
            transaction.Commit();
        }
    }
}
