using System.Diagnostics.CodeAnalysis;
using PlanningServices.Rules.Deciding;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>Reads <c>rules/rules.yaml</c>: the surface of the rules that come with a pack.</summary>
internal sealed class RulesFile(FileFaults faults)
{
    public const string Folder = "rules/";
    public const string Path = Folder + "rules.yaml";
    private const string NoOutcome = "none";

    private static readonly Kind<string> FileName = new(
        "the name of a file that ends with .dll, without a folder",
        (Node node, [MaybeNullWhen(false)] out string value) =>
        {
            value = (node as TextNode)?.Value;
            return value is not null
                && value.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
                && value.IndexOfAny(['/', '\\', ':']) < 0;
        }
    );

    private static readonly Kind<string> Sha256 = new(
        "64 digits 0-9 a-f",
        (Node node, [MaybeNullWhen(false)] out string value) =>
        {
            value = (node as TextNode)?.Value;
            return value is { Length: 64 } && value.All(char.IsAsciiHexDigitLower);
        }
    );

    private static readonly Kind<RuleSetName> RuleSet = Kinds.OneOf([
        .. Enum.GetValues<RuleSetName>().Select(r => (r.Text(), r)),
    ]);

    /// <summary>Whether the file belongs to the rules of a pack.</summary>
    public static bool IsOfRules(string path) => path == Path || IsSource(path);

    /// <summary>Whether the file is the source of a rule.</summary>
    public static bool IsSource(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal);

    /// <summary>The rules, those with a fault left out, and the assembly that holds them, if one does.</summary>
    /// <param name="root">The file.</param>
    /// <param name="hasSources">Whether the pack has C# files beside it.</param>
    /// <param name="faults">Where faults go.</param>
    public static (IReadOnlyList<DeclaredRule> Rules, DeclaredAssembly? Assembly) Read(
        MapNode root,
        bool hasSources,
        FileFaults faults
    )
    {
        var file = new Section(root, "the file", faults);
        var assembly = file.OptionalMap("assembly") is { } map ? Assembly(map, faults) : null;
        var reader = new RulesFile(faults);
        var rules = file.Entries("rules").Select(reader.Rule).OfType<DeclaredRule>().ToList();
        file.Close();
        if (assembly is not null && hasSources)
        {
            faults.Add(
                assembly.Line,
                $"the pack names an assembly, and has C# files in {Folder}, too. Keep one of them."
            );
        }

        return (rules, assembly);
    }

    private static DeclaredAssembly Assembly(MapNode map, FileFaults faults)
    {
        var section = new Section(map, "'assembly'", faults);
        var file = section.Required("file", FileName);
        var sha256 = section.Required("sha256", Sha256);
        section.Close();
        return new(file, sha256, map.Line);
    }

    private DeclaredRule? Rule(MapEntry entry)
    {
        var code = entry.Key;
        if (!IsCode(code))
        {
            faults.Add(
                entry.Line,
                $"rule '{code}' cannot be a finding code. Expected capital letters and digits in words joined with -, such as ELG-LONG-STAY."
            );
        }

        if (CodeTable.Of(code) is not null)
        {
            faults.Add(entry.Line, $"rule '{code}' is there already, built in. Give it another code.");
        }

        if (entry.Value is not MapNode map)
        {
            faults.Add(
                entry.Line,
                $"rule '{code}' is '{entry.Value}'. Expected rule_set, after, outcome and why."
            );
            return null;
        }

        var section = new Section(map with { Line = entry.Line }, $"rule '{code}'", faults);
        var ruleSet = section.Required("rule_set", RuleSet);
        var after = section.Required("after", Kinds.Text);
        var outcome = section.Required("outcome", Kinds.Text);
        section.Required("why", Kinds.Text);
        section.Close();
        if (after is null || outcome is null)
        {
            return null;
        }

        var declared = new DeclaredRule(
            code,
            ruleSet,
            after,
            outcome == NoOutcome ? null : outcome,
            entry.Line
        );
        CheckPlace(declared, map);
        return declared;
    }

    /// <summary>
    /// The outcome must be that of a neighbour: the first finding that leads to an outcome decides, so a rule
    /// between others would turn the precedence of outcomes around.
    /// </summary>
    private void CheckPlace(DeclaredRule rule, MapNode map)
    {
        var table = CodeTable.Of(rule.After);
        if (table?.RuleSet != rule.RuleSet)
        {
            var codes = CodeTable.All.Where(t => t.RuleSet == rule.RuleSet).SelectMany(t => t.Codes);
            faults.Add(
                LineOf(map, "after"),
                $"rule '{rule.Code}': 'after' is '{rule.After}'. Expected a code of {rule.RuleSet.Text()}: {string.Join(", ", codes)}."
            );
        }
        else if (rule.Outcome is not null)
        {
            var possible = table.OutcomesAfter(rule.After);
            if (!possible.Contains(rule.Outcome, StringComparer.Ordinal))
            {
                faults.Add(
                    LineOf(map, "outcome"),
                    $"rule '{rule.Code}': 'outcome' is '{rule.Outcome}'. Expected, after {rule.After}, {string.Join(" or ", possible.Append(NoOutcome))}."
                );
            }
        }
    }

    private static int LineOf(MapNode map, string key) => map.Entries.First(e => e.Key == key).Line;

    private static bool IsCode(string text) =>
        text.Length <= 40
        && text.Split('-') is { Length: > 1 } words
        && Array.TrueForAll(
            words,
            w => w.Length > 0 && w.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c))
        );
}
