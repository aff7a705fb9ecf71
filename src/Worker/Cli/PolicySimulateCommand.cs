using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Globalization;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;
using PlanningServices.Worker.Simulation;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning policy simulate NEW</c>: whom a pack would touch, and how much money and days it would move.</summary>
internal static class PolicySimulateCommand
{
    private const int MostDates = 400;

    private static readonly Argument<string> NewPack = new("new")
    {
        Description = "The pack to try: its folder, or the hash of a kept one.",
    };

    private static readonly Option<string?> Against = new("--against")
    {
        HelpName = "pack",
        Description =
            "The pack to compare with: a folder, or the hash of a kept one; by default the pack that decides on the date.",
    };

    private static readonly Option<DateOnly?> AsOf = Dates.AsOf(
        "The business date (default: that of the last nightly run)."
    );

    private static readonly Option<DateOnly?> From = Dates.Option(
        "--from",
        "The first of several business dates, each simulated on its own."
    );

    private static readonly Option<DateOnly?> To = Dates.Option("--to", "The last of them.");

    private static readonly Option<FileInfo?> Output = new("--output")
    {
        HelpName = "file",
        Description = "Write every difference, with the reasons under both packs, to a CSV file.",
    };

    private static readonly Option<Format> As = Formats.Option();

    public static Verb Create()
    {
        var verb = new Verb(
            "simulate",
            "Decide all facts under a pack and under the one that decides now; list the decisions that differ. Writes nothing.",
            "planning policy simulate drafts/longer-window",
            "planning policy simulate drafts/longer-window --as-of 2021-09-30 --output differences.csv",
            "planning policy simulate drafts/longer-window --from 2021-09-01 --to 2021-09-30 --against 2dc5b1e20302"
        )
        {
            NewPack,
            Against,
            AsOf,
            From,
            To,
            Output,
            As,
        };
        verb.Validators.Add(Validate);
        verb.SetHandler(SimulateAsync);
        return verb;
    }

    private static void Validate(CommandResult result)
    {
        var (first, last) = (result.GetValue(From), result.GetValue(To));
        if (first is null != last is null)
        {
            result.AddError("--from and --to go together: the first and the last business date.");
        }
        else if (first is not null && result.GetValue(AsOf) is not null)
        {
            result.AddError(
                "--as-of names one business date, --from and --to several; give one or the other."
            );
        }
        else if (last < first)
        {
            result.AddError($"--to is {last?.Text()}, before --from, {first?.Text()}.");
        }
        else if (last?.DayNumber - first?.DayNumber >= MostDates)
        {
            result.AddError(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"--from and --to are {last?.DayNumber - first?.DayNumber + 1} dates; at most {MostDates} are simulated at once."
                )
            );
        }
    }

    private static async Task<ExitCode> SimulateAsync(
        Invocation invocation,
        CancellationToken cancellationToken
    )
    {
        var started = Stopwatch.GetTimestamp();
        var parsed = invocation.Parsed;
        invocation.Get<Migrator>().EnsureCurrent();
        var newPack = PolicyCommand.ReadNamed(invocation, parsed.GetRequiredValue(NewPack));
        var oldPack = parsed.GetValue(Against) is { } old ? PolicyCommand.ReadNamed(invocation, old) : null;
        var first =
            parsed.GetValue(From) ?? parsed.GetValue(AsOf) ?? invocation.Get<Simulator>().LatestDate();
        var last = parsed.GetValue(To) ?? first;
        var file = parsed.GetValue(Output);
        var simulations = new List<SimulationResult>();
        if (file is null)
        {
            await SimulateAsync(TextWriter.Null);
        }
        else
        {
            await WholeFile.WriteAsync(
                file.FullName,
                async stream =>
                {
                    await using var csv = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: true);
                    WriteHeader(csv);
                    await SimulateAsync(csv);
                }
            );
        }

        Print(invocation, simulations, Stopwatch.GetElapsedTime(started), file);
        return simulations.Exists(s => s.UndecidedUnderOld.Count + s.UndecidedUnderNew.Count > 0)
            ? ExitCode.DoneWithRejects
            : ExitCode.Done;

        async Task SimulateAsync(TextWriter csv)
        {
            for (var date = first; date <= last; date = date.AddDays(1))
            {
                simulations.Add(
                    await Progress.ShowRunAsync(
                        $"simulate {date.Text()}",
                        progress =>
                            invocation
                                .Get<Simulator>()
                                .SimulateAsync(
                                    oldPack,
                                    newPack,
                                    date,
                                    difference => Write(csv, difference),
                                    progress,
                                    cancellationToken
                                )
                    )
                );
            }
        }
    }

    private static void Print(
        Invocation invocation,
        List<SimulationResult> simulations,
        TimeSpan elapsed,
        FileInfo? file
    )
    {
        if (invocation.Parsed.GetValue(As) == Format.Json)
        {
            invocation.Out.WriteJson(simulations.Select(Row));
            return;
        }

        if (simulations.Count > 1)
        {
            SimulationText.WriteDates(invocation.Out, simulations);
        }

        SimulationText.Write(invocation.Out, simulations[^1], elapsed);
        if (file is not null)
        {
            invocation.Out.WriteLine($"Every difference, with its reasons: {file}");
        }
    }

    private static object Row(SimulationResult simulation) =>
        new
        {
            simulation.BusinessDate,
            simulation.Old,
            simulation.New,
            simulation.Customers,
            simulation.Vouchers,
            simulation.Partners,
            simulation.Flips,
            simulation.OtherDifferences,
            simulation.Outcomes,
            simulation.Codes,
            OldMoney = MoneyBalance.Of(simulation.OldTotals),
            NewMoney = MoneyBalance.Of(simulation.NewTotals),
            OldDays = simulation.OldTotals.Days,
            NewDays = simulation.NewTotals.Days,
            simulation.LargestInMoney,
            simulation.LargestInDays,
            simulation.UndecidedUnderOld,
            simulation.UndecidedUnderNew,
        };

    private static void WriteHeader(TextWriter csv) =>
        csv.WriteCsv(
            "business_date",
            "rule_set",
            "subject",
            "subject_id",
            "customer_id",
            "old_outcome",
            "new_outcome",
            "old_codes",
            "new_codes",
            "old_details",
            "new_details",
            "currency",
            "money",
            "days",
            "old_reasons",
            "new_reasons"
        );

    private static void Write(TextWriter csv, Difference difference) =>
        csv.WriteCsv(
            difference.BusinessDate.Text(),
            difference.RuleSet.Text(),
            difference.Subject.Text(),
            difference.SubjectId,
            difference.CustomerId,
            difference.Old?.Outcome ?? "",
            difference.New?.Outcome ?? "",
            difference.Old?.Codes ?? "",
            difference.New?.Codes ?? "",
            difference.Old?.Details ?? "",
            difference.New?.Details ?? "",
            difference.Currency,
            difference.Money.ToString("F2", CultureInfo.InvariantCulture),
            difference.Days.ToString(CultureInfo.InvariantCulture),
            Reasons(difference.Old),
            Reasons(difference.New)
        );

    private static string Reasons(Decision? decision) =>
        string.Join(' ', (decision?.Findings ?? []).Select(f => f.Sentence));
}
