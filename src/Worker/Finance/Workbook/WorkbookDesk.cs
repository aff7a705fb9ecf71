using System.Globalization;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Finance.Workbook;

/// <summary>Gathers what the workbook of a night is made of.</summary>
internal sealed class WorkbookDesk(Database database, FinanceDesk desk, ExceptionDesk exceptions)
{
    /// <summary>The figures of a night.</summary>
    /// <param name="night">The night.</param>
    /// <param name="since">
    /// The night that changes are since; that of the last sign-off before, or else the nightly run before, if absent.
    /// </param>
    /// <exception cref="PlanningException">That night was not run, or is no earlier one.</exception>
    public FinancePack PackOf(FinanceNight night, DateOnly? since)
    {
        using var store = new Store(database);
        return new(
            desk,
            exceptions,
            night,
            store.SignOffs.StandingOf(night.Run.RunId),
            Before(store, night, since),
            Policies(PolicySheet.Of(night.Pack, night.Date))
        );
    }

    /// <summary>The night that changes are since; null where there is none.</summary>
    private FinanceNight? Before(Store store, FinanceNight night, DateOnly? since)
    {
        if (since is { } date)
        {
            return date < night.Date
                ? desk.Night(date)
                : throw new PlanningException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"--since is {date:yyyy-MM-dd} and the night {night.Date:yyyy-MM-dd}; --since must be the earlier."
                    ),
                    ExitCode.Usage
                );
        }

        if (
            store
                .SignOffs.Read()
                .LastOrDefault(s => s.Approved is not null && s.IsStanding && s.BusinessDate < night.Date) is
            { } signOff
        )
        {
            return desk.Night(signOff.BusinessDate);
        }

        var before = store
            .Runs.List()
            .Where(r =>
                r.Job == Job.Nightly.Name && r.BusinessDate < night.Date && RunStore.IsCompleted(r.Status)
            )
            .MaxBy(r => r.BusinessDate);
        return before is null ? null : desk.Night(before.BusinessDate);
    }

    private static IReadOnlyList<PolicyValueLine> Policies(PolicySheet sheet) =>
        [
            .. sheet.Parameters.Select(p => new PolicyValueLine(p.Name, p.Value, p.From, p.Why)),
            .. sheet.Engagements.Select(e => new PolicyValueLine(
                $"requirement of {e.Code}",
                string.Join(" or ", e.RequirementOneOf),
                null,
                e.Name
            )),
            .. sheet.Rates.Select(r => new PolicyValueLine(
                string.Create(CultureInfo.InvariantCulture, $"rate {r.Country}, {r.Days} days"),
                string.Create(CultureInfo.InvariantCulture, $"{r.Amount:N2} {r.Currency}"),
                r.From,
                ""
            )),
        ];
}
