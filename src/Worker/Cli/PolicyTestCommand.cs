using System.Globalization;
using PlanningServices.Rules;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Policies.Coverage;
using PlanningServices.Rules.Policies.Scenarios;
using PlanningServices.Worker.Cli.Text;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning policy test</c>: the scenarios of a pack, and what of the pack they exercise.</summary>
internal static class PolicyTestCommand
{
    public static Verb Create()
    {
        var folder = PolicyCommand.Pack();
        var format = Formats.Option();
        var verb = new Verb(
            "test",
            "Run the scenarios of a pack, and list what of the pack none of them exercises.",
            "planning policy test",
            "planning policy test policies/planning-services"
        )
        {
            folder,
            format,
        };
        verb.SetHandler(invocation =>
        {
            var shown = PolicyCommand.Folder(invocation, invocation.Parsed.GetValue(folder));
            var pack = PolicyCommand.Read(invocation, shown);
            var ruleBook = invocation.Get<RuleBook>();
            var results = ScenarioRunner.Run(pack, ruleBook);
            var coverage = CoverageRun.Of(pack, ruleBook, results);
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(Row(results, coverage));
            }
            else
            {
                Print(invocation.Out, results);
                Print(invocation.Out, shown, coverage);
            }

            return results.All(r => r.Passed) ? ExitCode.Done : ExitCode.Failed;
        });
        return verb;
    }

    private static object Row(IReadOnlyList<ScenarioResult> results, PolicyCoverage coverage) =>
        new
        {
            Scenarios = results.Select(r => new
            {
                r.Scenario.File,
                r.Scenario.Line,
                r.Scenario.Name,
                r.Passed,
                r.Differences,
            }),
            Coverage = coverage.Parts,
        };

    private static void Print(TextWriter output, IReadOnlyList<ScenarioResult> results)
    {
        foreach (var failed in results.Where(r => !r.Passed))
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{failed.Scenario.File}:{failed.Scenario.Line}: {failed.Scenario.Name}"
                )
            );
            foreach (var difference in failed.Differences)
            {
                output.WriteLine("  " + difference);
            }
        }

        var failures = results.Count(r => !r.Passed);
        output.WriteLine($"{Count.Of(results.Count - failures, "scenario")} passed, {failures} failed.");
    }

    private static void Print(TextWriter output, string folder, PolicyCoverage coverage)
    {
        output.WriteLine();
        output.WriteLine("Exercised by scenarios:");
        var table = new Table("  ") { Right = [1] };
        foreach (var part in coverage.Parts)
        {
            table.Add(
                part.Name,
                string.Create(CultureInfo.InvariantCulture, $"{part.Exercised} of {part.Total}")
            );
        }

        table.WriteTo(output);
        if (!coverage.IsComplete)
        {
            output.WriteLine();
            output.WriteLine("Not exercised: no scenario would fail if these said something else.");
        }

        foreach (var missing in coverage.Parts.SelectMany(p => p.Unexercised))
        {
            output.WriteLine(
                missing.Line == 0
                    ? $"  {missing.What}"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"  {folder}/{missing.File}:{missing.Line}: {missing.What}"
                    )
            );
        }
    }
}
