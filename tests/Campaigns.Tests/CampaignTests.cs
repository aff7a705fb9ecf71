using System.Reflection;

namespace PlanningServices.Campaigns.Tests;

/// <summary>What all campaigns are like.</summary>
public sealed class CampaignTests
{
    /// <summary>They take minutes and the whole machine, so only who asks for them runs them.</summary>
    [Fact]
    public void A_campaign_runs_only_when_it_is_asked_for() =>
        Assert.All(
            typeof(CampaignTests)
                .Assembly.GetTypes()
                .SelectMany(t => t.GetMethods())
                .Where(m => m.Name != nameof(A_campaign_runs_only_when_it_is_asked_for))
                .Select(m => m.GetCustomAttribute<FactAttribute>())
                .OfType<FactAttribute>(),
            campaign => Assert.True(campaign.Explicit)
        );
}
