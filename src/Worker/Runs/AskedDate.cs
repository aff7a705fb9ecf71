using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Runs;

/// <summary>The business date that somebody asks about, and the policy pack that decides on it.</summary>
/// <param name="BusinessDate">The date.</param>
/// <param name="Pack">That of the nightly run of the date; where there is none, the one that is active on it.</param>
internal sealed record AskedDate(DateOnly BusinessDate, PolicyPack Pack)
{
    /// <summary>The date asked about; that of the last completed nightly run, or else today, if absent.</summary>
    public static AskedDate Of(
        Store store,
        ActivePolicies policies,
        BusinessCalendar calendar,
        DateOnly? asOf
    )
    {
        var run = asOf is { } date
            ? store.Runs.Find(Job.Nightly.Name, date)
            : store.Runs.LatestCompleted(Job.Nightly.Name);
        var businessDate = asOf ?? run?.BusinessDate ?? calendar.Today;
        return new(
            businessDate,
            run is null ? policies.On(store, businessDate) : ActivePolicies.Load(store, run.PackHash)
        );
    }
}
