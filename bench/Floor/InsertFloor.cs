namespace PlanningServices.Floor;

/// <summary>The floor of an import: the same rows, at hand as values, through one prepared insert for each table.</summary>
internal static class InsertFloor
{
    private const int RowsPerTransaction = 10_000;

    private static readonly string[] Tables =
    [
        "agreement",
        "entitlement_grant",
        "partner",
        "partner_location",
        "partner_competency",
        "enrollment",
        "consultant",
        "consultant_exam",
        "voucher",
        "payment_request",
        "payment",
    ];

    public static Step Run(string from, string to)
    {
        using var source = Sqlite.Open(from);
        using var target = Sqlite.Open(to);
        var meter = new Meter();
        foreach (var table in Tables)
        {
            using var select = source.Prepare($"SELECT * FROM {table} ORDER BY rowid", 0);
            foreach (var batch in select.Batches(RowsPerTransaction))
            {
                if (batch.Count > 0)
                {
                    meter.Measure(() => Insert(target, table, batch));
                    meter.Rows += batch.Count;
                }
            }
        }

        return meter.Total;
    }

    private static void Insert(
        Microsoft.Data.Sqlite.SqliteConnection target,
        string table,
        List<object[]> rows
    )
    {
        using var insert = target.PrepareInsert(table, rows[0].Length);
        using var transaction = target.BeginTransaction();
        foreach (var row in rows)
        {
            insert.Execute(transaction, row);
        }

        transaction.Commit();
    }
}
