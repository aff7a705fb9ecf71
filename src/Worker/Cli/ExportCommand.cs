using System.CommandLine;
using System.Globalization;
using PlanningServices.Rules;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning export</c>: decisions, history, ledger and rejects as CSV.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var verb = new Verb(
            "export",
            "Write what the database holds as CSV, in a fixed order.",
            "planning export decisions --rule-set expiry --outcome Expired --output expired.csv",
            "planning export ledger"
        );
        verb.Subcommands.Add(CreateDecisions());
        verb.Subcommands.Add(
            Create(
                "history",
                "Every change of a decision, with its business date and policy pack.",
                WriteHistory
            )
        );
        verb.Subcommands.Add(
            Create("ledger", "Every booking of days, with agreement, voucher and reason.", WriteLedger)
        );
        verb.Subcommands.Add(
            Create("rejects", "The rows that the last import rejected, with the reason.", WriteRejects)
        );
        return verb;
    }

    private static Verb CreateDecisions()
    {
        var ruleSets = Enum.GetValues<RuleSetName>()
            .ToDictionary(r => r.Text(), StringComparer.OrdinalIgnoreCase);
        var ruleSet = new Option<string?>("--rule-set")
        {
            HelpName = "name",
            Description = $"Only those of one rule set: {string.Join(", ", ruleSets.Keys)}.",
        };
        ruleSet.OneOf([.. ruleSets.Keys]);
        var outcome = new Option<string?>("--outcome")
        {
            HelpName = "outcome",
            Description = "Only those with one outcome, such as Expired.",
        };
        var code = new Option<string?>("--code")
        {
            HelpName = "code",
            Description = "Only those with a finding of one code, such as PAY-AMOUNT.",
        };
        var asOf = Dates.AsOf(
            "Those that stood after the run for that business date; the current ones if left out."
        );
        var file = Output();
        var verb = new Verb(
            "decisions",
            "The current decisions, or those of a past night.",
            "planning export decisions",
            "planning export decisions --as-of 2021-03-31",
            "planning export decisions --rule-set payment --outcome Rejected --output rejected.csv",
            "planning export decisions --code PAY-AMOUNT"
        )
        {
            asOf,
            ruleSet,
            outcome,
            code,
            file,
        };
        verb.SetHandler(
            (invocation, _) =>
            {
                var parsed = invocation.Parsed;
                RuleSetName? only = parsed.GetValue(ruleSet) is { } name ? ruleSets[name] : null;
                RuleSetName[] searched = only is { } one ? [one] : [.. ruleSets.Values];
                return WriteDecisionsAsync(
                    invocation,
                    parsed.GetValue(file),
                    parsed.GetValue(asOf),
                    only,
                    Known(outcome.Name, parsed.GetValue(outcome), searched.SelectMany(Outcomes.Of)),
                    Known(
                        code.Name,
                        parsed.GetValue(code),
                        searched.SelectMany(r => CodesOf(r, invocation, parsed.GetValue(code)))
                    )
                );
            }
        );
        return verb;
    }

    /// <summary>The codes of the program; those of the latest pack, too, where the one asked for is not among them.</summary>
    private static IReadOnlyList<string> CodesOf(RuleSetName ruleSet, Invocation invocation, string? asked)
    {
        var codes = RuleBook.CodesOf(ruleSet);
        if (asked is null || Spelling.Find(asked, codes) is not null)
        {
            return codes;
        }

        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        return RuleBook.CodesOf(ruleSet, invocation.Get<ActivePolicies>().Latest(store));
    }

    /// <summary>The word as it is written in decisions; absent where none was asked for.</summary>
    private static string? Known(string option, string? word, IEnumerable<string> all)
    {
        string[] words = [.. all.Distinct(StringComparer.Ordinal)];
        return word is null
            ? null
            : Spelling.Find(word, words)
                ?? throw new PlanningException(Choices.Unknown(option, word, words), ExitCode.Usage);
    }

    private static Task<ExitCode> WriteDecisionsAsync(
        Invocation invocation,
        FileInfo? file,
        DateOnly? asOf,
        RuleSetName? ruleSet,
        string? outcome,
        string? code
    )
    {
        Run? after = null;
        if (asOf is { } date)
        {
            invocation.Get<Migrator>().EnsureCurrent();
            using var store = new Store(invocation.Get<Database>());
            after =
                store.Runs.LastCompletedFor(date)
                ?? throw new PlanningException(
                    $"No run for {date.Text()} is completed, so no decisions stood after it. To see the runs: planning runs",
                    ExitCode.Usage
                );
        }

        return WriteAsync(
            invocation,
            file,
            (exports, output) =>
                WriteDecisions(
                    exports
                        .Decisions(ruleSet, outcome, after)
                        .Where(d =>
                            code is null || d.Codes.Split(';').Contains(code, StringComparer.Ordinal)
                        ),
                    output
                )
        );
    }

    private static Verb Create(string name, string description, Action<Exports, TextWriter> write)
    {
        var file = Output();
        var verb = new Verb(
            name,
            description,
            $"planning export {name}",
            $"planning export {name} --output {name}.csv"
        )
        {
            file,
        };
        verb.SetHandler((invocation, _) => WriteAsync(invocation, invocation.Parsed.GetValue(file), write));
        return verb;
    }

    private static void WriteDecisions(IEnumerable<DecisionRow> rows, TextWriter output)
    {
        output.WriteCsv("rule_set", "subject", "subject_id", "outcome", "codes", "details");
        foreach (var row in rows)
        {
            output.WriteCsv(row.RuleSet, row.Subject, row.SubjectId, row.Outcome, row.Codes, row.Details);
        }
    }

    private static void WriteHistory(Exports exports, TextWriter output)
    {
        output.WriteCsv(
            "business_date",
            "job",
            "rule_set",
            "subject",
            "subject_id",
            "change",
            "outcome",
            "codes",
            "details",
            "pack_hash"
        );
        foreach (var row in exports.History())
        {
            output.WriteCsv(
                row.BusinessDate,
                row.Job,
                row.RuleSet,
                row.Subject,
                row.SubjectId,
                row.Change,
                row.Outcome,
                row.Codes,
                row.Details,
                row.PackHash
            );
        }
    }

    private static void WriteLedger(Exports exports, TextWriter output)
    {
        output.WriteCsv("business_date", "job", "agreement_id", "voucher_id", "days", "reason");
        foreach (var row in exports.Ledger())
        {
            output.WriteCsv(
                row.BusinessDate,
                row.Job,
                row.AgreementId,
                row.VoucherId,
                row.Days.ToString(CultureInfo.InvariantCulture),
                row.Reason
            );
        }
    }

    private static void WriteRejects(Exports exports, TextWriter output)
    {
        output.WriteCsv("file", "line", "column", "value", "reason");
        foreach (var row in exports.Rejects())
        {
            output.WriteCsv(
                row.File,
                row.Line.ToString(CultureInfo.InvariantCulture),
                row.Column,
                row.Value,
                row.Reason
            );
        }
    }

    private static Option<FileInfo?> Output() =>
        new("--output") { HelpName = "file", Description = "Write to a file instead of standard output." };

    private static async Task<ExitCode> WriteAsync(
        Invocation invocation,
        FileInfo? file,
        Action<Exports, TextWriter> write
    )
    {
        invocation.Get<Migrator>().EnsureCurrent();
        if (file is null)
        {
            await using var output = System.Console.OpenStandardOutput();
            await FillAsync(output);
        }
        else
        {
            await WholeFile.WriteAsync(file.FullName, FillAsync);
        }

        return ExitCode.Done;

        async Task FillAsync(Stream stream)
        {
            using var store = new Store(invocation.Get<Database>());
            await using var text = new StreamWriter(stream, bufferSize: 1 << 16, leaveOpen: true);
            write(store.Exports, text);
        }
    }
}
