using CsCheck;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Tests.PolicyPacks;

/// <summary>Which pack the policy log makes active on a date, and that no entry can be altered unseen.</summary>
public sealed class PolicyLogTests
{
    private static readonly DateOnly April = new(2021, 4, 10);

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, "a")]
    [InlineData(1, "a")]
    public void A_pack_is_active_from_its_first_date_on(int days, string? expected) =>
        Assert.Equal(expected, On(April.AddDays(days), Activated("a", April)));

    [Fact]
    public void Of_several_the_one_with_the_latest_date_is_active()
    {
        PolicyLogEntry[] entries = [Activated("a", April.AddDays(5)), Activated("b", April)];
        Assert.Equal("b", On(April.AddDays(4), entries));
        Assert.Equal("a", On(April.AddDays(5), entries));
    }

    [Fact]
    public void Of_two_for_the_same_date_the_later_entry_is_active() =>
        Assert.Equal("b", On(April, Activated("a", April), Activated("b", April)));

    [Theory]
    [InlineData(-1, "b")]
    [InlineData(0, "a")]
    [InlineData(1, "a")]
    public void After_a_rollback_the_pack_before_is_active_again(int days, string expected)
    {
        var back = April.AddDays(5);
        Assert.Equal(
            expected,
            On(
                back.AddDays(days),
                Activated("a", April.AddDays(-30)),
                Activated("b", April),
                RolledBack(2, "b", back)
            )
        );
    }

    [Fact]
    public void One_that_needs_approval_is_active_only_when_it_has_it()
    {
        var waiting = Activated("a", April) with { NeedsApproval = true };
        Assert.Null(On(April, waiting));
        Assert.Equal("a", On(April, waiting, Entry(PolicyAction.Approved, "a") with { Activation = 1 }));
    }

    [Fact]
    public void Whatever_is_altered_in_an_entry_breaks_the_chain() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9])
            .Sample(
                (at, field) =>
                {
                    var entries = Chain(
                        Entry(PolicyAction.Published, "a") with
                        {
                            TextHash = new('1', 64),
                        },
                        Activated("a", April) with
                        {
                            NeedsApproval = true,
                        },
                        Entry(PolicyAction.Approved, "a") with
                        {
                            Activation = 2,
                            By = "Ben",
                        }
                    );
                    Assert.Null(new PolicyLog(entries).Break());
                    var e = entries[at];
                    entries[at] = field switch
                    {
                        0 => e with { Action = PolicyAction.RolledBack },
                        1 => e with { PackHash = Hash("z") },
                        2 => e with { TextHash = new('2', 64) },
                        3 => e with { From = new(2001, 1, 1) },
                        4 => e with { Activation = 7 },
                        5 => e with { NeedsApproval = !e.NeedsApproval },
                        6 => e with { By = e.By + " " },
                        7 => e with { Account = "eve@desk-2" },
                        8 => e with { Account = null },
                        _ => e with { At = e.At.AddSeconds(1) },
                    };
                    Assert.NotNull(new PolicyLog(entries).Break());
                    // Giving it a hash that fits does not help, but for the last.
                    entries[at] = entries[at].Sealed();
                    Assert.Equal(at == 2, new PolicyLog(entries).Break() is null);
                },
                iter: 100
            );

    [Fact]
    public void An_entry_taken_out_breaks_the_chain()
    {
        var entries = Chain(Activated("a", April), Activated("b", April), Activated("c", April));
        Assert.NotNull(new PolicyLog([entries[0], entries[2]]).Break());
        Assert.NotNull(new PolicyLog([entries[1], entries[2]]).Break());
        Assert.NotNull(new PolicyLog([entries[1], entries[0], entries[2]]).Break());
    }

    private static string? On(DateOnly date, params PolicyLogEntry[] entries) =>
        new PolicyLog(Chain(entries)).On(date)?.Entry.PackHash[..1];

    private static List<PolicyLogEntry> Chain(params PolicyLogEntry[] entries)
    {
        var chain = new List<PolicyLogEntry>();
        foreach (var entry in entries)
        {
            chain.Add(
                (entry with { EntryNo = chain.Count + 1, PreviousHash = new PolicyLog(chain).Head }).Sealed()
            );
        }

        return chain;
    }

    private static PolicyLogEntry Activated(string pack, DateOnly from) =>
        Entry(PolicyAction.Activated, pack) with
        {
            From = from,
        };

    private static PolicyLogEntry RolledBack(int activation, string pack, DateOnly from) =>
        Entry(PolicyAction.RolledBack, pack) with
        {
            Activation = activation,
            From = from,
        };

    private static PolicyLogEntry Entry(PolicyAction action, string pack) =>
        new PolicyLog([]).Next(action, Hash(pack), "Ana", DateTimeOffset.UnixEpoch);

    private static string Hash(string pack) => pack + new string('0', 63);
}
