using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Hosting.WindowsServices;

namespace PlanningServices.Worker.Cli;

/// <summary>The <c>planning</c> command line.</summary>
internal static class PlanningCommand
{
    public static async Task<ExitCode> InvokeAsync(IReadOnlyList<string> args)
    {
        if (
            args.Count == 0
            && (SystemdHelpers.IsSystemdService() || WindowsServiceHelpers.IsWindowsService())
        )
        {
            args = ["serve"];
        }

        var parsed = Create().Parse(SettingOptions.Split(args));
        if (parsed.Errors is [var error, ..] && parsed.Action is ParseErrorAction)
        {
            // A verb that is none counts as a missing verb, too, and that would be said first.
            var message = parsed.UnmatchedTokens is [var unknown, ..]
                ? $"Unknown verb or option '{unknown}'."
                : error.Message;
            await System.Console.Error.WriteLineAsync($"{message} To see how: {HelpFor(parsed)}");
            return ExitCode.Usage;
        }

        var configuration = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return (ExitCode)await parsed.InvokeAsync(configuration);
    }

    public static RootCommand Create()
    {
        var root = new RootCommand(
            "Decides every night what becomes of Software Assurance Planning Services vouchers."
        );
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Options.Add(
            Verb.HelpEndingWith([
                SettingOptions.Help,
                "",
                "Examples:",
                "  planning demo                              a few nights over sample facts",
                "  planning import facts                      load the CSV files of a folder",
                "  planning run nightly --as-of 2021-07-01    decide for a business date",
                "  planning explain V-00004                   why a voucher has its decisions",
                "",
                "Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 done with rejects or quarantined",
                "customers, or a reservation that is refused, 4 out of balance, 5 at work elsewhere, 130 interrupted (a run",
                "goes on where it stopped).",
            ])
        );
        SettingOptions.AddTo(root);
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(MigrateCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(ImportsCommand.Create());
        root.Subcommands.Add(FactsCommand.Create());
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(RunsCommand.Create());
        root.Subcommands.Add(StatusCommand.Create());
        root.Subcommands.Add(QuarantineCommand.Create());
        root.Subcommands.Add(FindCommand.Create());
        root.Subcommands.Add(ExplainCommand.Create());
        root.Subcommands.Add(PartnersCommand.Create());
        root.Subcommands.Add(ReservationCommand.Create());
        root.Subcommands.Add(FinanceCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(PolicyCommand.Create());
        root.Subcommands.Add(GenerateCommand.Create());
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(UsersCommand.Create());
        root.Subcommands.Add(ApiKeysCommand.Create());
        return root;
    }

    private static string HelpFor(ParseResult parsed)
    {
        var names = new Stack<string>(["--help"]);
        for (SymbolResult? at = parsed.CommandResult; at?.Parent is not null; at = at.Parent)
        {
            names.Push(((CommandResult)at).Command.Name);
        }

        return string.Join(' ', ["planning", .. names]);
    }
}
