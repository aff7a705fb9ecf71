using System.Data.Common;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Tests.Data;

public abstract class PolicyLogStoreTests : IDisposable
{
    private readonly TempDatabase temp;
    private readonly string pack;

    protected PolicyLogStoreTests(Provider provider)
    {
        temp = new(provider);
        pack = temp.KeepPack();
    }

    [Fact]
    public void Entries_are_read_back_as_they_were_added_and_their_hashes_fit()
    {
        var entries = AddThree();

        using var store = new Store(temp.Database);
        var read = store.PolicyLog.Read();

        Assert.Equal(entries, read);
        Assert.All(read, e => Assert.Equal(e.EntryHash, e.HashOfContent()));
    }

    [Theory]
    [InlineData("UPDATE policy_log SET by_name = 'Eve'")]
    [InlineData("DELETE FROM policy_log")]
    public void No_entry_is_changed_or_taken_out(string change)
    {
        var entries = AddThree();

        Assert.ThrowsAny<DbException>(() => temp.Execute(change));

        using var store = new Store(temp.Database);
        Assert.Equal(entries, store.PolicyLog.Read());
    }

    [Fact]
    public async Task Several_who_add_at_once_add_one_after_another()
    {
        await Task.WhenAll(
            Enumerable.Range(0, 6).Select(_ => Task.Run(AddNext, TestContext.Current.CancellationToken))
        );

        using var store = new Store(temp.Database);
        Assert.Equal([1, 2, 3, 4, 5, 6], store.PolicyLog.Read().Select(e => e.EntryNo));

        void AddNext()
        {
            using var own = new Store(temp.Database);
            own.PolicyLog.InExclusiveTransaction(() =>
            {
                var next = own.PolicyLog.Read().Count + 1;
                own.PolicyLog.Add(
                    Entry(next, PolicyAction.Activated) with
                    {
                        From = new(2021, 4, 1),
                        EntryHash = $"{next}".PadLeft(64, '0'),
                    }
                );
                return next;
            });
        }
    }

    public void Dispose() => temp.Dispose();

    private PolicyLogEntry[] AddThree()
    {
        PolicyLogEntry[] entries =
        [
            Entry(1, PolicyAction.Published) with
            {
                TextHash = new('b', 64),
            },
            Entry(2, PolicyAction.Activated) with
            {
                From = new(2021, 4, 1),
                NeedsApproval = true,
            },
            Entry(3, PolicyAction.Approved) with
            {
                Activation = 2,
                By = "Åsa \"the other\"",
                Account = null,
            },
        ];
        using var store = new Store(temp.Database);
        for (var i = 0; i < entries.Length; i++)
        {
            entries[i] = entries[i].Sealed();
            store.PolicyLog.Add(entries[i]);
        }

        return entries;
    }

    // To the millisecond, as instants are kept.
    private PolicyLogEntry Entry(int number, PolicyAction action) =>
        new(
            number,
            action,
            pack,
            null,
            null,
            null,
            false,
            "Ana",
            "ana@desk-1",
            TempDatabase.Now.AddMilliseconds(123),
            PolicyLogEntry.Beginning,
            ""
        );
}

public sealed class PolicyLogStoreOnSqliteTests() : PolicyLogStoreTests(Provider.Sqlite);

public sealed class PolicyLogStoreOnPostgresTests() : PolicyLogStoreTests(Provider.Postgres);

public sealed class PolicyLogStoreOnSqlServerTests() : PolicyLogStoreTests(Provider.SqlServer);
