using System.Text.RegularExpressions;

namespace PlanningServices.Worker.Tests.Cli;

/// <summary>What <c>policy new</c> adds to a pack: well-formed, and passing, before anybody edits it.</summary>
public sealed partial class PolicyNewTests : IDisposable
{
    private const string Draft = "drafts/new";
    private readonly PlanningProcess planning = new();

    public PolicyNewTests() => planning.CopyPack(Draft);

    [Fact]
    public async Task A_new_rule_is_well_formed_and_stands_after_those_there()
    {
        foreach (var rule in new[] { "PAY-LARGE", "PAY-LATE", "REC-LATE" })
        {
            (await SaidAsync($"policy new rule {rule} {Draft}")).StartsWith(
                $"Added rule {rule} to {Draft}/rules.yaml. It finds nothing yet.\n"
            );
        }

        Assert.Contains(
            ", 3 rules, ",
            (await SaidAsync($"policy validate {Draft}")).Text,
            StringComparison.Ordinal
        );
        await PassesAsync();
    }

    [Fact]
    public async Task A_new_rule_is_indented_as_those_before_it()
    {
        await SaidAsync($"policy new rule PAY-LARGE {Draft}");
        var rules = Text("rules.yaml");
        await File.WriteAllTextAsync(
            planning.PathTo($"{Draft}/rules.yaml"),
            Indented().Replace(rules, ""),
            TestContext.Current.CancellationToken
        );
        await SaidAsync($"policy new rule PAY-LATE {Draft} --subject voucher");
        Assert.Contains(
            "\n\n- code: PAY-LATE\n  rule_set: payment\n  subject: voucher\n",
            Text("rules.yaml"),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(
        $"policy new rule PAY-WINDOW {Draft}",
        $"{Draft}/rules.yaml:4: rule: code 'PAY-WINDOW' is there already. Give each rule a code of its own.\nNothing was loaded."
    )]
    [InlineData(
        $"policy new rule pay-large {Draft}",
        "The code is 'pay-large'; it must start with one of RET-, EXP-, ENT-, ELG-, PAY-, REC-, QLF-, as the codes of its rule set do."
    )]
    [InlineData(
        $"policy new rule PAY-LARGE {Draft} --subject agreement",
        "--subject is 'agreement'; 'payment' decides on payment_request or voucher."
    )]
    public async Task What_no_pack_can_have_is_not_added(string command, string message)
    {
        (await planning.RunAsync(command.Split(' '))).Refused(2, message);
        Assert.False(File.Exists(planning.PathTo($"{Draft}/rules.yaml")));
    }

    [Fact]
    public async Task A_scenario_from_a_voucher_passes_and_names_nobody()
    {
        await SaidAsync($"import {PlanningProcess.Samples}");
        await SaidAsync($"policy new scenario V-00235 {Draft} --as-of 2021-05-31 --name Late");
        await PassesAsync();

        var scenario = Text("scenarios/late.yaml");
        Assert.Contains(
            "      - { rule_set: payment, subject: payment_request, id: R-4, outcome: Rejected, codes: [PAY-WINDOW] }\n",
            scenario,
            StringComparison.Ordinal
        );
        foreach (var file in Directory.EnumerateFiles(PlanningProcess.Samples, "*.csv"))
        {
            var rows = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))
                .Select(l => l.Split(','))
                .ToList();
            foreach (var column in rows[0].Index().Where(c => IsName(c.Item)))
            {
                Assert.All(
                    rows.Skip(1).Select(r => r[column.Index]).Where(v => v.Length > 0),
                    name => Assert.DoesNotMatch($@"[ \[""]{Regex.Escape(name)}[ ,""\]]", scenario)
                );
            }
        }
    }

    [Theory]
    [InlineData("PR-00218", "No voucher has the id 'PR-00218'.")]
    [InlineData("V-00235 --as-of 2019-01-01", "'V-00235' does not exist yet on 2019-01-01.")]
    [InlineData(
        "V-00235 --name Rates",
        $"{Draft}/scenarios/rates.yaml is there already. Give the scenario another name: --name"
    )]
    public async Task A_scenario_needs_a_voucher_and_a_name_of_its_own(string arguments, string message)
    {
        await SaidAsync($"import {PlanningProcess.Samples}");
        var words = arguments.Split(' ');
        (await planning.RunAsync(["policy", "new", "scenario", words[0], Draft, .. words[1..]])).Refused(
            2,
            message
        );
    }

    public void Dispose() => planning.Dispose();

    private async Task PassesAsync() =>
        Assert.Matches(
            "^[0-9]+ scenarios passed, 0 failed.\n",
            (await SaidAsync($"policy test {Draft}")).Text
        );

    private static bool IsName(string column) =>
        column.EndsWith("_id", StringComparison.Ordinal)
        || column is "name" or "division" or "invoice_number";

    private string Text(string file) => File.ReadAllText(planning.PathTo($"{Draft}/{file}"));

    private async Task<Said> SaidAsync(string command) =>
        new((await planning.RunAsync(command.Split(' '))).Said());

    [GeneratedRegex("^  ", RegexOptions.Multiline, 10_000)]
    private static partial Regex Indented();

    private sealed record Said(string Text)
    {
        public void StartsWith(string text) => Assert.StartsWith(text, Text, StringComparison.Ordinal);
    }
}
