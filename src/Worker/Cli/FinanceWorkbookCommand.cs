using System.CommandLine;
using System.Globalization;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.Finance.Workbook;
using PlanningServices.Worker.PolicyPacks;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning finance workbook</c>: the figures of a night in one file.</summary>
internal static class FinanceWorkbookCommand
{
    public static Verb Create()
    {
        var asOf = FinanceCommand.AsOf();
        var since = Dates.Option(
            "--since",
            "The night that changes are since (default: that of the last sign-off before, or else the nightly run before)."
        );
        var output = new Option<string>("--output")
        {
            HelpName = "file",
            Description = "The file: .xlsx for Excel, .html for a page to print.",
            Required = true,
        };
        var force = new Option<bool>("--force") { Description = "Replace the file if it is there." };
        var verb = new Verb(
            "workbook",
            "The figures of a night in one file: totals, requests, payments, allocations, ageing, exceptions, changes, policy values.",
            "planning finance workbook --as-of 2021-06-30 --output pack.xlsx",
            "planning finance workbook --as-of 2021-06-30 --since 2021-03-31 --output pack.html --force"
        )
        {
            asOf,
            since,
            output,
            force,
        };
        verb.SetHandler(
            async (invocation, cancellationToken) =>
            {
                var parsed = invocation.Parsed;
                var file = new PackFile(parsed.GetRequiredValue(output), parsed.GetValue(force));
                var (desk, night) = FinanceCommand.Open(invocation, asOf);
                var pack = new FinancePack(
                    desk,
                    invocation.Get<ExceptionDesk>(),
                    night,
                    SignOff(invocation, night),
                    Before(invocation, desk, night, parsed.GetValue(since)),
                    Policies(PolicySheet.Of(night.Pack, night.Date))
                );
                await file.WriteAsync(pack, night.Date, cancellationToken);
                await invocation.Out.WriteLineAsync(
                    $"Wrote '{file.Path}': {FinanceText.Of(night)}, {string.Join(", ", pack.Written.Where(s => s.Sheet.IsListing).Select(s => $"{(s.Rows - 1).ToString("N0", CultureInfo.InvariantCulture)} {s.Sheet.Name.ToLowerInvariant()}"))}."
                );
                return ExitCode.Done;
            }
        );
        return verb;
    }

    /// <summary>The night that changes are since; null where there is none.</summary>
    private static FinanceNight? Before(
        Invocation invocation,
        FinanceDesk desk,
        FinanceNight night,
        DateOnly? since
    )
    {
        if (since is { } date)
        {
            return date < night.Date
                ? desk.Night(date)
                : throw new PlanningException(
                    $"--since is {date.Text()} and the night {night.Date.Text()}; --since must be the earlier.",
                    ExitCode.Usage
                );
        }

        using var store = new Store(invocation.Get<Database>());
        if (store.SignOffs.Read().LastOrDefault(s => s.Approved is not null && IsBefore(s)) is { } signOff)
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

        bool IsBefore(SignOff signOff) => signOff.IsStanding && signOff.BusinessDate < night.Date;
    }

    private static SignOff? SignOff(Invocation invocation, FinanceNight night)
    {
        using var store = new Store(invocation.Get<Database>());
        return store.SignOffs.StandingOf(night.Run.RunId);
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
