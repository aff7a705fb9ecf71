using Microsoft.Extensions.Options;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Tests.PolicyPacks;

/// <summary>Which pack a run decides with when packs are activated around it.</summary>
public sealed class PolicyActivationTests : IDisposable
{
    private readonly World world = World.OfSamples();

    [Fact]
    public void Where_both_must_sign_in_a_name_alone_counts_for_nothing()
    {
        var other = Publish();
        world.Policies.RequireApproval = Approval.SecondPerson;
        LifeCycle().Activate(other, World.Midway, "ana");
        world.Policies.RequireApproval = Approval.SignedIn;

        Assert.Equal(
            "The setting 'Policies:RequireApproval' is SignedIn, so packs are activated and approved by people who signed in to the console. Nothing was done.",
            Assert.Throws<PlanningException>(() => LifeCycle().Approve(other, "ben")).Message
        );
        Assert.StartsWith(
            "ana had not signed in to activate policy pack",
            Assert
                .Throws<PlanningException>(() => LifeCycle().Approve(other, "ben", Person.AccountOf("ben")))
                .Message,
            StringComparison.Ordinal
        );
        LifeCycle().RollBack("ana");
        Assert.Throws<PlanningException>(() => LifeCycle().Activate(other, World.Midway, "ana"));
        LifeCycle().Activate(other, World.Midway, "ana", Person.AccountOf("ana"));
        Assert.Null(LifeCycle().Read().On(World.Midway));
        LifeCycle().Approve(other, "ben", Person.AccountOf("ben"));

        Assert.Equal("ben", LifeCycle().Read().On(World.Midway)?.Approval?.By);
    }

    [Fact]
    public async Task A_run_in_progress_keeps_its_pack()
    {
        await world.RunUntilAsync(chunks: 2, World.Midway);
        var other = Publish();
        LifeCycle().Activate(other, World.Midway, "Ana");

        var resumed = await world.RunAsync(World.Midway);
        var next = await world.RunAsync(World.Midway.AddDays(1));

        Assert.Equal(World.Pack.Hash, resumed.PackHash);
        Assert.Equal(other, next.PackHash);
        var replayed = await world.TryAsync(World.Midway, RunMode.Replay);
        Assert.Equal(World.Pack.Hash, replayed.PackHash);
    }

    [Fact]
    public async Task A_past_date_is_decided_again_under_its_own_pack()
    {
        var other = Publish();
        LifeCycle().Activate(other, World.Midway.AddDays(1), "Ana");
        await world.RunAsync(World.Midway);
        await world.RunAsync(World.Midway.AddDays(1));

        Assert.Equal(World.Pack.Hash, (await world.TryAsync(World.Midway, RunMode.Replay)).PackHash);
        Assert.Equal(other, (await world.TryAsync(World.Midway.AddDays(1), RunMode.Replay)).PackHash);
    }

    [Fact]
    public async Task An_activation_is_not_approved_once_its_date_is_decided()
    {
        var other = Publish();
        world.Policies.RequireApproval = Approval.SecondPerson;
        LifeCycle().Activate(other, World.Midway, "Ana");
        world.Policies.RequireApproval = Approval.No;
        await world.RunAsync(World.Midway);

        var refused = Assert.Throws<PlanningException>(() => LifeCycle().Approve(other, "Ben"));
        Assert.StartsWith(
            $"Policy pack {other[..12]} was not approved from 2020-06-30: run 1 'nightly' for 2020-06-30 is completed",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Every_decision_names_the_pack_it_was_made_under()
    {
        var other = Publish();
        LifeCycle().Activate(other, World.Midway, "Ana");
        await world.RunAsync(World.Midway);

        Assert.Equal([other], world.Temp.Query<string>("SELECT DISTINCT pack_hash FROM decision_listing"));
        Assert.All(world.History(), h => Assert.Equal(other, h.PackHash));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Ana\nBen")]
    [InlineData("...")]
    public void A_name_that_is_none_is_refused(string name) =>
        Assert.Equal(
            $"--by is '{name}'; it must be a person's name, of at most 100 characters in one line.",
            Assert.Throws<PlanningException>(() => LifeCycle().RollBack(name)).Message
        );

    [Theory]
    [InlineData("Ana.")]
    [InlineData("ana")]
    [InlineData(" A n a ")]
    [InlineData("\uFF21na")]
    public void One_person_under_two_spellings_is_one(string spelling)
    {
        var other = Publish();
        world.Policies.RequireApproval = Approval.SecondPerson;
        LifeCycle().Activate(other, World.Midway, "Ana");

        Assert.EndsWith(
            "so somebody else must approve it.",
            Assert.Throws<PlanningException>(() => LifeCycle().Approve(other, spelling)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("longer-window")]
    public void What_is_no_beginning_of_a_hash_is_told(string hash) =>
        Assert.Equal(
            $"'{hash}' is no beginning of a hash, which has 6 to 64 of the digits 0-9 and a-f. To see them: planning policy list",
            Assert.Throws<PlanningException>(() => LifeCycle().Activate(hash, World.Midway, "Ana")).Message
        );

    [Fact]
    public void Where_approvals_are_required_a_rollback_that_leaves_no_pack_is_refused()
    {
        var other = Publish();
        world.Policies.RequireApproval = Approval.SecondPerson;
        LifeCycle().Activate(other, World.Midway, "Ana");
        LifeCycle().Approve(other, "Ben");

        Assert.StartsWith(
            $"Policy pack {other[..12]} was not rolled back: no other pack is active on 2020-06-30",
            Assert.Throws<PlanningException>(() => LifeCycle().RollBack("Ana")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_activation_that_waits_can_be_rolled_back_all_the_same()
    {
        var other = Publish();
        world.Policies.RequireApproval = Approval.SecondPerson;
        LifeCycle().Activate(other, World.Midway, "Ana");

        Assert.Equal(other, LifeCycle().RollBack("Ana").Activation.PackHash);
    }

    public void Dispose() => world.Dispose();

    /// <summary>Publishes the shipped pack with another window, and returns its hash.</summary>
    private string Publish()
    {
        var files = World.Pack.Files.Select(f =>
            f.Path == "parameters.yaml"
                ? f with
                {
                    Text = f.Text.Replace("value: 180", "value: 181", StringComparison.Ordinal),
                }
                : f
        );
        // Its examples speak of 180 days.
        var pack = PolicyPackReader.Read(
            "other",
            [.. files.Where(f => !f.Path.StartsWith("scenarios/", StringComparison.Ordinal))]
        );
        LifeCycle().Publish(pack, "Ana");
        return pack.Hash;
    }

    private PolicyLifeCycle LifeCycle() =>
        new(world.Database, World.Book, Options.Create(world.Policies), world.Time);
}
