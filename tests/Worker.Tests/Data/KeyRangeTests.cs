using CsCheck;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Tests.Data;

/// <summary>
/// Whatever the keys are, each is read once and in ordinal order, chunk by chunk and partition by partition; also where the
/// database takes texts that differ only in spaces at their end for equal.
/// </summary>
public abstract class KeyRangeTests : IDisposable
{
    // Every kind of character that an id may have, the first and the last of each.
    private static readonly Gen<string> Id = Gen.Char["-._09AZaz"]
        .Array[1, 4]
        .Select(characters => new string(characters));

    private readonly TempDatabase temp;

    protected KeyRangeTests(Provider provider, bool padded = false)
    {
        temp = new(provider, migrate: !padded);
        if (padded)
        {
            PaddedSqlite.Migrate(temp);
        }
    }

    [Fact]
    public void Ids_that_are_prefixes_of_each_other_come_in_ordinal_order() =>
        AssertWalked(["A", "A-", "A.", "A0", "AA", "A_", "Aa", "a"], shares: 3);

    [Fact]
    public void Ids_of_all_characters_come_in_ordinal_order() =>
        Gen.Select(Id.Array[1, 12], Gen.Int[1, 5])
            .Sample(
                (ids, shares) => AssertWalked([.. ids.Distinct(StringComparer.Ordinal)], shares),
                iter: 20,
                threads: 1
            );

    [Fact]
    public void One_customer_and_one_payment_are_found_by_exactly_their_id()
    {
        Insert(["A", "A-", "AA"]);
        using var connection = temp.Open();
        using var reader = new FactReader(connection);
        Assert.Equal("A", reader.ReadCustomer("A")!.Facts.CustomerId);
        Assert.Equal("A-", reader.ReadInvoicePayment("A-")!.Facts.Payment.PaymentId);
        Assert.Null(reader.ReadCustomer("A."));
        Assert.Null(reader.ReadInvoicePayment("a"));
    }

    public void Dispose() => temp.Dispose();

    private void AssertWalked(IReadOnlyList<string> ids, int shares)
    {
        Insert(ids);
        var expected = ids.Order(StringComparer.Ordinal).ToList();
        using var connection = temp.Open();
        using var reader = new FactReader(connection);
        var run = temp.BeginRun(new(2021, 3, 31));
        temp.Execute($"DELETE FROM run_partition WHERE run_id = {run.RunId}");
        var store = new PartitionStore(connection);
        store.CreatePartitions(run.RunId, Job.Nightly.Phases, shares, smallest: 1);
        var reference = reader.LoadReferenceData();
        foreach (var size in (int[])[1, 2, 3])
        {
            var customers = new List<string>();
            var payments = new List<string>();
            var partners = new List<string>();
            var after = "";
            foreach (var partition in store.Of(run.RunId).Where(p => p.Phase != RunPhase.Closing))
            {
                after = partition.Checkpoint.LastKey;
                if (partition.Phase == RunPhase.Customers)
                {
                    while (reader.ReadCustomers(after, partition.UpToKey, size, 100) is { } chunk)
                    {
                        customers.AddRange(chunk.Customers.Select(c => c.Facts.CustomerId));
                        Assert.True(customers.Count <= ids.Count, "The walk does not end.");
                        after = chunk.LastCustomerId;
                    }
                }
                else if (partition.Phase == RunPhase.Partners)
                {
                    while (reader.ReadPartners(reference, after, partition.UpToKey, size) is { } chunk)
                    {
                        partners.AddRange(chunk.Partners.Select(p => p.Facts.PartnerId));
                        Assert.True(partners.Count <= ids.Count, "The walk does not end.");
                        after = chunk.LastPartnerId;
                    }
                }
                else
                {
                    while (reader.ReadInvoicePayments(after, partition.UpToKey, size) is { } chunk)
                    {
                        payments.AddRange(chunk.Payments.Select(p => p.Facts.Payment.PaymentId));
                        Assert.True(payments.Count <= ids.Count, "The walk does not end.");
                        after = chunk.LastPaymentId;
                    }
                }
            }

            Assert.Equal(expected, customers);
            Assert.Equal(expected, payments);
            Assert.Equal(expected, partners);
        }

        temp.Execute(
            "DELETE FROM undo_point; DELETE FROM run_partition; DELETE FROM run_attempt; DELETE FROM run; DELETE FROM payment; DELETE FROM agreement; DELETE FROM partner"
        );
    }

    private void Insert(IReadOnlyList<string> ids)
    {
        foreach (var id in ids)
        {
            temp.Execute(
                $"INSERT INTO agreement VALUES ('{id}', '{id}', NULL, 1); "
                    + $"INSERT INTO partner VALUES ('{id}', 'N', 1); "
                    + $"INSERT INTO payment VALUES ('{id}', NULL, 'I-1', '2021-01-01', {temp.Money(1m)}, 'EUR', 1)"
            );
        }
    }
}

public sealed class KeyRangesOnSqliteTests() : KeyRangeTests(Provider.Sqlite);

public sealed class KeyRangesOnPostgresTests() : KeyRangeTests(Provider.Postgres);

public sealed class KeyRangesOnSqlServerTests() : KeyRangeTests(Provider.SqlServer);

public sealed class KeyRangesUnderPaddedComparisonTests() : KeyRangeTests(Provider.Sqlite, padded: true);
