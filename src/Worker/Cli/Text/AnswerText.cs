using System.Globalization;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Explain;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>Answers to <c>explain --why-not</c>, <c>--what-if</c> and <c>--nearest</c>.</summary>
internal static class AnswerText
{
    public static void Write(TextWriter output, RuleAnswer answer)
    {
        output.WriteLine(SubjectPageText.Title(answer.Explanation, answer.PackName, answer.PackHash));
        var ruleSet = answer.RuleSet;
        if (ruleSet.Decision is not { } decision)
        {
            output.WriteLine(
                $"  {answer.Code}: {ruleSet.RuleSet.Text()} is not decided. {ruleSet.NotDecided}"
            );
            return;
        }

        foreach (var rule in RuleAnswer.RowsOf(ruleSet).Where(r => r.Code == answer.Code))
        {
            output.WriteLine($"  {rule.Code}: {rule.Description}");
            output.WriteLine(
                rule.Held ? "  Yes, it held."
                : rule.Because.Length > 0 ? $"  No: {rule.Because}."
                : "  No."
            );
        }

        foreach (var finding in decision.Findings.Where(f => f.Code == answer.Code))
        {
            output.WriteLine($"    {finding.Sentence}");
            SubjectPageText.WriteEvidence(output, "      ", finding.Evidence);
        }

        foreach (var consequence in ruleSet.Consequences.Where(c => c.Rows.Any(r => r.Code == answer.Code)))
        {
            output.WriteLine($"  {consequence.Name}: {SubjectPageText.Reason(consequence)}");
        }

        if (ruleSet.Basis.Count > 0)
        {
            output.WriteLine("  Measured against:");
            SubjectPageText.WriteEvidence(output, "    ", ruleSet.Basis);
        }
    }

    public static void Write(TextWriter output, WhatIf whatIf)
    {
        output.WriteLine(SubjectPageText.Title(whatIf.AsItIs, whatIf.PackName, whatIf.PackHash));
        if (whatIf.Then is not { } then)
        {
            output.WriteLine("  It would not exist on that date.");
            return;
        }

        foreach (var (now, changed) in whatIf.AsItIs.RuleSets.Zip(then.RuleSets))
        {
            var (before, after) = (Words(now), Words(changed));
            if (before == after)
            {
                output.WriteLine($"  {now.RuleSet.Text()}: stays {before}");
                continue;
            }

            output.WriteLine($"  {now.RuleSet.Text()}:");
            output.WriteLine($"    is        {before}");
            output.WriteLine($"    would be  {after}");
            foreach (var finding in changed.Decision?.Findings ?? [])
            {
                output.WriteLine($"      {finding.Code}: {finding.Sentence}");
            }
        }
    }

    public static void Write(TextWriter output, Nearest nearest)
    {
        output.WriteLine(SubjectPageText.Title(nearest.Explanation, nearest.PackName, nearest.PackHash));
        foreach (var ruleSet in nearest.Explanation.RuleSets.Where(r => r.Decision is not null))
        {
            output.WriteLine($"  {ruleSet.RuleSet.Text()} is {ruleSet.Decision!.Outcome}");
            var changes = nearest.Changes.Where(c => c.RuleSet == ruleSet.RuleSet).ToList();
            foreach (var change in changes)
            {
                var by = change.Days > 0 ? "more" : "less";
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"    would be {change.NewOutcome} if {change.Name} were {change.To} instead of {change.From} ({Days(change.Days)} {(change.IsParameter && IsNumber(change.From) ? by : change.Days > 0 ? "later" : "earlier")})"
                    )
                );
            }

            if (changes.Count == 0)
            {
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"    no change of one date or parameter by up to {NearestChange.Furthest} days would change that"
                    )
                );
            }
        }
    }

    private static string Days(int days) => Count.Of(Math.Abs(days), "day");

    private static bool IsNumber(string value) => value.All(char.IsAsciiDigit);

    private static string Words(RuleSetExplanation ruleSet) =>
        ruleSet.Decision is { } decision
            ? string.Join(
                ' ',
                new[]
                {
                    decision.Outcome,
                    decision.Codes,
                    decision.Details.Length > 0
                        ? $"({decision.Details.Replace(";", "; ", StringComparison.Ordinal)})"
                        : "",
                }.Where(t => t.Length > 0)
            )
            : $"not decided. {ruleSet.NotDecided}";
}
