using Dapper;
using Microsoft.Data.Sqlite;

namespace PlanningServices.Worker.Data;

/// <summary>How many facts exist on a business date.</summary>
internal sealed record FactCounts(long Agreements, long Vouchers, long Requests, long Payments)
{
    public static FactCounts Read(SqliteConnection connection, DateOnly businessDate)
    {
        const string sql = """
            SELECT (SELECT count(*) FROM agreement) AS agreements,
                   (SELECT count(*) FROM voucher WHERE created_on <= @date) AS vouchers,
                   (SELECT count(*) FROM payment_request WHERE submitted_on <= @date) AS requests,
                   (SELECT count(*) FROM payment WHERE paid_on <= @date) AS payments
            """;
        return connection.QuerySingle<FactCounts>(sql, new { date = SqlText.Of(businessDate) });
    }
}
