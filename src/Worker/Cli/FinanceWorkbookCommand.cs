using System.CommandLine;
using System.Globalization;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Finance.Workbook;

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
                var (_, night) = FinanceCommand.Open(invocation, asOf);
                var pack = invocation.Get<WorkbookDesk>().PackOf(night, parsed.GetValue(since));
                await file.WriteAsync(pack, night.Date, cancellationToken);
                await invocation.Out.WriteLineAsync(
                    $"Wrote '{file.Path}': {FinanceText.Of(night)}, {string.Join(", ", pack.SheetRows.Where(s => s.Sheet.IsListing).Select(s => $"{(s.Rows - 1).ToString("N0", CultureInfo.InvariantCulture)} {s.Sheet.Name.ToLowerInvariant()}"))}."
                );
                return ExitCode.Done;
            }
        );
        return verb;
    }
}
