using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Data;

public abstract class CustomerReadingTests : IDisposable
{
    private readonly TempDatabase temp;

    protected CustomerReadingTests(Provider provider)
    {
        temp = new(provider);
        temp.Execute(
            $"""
            INSERT INTO agreement VALUES ('A1', 'C1', NULL, 1), ('A2', 'C2', '2021-12-31', 1), ('A3', 'C1', NULL, 1), ('A4', 'C10', NULL, 1);
            INSERT INTO partner VALUES ('P1', 'Contoso', 1);
            INSERT INTO partner_location VALUES ('L1', 'P1', 'DE', 1);
            INSERT INTO consultant VALUES ('K1', 'P1', 1);
            INSERT INTO entitlement_grant VALUES ('G2', 'A1', '2019-01-01', 10, 'accrual', 1), ('G1', 'A3', '2019-02-01', 5, 'training_conversion', 1);
            INSERT INTO voucher VALUES
                ('V3', 'A1', 'ppm', 3, 'North', 'Server', 'DE', '2020-01-01', '2020-01-02', '2020-01-03', 'L1', 'K1',
                 '2020-01-04', '2020-01-05', '2020-01-06', '2020-01-07', '2020-01-08', NULL, 'Redeemed', 1),
                ('V1', 'A3', 'ppm', 5, NULL, NULL, 'SE', '2020-02-01', NULL, NULL, NULL, NULL,
                 NULL, NULL, NULL, NULL, NULL, '2020-03-01', NULL, 1),
                ('V2', 'A2', 'skype', 1, NULL, NULL, 'US', '2020-02-02', NULL, NULL, NULL, NULL,
                 NULL, NULL, NULL, NULL, NULL, NULL, 'Created', 1);
            INSERT INTO payment_request VALUES
                ('R1', 'V3', 'L1', '2020-01-09', {temp.Money(4350m)}, 'EUR', 'I-1', 1),
                ('R2', 'V2', 'L1', '2020-01-10', {temp.Money(1m)}, 'EUR', 'I-1', 1),
                ('R3', 'V3', 'L1', '2020-01-11', {temp.Money(2m)}, 'EUR', 'I-3', 1);
            INSERT INTO payment VALUES
                ('Y4', 'R1', 'other', '2020-02-01', {temp.Money(4350m)}, 'EUR', 1),
                ('Y3', NULL, 'I-1', '2020-02-02', {temp.Money(1m)}, 'EUR', 1),
                ('Y2', NULL, 'I-3', '2020-02-03', {temp.Money(0.01m)}, 'USD', 1),
                ('Y1', NULL, 'nobody', '2020-02-03', {temp.Money(0.01m)}, 'USD', 1);
            """
        );
    }

    [Fact]
    public void A_chunk_holds_whole_customers_in_ordinal_order_with_all_their_facts()
    {
        using var connection = temp.Open();
        using var reader = new FactReader(connection);

        var chunk = reader.ReadCustomers("", Checkpoint.AfterAll, 10, 100)!;

        Assert.Equal(["C1", "C10", "C2"], chunk.Customers.Select(c => c.Facts.CustomerId));
        var c1 = chunk.Customers[0];
        Assert.Equal(["A1", "A3"], c1.Facts.Agreements.Select(a => a.AgreementId));
        Assert.Equal(
            [
                new EntitlementGrant("G1", "A3", new(2019, 2, 1), 5, GrantSource.TrainingConversion),
                new EntitlementGrant("G2", "A1", new(2019, 1, 1), 10, GrantSource.Accrual),
            ],
            c1.Facts.Grants
        );
        Assert.Equal(
            [
                new Voucher
                {
                    VoucherId = "V1",
                    AgreementId = "A3",
                    Engagement = "ppm",
                    Days = 5,
                    Country = "SE",
                    CreatedOn = new(2020, 2, 1),
                    CancelledOn = new(2020, 3, 1),
                },
                new Voucher
                {
                    VoucherId = "V3",
                    AgreementId = "A1",
                    Engagement = "ppm",
                    Days = 3,
                    Division = "North",
                    Product = "Server",
                    Country = "DE",
                    CreatedOn = new(2020, 1, 1),
                    AssignedOn = new(2020, 1, 2),
                    ReservedOn = new(2020, 1, 3),
                    ReservedLocationId = "L1",
                    ConsultantId = "K1",
                    EngagementStartedOn = new(2020, 1, 4),
                    EngagementCompletedOn = new(2020, 1, 5),
                    CompletionReportOn = new(2020, 1, 6),
                    DeliverableOn = new(2020, 1, 7),
                    RedeemedOn = new(2020, 1, 8),
                },
            ],
            c1.Facts.Vouchers
        );
        Assert.Equal([null, VoucherStatus.Redeemed], c1.Statuses);
        Assert.Equal(
            [
                new PaymentRequest("R1", "V3", "L1", new(2020, 1, 9), 4350.00m, "EUR", "I-1"),
                new PaymentRequest("R3", "V3", "L1", new(2020, 1, 11), 2.00m, "EUR", "I-3"),
            ],
            c1.Facts.Requests
        );
        Assert.Equal(new DateOnly(2021, 12, 31), chunk.Customers[2].Facts.Agreements[0].EndsOn);
    }

    [Fact]
    public void A_customer_sees_payments_by_invoice_number_and_the_requests_of_others_with_it()
    {
        using var connection = temp.Open();
        using var reader = new FactReader(connection);

        var c1 = reader.ReadCustomer("C1")!;

        Assert.Equal(["Y2", "Y3", "Y4"], c1.Facts.Payments.Select(p => p.PaymentId));
        Assert.Equal(["R2"], c1.Facts.OthersRequests.Select(r => r.RequestId));
        Assert.Null(reader.ReadCustomer("C"));
    }

    [Fact]
    public void Chunks_end_at_the_bound_of_customers_or_vouchers_but_hold_one_customer_at_least()
    {
        using var connection = temp.Open();
        using var reader = new FactReader(connection);

        Assert.Equal(["C1|C10", "C2"], Chunks(reader, 2, 100));
        Assert.Equal(["C1", "C10", "C2"], Chunks(reader, 1, 100));
        // C1 alone is over the bound, C10 has no voucher.
        Assert.Equal(["C1|C10", "C2"], Chunks(reader, 10, 1));
        Assert.Equal(["C1|C10|C2"], Chunks(reader, 10, 3));

        static List<string> Chunks(FactReader reader, int customers, int vouchers)
        {
            var chunks = new List<string>();
            var after = "";
            while (reader.ReadCustomers(after, Checkpoint.AfterAll, customers, vouchers) is { } chunk)
            {
                chunks.Add(string.Join('|', chunk.Customers.Select(c => c.Facts.CustomerId)));
                after = chunk.LastCustomerId;
            }

            return chunks;
        }
    }

    [Fact]
    public void A_range_ends_with_its_last_customer_and_begins_after_the_one_before_it()
    {
        using var connection = temp.Open();
        using var reader = new FactReader(connection);

        Assert.Equal("C10", reader.ReadCustomers("", "C10", 10, 100)!.LastCustomerId);
        Assert.Equal(
            ["C2"],
            reader.ReadCustomers("C10", "C2", 10, 100)!.Customers.Select(c => c.Facts.CustomerId)
        );
        Assert.Null(reader.ReadCustomers("C10", "C10", 10, 100));
    }

    [Fact]
    public void Payments_without_a_request_come_with_every_request_of_their_invoice_number()
    {
        using var connection = temp.Open();
        using var reader = new FactReader(connection);

        var first = reader.ReadInvoicePayments("", Checkpoint.AfterAll, 2)!;
        var second = reader.ReadInvoicePayments(first.LastPaymentId, Checkpoint.AfterAll, 2)!;

        Assert.Equal(
            ["Y1:", "Y2:R3", "Y3:R1,R2"],
            first
                .Payments.Concat(second.Payments)
                .Select(p =>
                    p.Facts.Payment.PaymentId
                    + ":"
                    + string.Join(',', p.Facts.Candidates.Select(r => r.RequestId))
                )
        );
        Assert.Null(reader.ReadInvoicePayments(second.LastPaymentId, Checkpoint.AfterAll, 2));
        Assert.Equal("I-1", reader.ReadInvoicePayment("Y3")!.Facts.Payment.InvoiceNumber);
        Assert.Null(reader.ReadInvoicePayment("Y4"));
    }

    public void Dispose() => temp.Dispose();
}

public sealed class CustomerReadingOnSqliteTests() : CustomerReadingTests(Provider.Sqlite);

public sealed class CustomerReadingOnPostgresTests() : CustomerReadingTests(Provider.Postgres);

public sealed class CustomerReadingOnSqlServerTests() : CustomerReadingTests(Provider.SqlServer);
