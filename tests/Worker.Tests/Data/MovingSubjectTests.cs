namespace PlanningServices.Worker.Tests.Data;

/// <summary>
/// Decisions are kept by customer. When an import gives a subject to another customer, its current decisions go
/// along, so that the next run finds them there and its history goes on.
/// </summary>
public abstract class MovingSubjectTests : IDisposable
{
    private readonly TempDatabase temp;

    protected MovingSubjectTests(Provider provider)
    {
        temp = new(provider);
        temp.Execute(
            """
            INSERT INTO agreement VALUES ('A1', 'C1', NULL, 1), ('A2', 'C2', NULL, 1);
            INSERT INTO partner VALUES ('P1', 'Contoso', 1);
            INSERT INTO partner_location VALUES ('L1', 'P1', 'DE', 1);
            INSERT INTO voucher (voucher_id, agreement_id, engagement, days, country, created_on) VALUES
                ('V1', 'A1', 'ppm', 3, 'DE', '2020-01-01'), ('V2', 'A2', 'ppm', 3, 'DE', '2020-01-01');
            INSERT INTO payment_request VALUES
                ('R1', 'V1', 'L1', '2020-01-09', 100, 'EUR', 'I-1', 1), ('R2', 'V2', 'L1', '2020-01-09', 100, 'EUR', 'I-2', 1);
            INSERT INTO payment VALUES ('Y1', 'R1', 'I-1', '2020-02-01', 100, 'EUR', 1), ('Y2', NULL, 'I-2', '2020-02-01', 1, 'EUR', 1);
            INSERT INTO decision VALUES
                ('C1', 1, 1, 'V1', 'Allowed', '', '', NULL, 1), ('C1', 5, 1, 'V1', 'Requested', '', '', NULL, 1),
                ('C1', 3, 2, 'A1', 'Open', '', '', NULL, 1), ('C1', 6, 3, 'R1', 'Paid', '', '', NULL, 1),
                ('C1', 6, 4, 'Y1', 'Matched', '', '', NULL, 1), ('C2', 1, 1, 'V2', 'Allowed', '', '', NULL, 1),
                ('', 6, 4, 'Y2', 'Matched', '', '', NULL, 1);
            """
        );
    }

    [Theory]
    [InlineData(
        "UPDATE agreement SET customer_id = 'C3' WHERE agreement_id = 'A1'",
        "A1:C3 R1:C3 V1:C3 V1:C3 V2:C2 Y1:C3 Y2:"
    )]
    [InlineData(
        "UPDATE voucher SET agreement_id = 'A2' WHERE voucher_id = 'V1'",
        "A1:C1 R1:C2 V1:C2 V1:C2 V2:C2 Y1:C2 Y2:"
    )]
    [InlineData(
        "UPDATE payment_request SET voucher_id = 'V2' WHERE request_id = 'R1'",
        "A1:C1 R1:C2 V1:C1 V1:C1 V2:C2 Y1:C2 Y2:"
    )]
    [InlineData(
        "UPDATE payment SET request_id = 'R2' WHERE payment_id = 'Y1'",
        "A1:C1 R1:C1 V1:C1 V1:C1 V2:C2 Y1:C2 Y2:"
    )]
    [InlineData(
        "UPDATE payment SET request_id = NULL WHERE payment_id = 'Y1'",
        "A1:C1 R1:C1 V1:C1 V1:C1 V2:C2 Y1: Y2:"
    )]
    [InlineData(
        "UPDATE payment SET request_id = 'R2' WHERE payment_id = 'Y2'",
        "A1:C1 R1:C1 V1:C1 V1:C1 V2:C2 Y1:C1 Y2:C2"
    )]
    [InlineData(
        "UPDATE voucher SET agreement_id = 'A1', days = 5 WHERE voucher_id = 'V1'",
        "A1:C1 R1:C1 V1:C1 V1:C1 V2:C2 Y1:C1 Y2:"
    )]
    public void Its_decisions_go_along(string change, string owners)
    {
        temp.Execute(change);

        Assert.Equal(
            owners,
            string.Join(
                ' ',
                temp.Query<string>(
                    "SELECT concat(subject_id, ':', customer_id) FROM decision ORDER BY subject_id, customer_id"
                )
            )
        );
    }

    public void Dispose() => temp.Dispose();
}

public sealed class MovingSubjectOnSqliteTests() : MovingSubjectTests(Provider.Sqlite);

public sealed class MovingSubjectOnPostgresTests() : MovingSubjectTests(Provider.Postgres);

public sealed class MovingSubjectOnSqlServerTests() : MovingSubjectTests(Provider.SqlServer);
