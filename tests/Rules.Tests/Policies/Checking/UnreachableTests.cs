using CsCheck;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Checking;

namespace PlanningServices.Rules.Tests.Policies.Checking;

/// <summary>What a check says cannot occur does not: a search over packs, facts and dates finds it nowhere.</summary>
public class UnreachableTests
{
    private const int Worlds = 5_000;
    private static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue];

    private static readonly string[] Claimable =
    [
        "RET-CREATED-LATE",
        "RET-ASSIGNED-LATE",
        "RET-CLOUD",
        "RET-REDEEMED-LATE",
        "ENT-ACCRUAL-ENDED",
        "ENT-CONVERSION-ENDED",
        "ENT-DAYS-REMOVED",
        "EXP-PROGRAM-END",
        "EXP-LIFE",
        "EXP-SOON",
        "Active",
        "PAY-WINDOW",
        "PAY-LAPSED",
        "PAY-CLOSING",
        "AwaitingRequest",
        "PAY-AMOUNT",
        "REC-PAID-TWICE",
        "REC-OVERPAID",
        "REC-PARTLY-PAID",
        "REC-OVERDUE",
    ];

    public static TheoryData<string> Codes => [.. Claimable];

    [Fact]
    public void Nothing_that_is_said_to_be_impossible_is_found_under_any_pack_on_any_date() =>
        Seeds.Sample(seed => Assert.Empty(Broken(seed)), iter: Worlds);

    /// <summary>The search is strong enough: whatever may be claimed, it finds where the claim would be wrong.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void A_claim_that_is_wrong_is_found_out(string code) =>
        Assert.Contains(
            Enumerable.Range(0, Worlds),
            seed =>
            {
                var world = new SmallWorld(seed);
                return world.DecideSome(world.Pack()).Contains(code, StringComparer.Ordinal);
            }
        );

    /// <summary>The search is not in vain: each claim is made in some of its worlds.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void A_claim_is_made_in_some_worlds(string code) =>
        Assert.Contains(
            Enumerable.Range(0, Worlds),
            seed => Claims(new SmallWorld(seed).Pack()).Contains(code)
        );

    private static List<string> Broken(int seed)
    {
        var world = new SmallWorld(seed);
        var pack = world.Pack();
        var claims = Claims(pack);
        return [.. world.DecideSome(pack).Where(claims.Contains).Distinct(StringComparer.Ordinal)];
    }

    private static HashSet<string> Claims(PolicyPack pack) =>
        Unreachable.In(pack, new Reach(pack)).Select(u => u.What).ToHashSet(StringComparer.Ordinal);
}
