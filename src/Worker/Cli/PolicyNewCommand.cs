using System.CommandLine;
using System.Text;
using System.Text.RegularExpressions;
using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Policies.Scenarios;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning policy new</c>: a rule or a scenario to begin with, in the folder of a pack.</summary>
internal static partial class PolicyNewCommand
{
    private const string RulesPath = "rules.yaml";

    public static Verb Create()
    {
        var verb = new Verb(
            "new",
            "Add a rule or a scenario to a pack, to be edited.",
            "planning policy new rule PAY-LARGE drafts/second-look",
            "planning policy new scenario V-00218 drafts/second-look --name 'A request above the limit'"
        );
        verb.Subcommands.Add(CreateRule());
        verb.Subcommands.Add(CreateScenario());
        return verb;
    }

    private static Verb CreateRule()
    {
        var code = new Argument<string>("code")
        {
            Description = "The finding code; it starts as the codes of its rule set do.",
        };
        var folder = Folder();
        var subject = new Option<string?>("--subject")
        {
            HelpName = "subject",
            Description = "What the rule is about (default: the first kind that its rule set decides on).",
        };
        subject.OneOf([.. PolicyVocabulary.All.Select(v => v.Subject).Distinct(StringComparer.Ordinal)]);
        var verb = new Verb(
            "rule",
            "Add a condition rule that finds nothing yet.",
            "planning policy new rule PAY-LARGE drafts/second-look",
            "planning policy new rule PAY-LATE drafts/second-look --subject voucher"
        )
        {
            code,
            folder,
            subject,
        };
        verb.SetHandler(invocation =>
        {
            var named = invocation.Parsed.GetRequiredValue(code);
            var pack = invocation.Parsed.GetRequiredValue(folder).TrimEnd('/');
            var vocabulary = VocabularyOf(named, invocation.Parsed.GetValue(subject));
            var before = PolicyPackReader.Read(pack).Files.FirstOrDefault(f => f.Path == RulesPath)?.Text;
            var text = (before ?? Header).TrimEnd('\n', '\r') + "\n" + RuleText(named, vocabulary, before);
            Write(pack, RulesPath, text);
            invocation.Out.WriteLine($"Added rule {named} to {pack}/{RulesPath}. It finds nothing yet.");
            invocation.Out.WriteLine(
                $"Edit its name, source, conditions and sentence. What they can read: planning policy vocabulary --rule-set {vocabulary.RuleSet}"
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateScenario()
    {
        var voucher = new Argument<string>("voucher") { Description = "A voucher of the database." };
        var folder = Folder();
        var name = new Option<string?>("--name")
        {
            HelpName = "sentence",
            Description = "What the scenario shows. Its file is named after it.",
        };
        var asOf = Dates.AsOf("The business date (default: that of the last nightly run).");
        var verb = new Verb(
            "scenario",
            "Add a scenario from a real voucher: the facts of its customer under other names, and what the pack decides of them.",
            "planning policy new scenario V-00218 drafts/second-look",
            "planning policy new scenario V-00218 drafts/second-look --as-of 2021-05-31 --name 'A request above the limit'"
        )
        {
            voucher,
            folder,
            name,
            asOf,
        };
        verb.SetHandler(invocation =>
        {
            var folderPath = invocation.Parsed.GetRequiredValue(folder).TrimEnd('/');
            var pack = PolicyPackReader.Read(folderPath);
            invocation.Get<Migrator>().EnsureCurrent();
            using var store = new Store(invocation.Get<Database>());
            var date =
                invocation.Parsed.GetValue(asOf)
                ?? store.Runs.LatestCompleted(Job.Nightly.Name)?.BusinessDate
                ?? invocation.Get<BusinessCalendar>().Today;
            var title =
                invocation.Parsed.GetValue(name)
                ?? FormattableString.Invariant($"A voucher as of {date:yyyy-MM-dd}");
            var path = $"scenarios/{FileName(title)}.yaml";
            if (pack.Files.Any(f => f.Path == path))
            {
                throw new PlanningException(
                    $"{folderPath}/{path} is there already. Give the scenario another name: --name",
                    ExitCode.Usage
                );
            }

            var voucherId = invocation.Parsed.GetRequiredValue(voucher);
            var draft = Draft(invocation, store, title, voucherId, date, pack);
            Write(folderPath, path, draft.Text);
            invocation.Out.WriteLine(
                $"Wrote {folderPath}/{path}: {Count.Of(draft.Vouchers, "voucher")} of the customer under other names. {voucherId} is {draft.VoucherId}."
            );
            invocation.Out.WriteLine(
                draft.Differs
                    ? "It expects what the pack decides now, but under the real names something else: a rule reads one of them, or a payment matches a request of another customer."
                    : "It expects what the pack decides now. Change that to what it should decide, and take out facts that do not matter."
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Argument<string> Folder() => new("pack") { Description = "The pack's folder." };

    private static ScenarioDraft Draft(
        Invocation invocation,
        Store store,
        string title,
        string voucherId,
        DateOnly date,
        PolicyPack pack
    )
    {
        var customer = store.Subjects.Find(voucherId).FirstOrDefault(s => s.Type == SubjectType.Voucher);
        if (customer is null)
        {
            throw new PlanningException($"No voucher has the id '{voucherId}'.", ExitCode.Usage);
        }

        var facts = store.Facts.ReadCustomer(customer.CustomerId)!.Facts;
        if (facts.Vouchers.First(v => v.VoucherId == voucherId).CreatedOn > date)
        {
            throw new PlanningException(
                FormattableString.Invariant($"'{voucherId}' does not exist yet on {date:yyyy-MM-dd}."),
                ExitCode.Usage
            );
        }

        try
        {
            return ScenarioDraft.Of(
                title,
                voucherId,
                facts,
                store.Facts.LoadReferenceData(),
                date,
                pack,
                invocation.Get<RuleBook>()
            );
        }
        catch (Exception e) when (e is UndecidableFactsException or PolicyNotInForceException)
        {
            throw new PlanningException($"'{voucherId}' cannot be decided: {e.Message}", inner: e);
        }
    }

    private static PolicyVocabulary VocabularyOf(string code, string? subject)
    {
        var ofPrefix = PolicyVocabulary
            .All.Where(v => code.StartsWith(v.Codes[0][..4], StringComparison.Ordinal))
            .ToList();
        if (ofPrefix.Count == 0)
        {
            throw new PlanningException(
                $"The code is '{code}'; it must start with one of {string.Join(", ", PolicyVocabulary.All.Select(v => v.Codes[0][..4]).Distinct(StringComparer.Ordinal))}, as the codes of its rule set do.",
                ExitCode.Usage
            );
        }

        return ofPrefix.Find(v =>
                subject is null || string.Equals(v.Subject, subject, StringComparison.OrdinalIgnoreCase)
            )
            ?? throw new PlanningException(
                $"--subject is '{subject}'; '{ofPrefix[0].RuleSet}' decides on {string.Join(" or ", ofPrefix.Select(v => v.Subject))}.",
                ExitCode.Usage
            );
    }

    private const string Header = "# yaml-language-server: $schema=rules.schema.json\n\nrules:\n";

    /// <summary>A rule that is well-formed and finds nothing, indented as those before it.</summary>
    private static string RuleText(string code, PolicyVocabulary vocabulary, string? before)
    {
        string[] lines =
        [
            "",
            $"- code: {code}",
            $"  rule_set: {vocabulary.RuleSet}",
            $"  subject: {vocabulary.Subject}",
            $"  after: {vocabulary.Codes[^1]}",
            .. vocabulary.Outcomes is [.., var last] ? [$"  outcome: {last}"] : Array.Empty<string>(),
            "  name: What it is called",
            "  source: Who decided it, and when",
            "  when:",
            "    - as_of < 2000-01-01",
            "  sentence: As of {as_of} this was found.",
        ];
        var indent = before is null ? "  " : FirstItem().Match(before).Groups["indent"].Value;
        return string.Concat(lines.Skip(before is null ? 1 : 0).Select(l => (indent + l).TrimEnd() + "\n"));
    }

    /// <summary>Writes a file of a pack, unless the pack would have faults with it.</summary>
    private static void Write(string folder, string path, string text)
    {
        var pack = PolicyPackReader.Read(folder);
        PolicyPackReader.Read(folder, [.. pack.Files.Where(f => f.Path != path), new PackFile(path, text)]);
        var target = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(target, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>The name in small letters, with one <c>-</c> for all between them.</summary>
    private static string FileName(string name)
    {
        var plain = NotPlain().Replace(name.ToLowerInvariant(), "-").Trim('-');
        return plain.Length == 0 ? "scenario" : plain[..Math.Min(plain.Length, 80)].TrimEnd('-');
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex NotPlain();

    [GeneratedRegex("^(?<indent> *)- ", RegexOptions.Multiline, 1_000)]
    private static partial Regex FirstItem();
}
