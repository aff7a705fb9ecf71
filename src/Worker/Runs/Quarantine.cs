using System.Globalization;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Runs;

/// <summary>Who is set aside, who is to blame, and how many a run may set aside.</summary>
internal static class Quarantine
{
    /// <summary>So many customers, and so many partners, are tolerated however few there are in all.</summary>
    public const int AlwaysTolerated = 20;

    /// <summary>A customer or a partner that could not be decided, with the fact, rule or parameter to blame.</summary>
    public static QuarantinedCustomer Of(string customerId, Exception error)
    {
        var rule = Find<RuleFaultException>(error);
        var policy = Find<PolicyNotInForceException>(error);
        return new(
            customerId,
            rule is null ? Text(error) : rule.Message,
            Find<UndecidableFactsException>(error)?.Fact ?? policy?.Fact ?? NotEmpty(rule?.Subject),
            NotEmpty(rule?.Code),
            policy?.Parameter
        );
    }

    /// <summary>
    /// The run whose quarantine is the present one: the latest completed nightly run, or that of another job where
    /// there is none.
    /// </summary>
    public static Run? LatestRun(Store store) =>
        store.Runs.LatestCompleted(Job.Nightly.Name) ?? store.Runs.LatestCompleted();

    /// <summary>The customers and partners that are in quarantine now.</summary>
    public static IReadOnlyList<QuarantineEntry> Now(Store store) =>
        LatestRun(store) is { } run ? store.Quarantine.Of(run.RunId) : [];

    /// <summary>Stops a run that has set too many aside.</summary>
    /// <exception cref="PlanningException">It has; says which rule, parameter or fact it was.</exception>
    public static void EnsureWithinLimit(Store store, Run run, decimal share)
    {
        if (store.Quarantine.Count(run.RunId) <= AlwaysTolerated)
        {
            return;
        }

        foreach (
            var entries in store
                .Quarantine.Of(run.RunId)
                .GroupBy(e => e.Customer.Phase)
                .Select(same => same.ToList())
        )
        {
            var first = entries[0].Customer;
            var (all, kind) =
                first.Phase == RunPhase.Partners
                    ? (store.CountPartners(), "partners")
                    : (store.CountCustomers(), "customers");
            var tolerated = Math.Max(AlwaysTolerated, (long)(all * share));
            if (entries.Count > tolerated)
            {
                throw new PlanningException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{entries.Count} of {all} {kind} are set aside, and Run:MaxQuarantined ({share:0.####}) tolerates {tolerated}: {Blame(entries)}. The first is {first.CustomerId}: {first.Error} Correct the cause, then begin the run again with: planning runs abandon {run.RunId}, and: {RunReports.Command(run)}. To accept so many, raise Run:MaxQuarantined and go on with: planning runs resume {run.RunId}."
                    )
                );
            }
        }
    }

    private static string Blame(IReadOnlyList<QuarantineEntry> entries) =>
        string.Join(
            ", ",
            entries
                .GroupBy(
                    e =>
                        e.Customer is { RuleCode: null, Parameter: null }
                            ? "facts that cannot be decided"
                            : e.Customer.Blame,
                    StringComparer.Ordinal
                )
                .OrderByDescending(same => same.Count())
                .ThenBy(same => same.Key, StringComparer.Ordinal)
                .Select(same =>
                    string.Create(CultureInfo.InvariantCulture, $"{same.Count()} because of {same.Key}")
                )
        );

    private static T? Find<T>(Exception? error)
        where T : Exception => error is null ? null : error as T ?? Find<T>(error.InnerException);

    private static string Text(Exception error) =>
        error.InnerException is { } cause ? $"{error.Message} {Text(cause)}" : error.Message;

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
