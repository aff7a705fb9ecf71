using System.Globalization;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Explain;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What <c>explain</c> says of a subject.</summary>
internal static class SubjectPageText
{
    public static void Write(TextWriter output, SubjectPage page)
    {
        var explanation = page.Explanation;
        var run = page.RunId is { } runId
            ? string.Create(CultureInfo.InvariantCulture, $", run {runId}")
            : "";
        output.WriteLine(Title(explanation, page.PackName, page.PackHash, run));
        output.WriteLine();
        WriteFacts(output, explanation.Facts);
        WriteKnowledge(output, page);
        WriteQuarantine(output, page);
        foreach (var ruleSet in explanation.RuleSets)
        {
            Write(output, ruleSet, page.OtherThanStored.Contains(ruleSet.RuleSet));
        }

        WriteHistory(output, page.History);
        if (page.Related.Count > 0)
        {
            output.WriteLine(
                $"See also: {string.Join(", ", page.Related.Select(id => $"planning explain {id}"))}"
            );
            output.WriteLine();
        }
    }

    /// <summary>What is explained, as of when and under which pack.</summary>
    public static string Title(Explanation explanation, string packName, string packHash, string run = "") =>
        $"{Name(explanation.Subject)} {explanation.SubjectId}, as of {explanation.BusinessDate.Text()} (policy pack {packName} {PolicyLog.Short(packHash)}{run})";

    private static string Name(SubjectType subject) =>
        subject switch
        {
            SubjectType.Voucher => "Voucher",
            SubjectType.Agreement => "Agreement",
            SubjectType.PaymentRequest => "Payment request",
            SubjectType.Payment => "Payment",
            SubjectType.PartnerEngagement => "Partner and engagement",
        };

    private static void WriteFacts(TextWriter output, IReadOnlyList<Evidence> facts)
    {
        var table = new Table("  ");
        foreach (var fact in facts.Where(f => !IsEvent(f)))
        {
            table.Add(Words(fact.Name), fact.Value);
        }

        foreach (var fact in facts.Where(IsEvent).OrderBy(f => f.Value, StringComparer.Ordinal))
        {
            table.Add(fact.Value, Words(fact.Name[..^"_on".Length]));
        }

        table.WriteTo(output);
        output.WriteLine();
    }

    private static void WriteKnowledge(TextWriter output, SubjectPage page)
    {
        if (page.KnownAt is not { } import)
        {
            return;
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"As known at import {import}. {(page.Corrected.Count == 0 ? "None of these facts was corrected since." : "Known otherwise since:")}"
            )
        );
        foreach (var correction in page.Corrected)
        {
            output.WriteLine($"  {CorrectionText.Of(correction)}");
        }

        output.WriteLine();
    }

    private static void WriteQuarantine(TextWriter output, SubjectPage page)
    {
        var since = page.SetAside is { } entry
            ? $"{(entry.Customer.Phase == RunPhase.Partners ? "Partner" : "Customer")} {entry.Customer.CustomerId} is in quarantine since {entry.Since.Text()}"
            : "";
        if (page.Undecidable is { } undecidable)
        {
            output.WriteLine(since.Length > 0 ? $"{since}." : "It cannot be decided.");
            output.WriteLine($"  {undecidable.Error}");
            output.WriteLine(
                $"  What was decided before stays. To see more: planning quarantine show {undecidable.CustomerId}{Option(undecidable)}"
            );
            output.WriteLine();
        }
        else if (since.Length > 0)
        {
            output.WriteLine($"{since}, but can be decided now, as follows.");
            output.WriteLine(
                $"  To do so: planning quarantine retry {page.SetAside!.Customer.CustomerId}{Option(page.SetAside.Customer)}"
            );
            output.WriteLine();
        }
    }

    private static string Option(QuarantinedCustomer customer) =>
        customer.Phase == RunPhase.Partners ? " --partner" : "";

    private static bool IsEvent(Evidence fact) => fact.Name.EndsWith("_on", StringComparison.Ordinal);

    private static string Words(string name) => name.Replace('_', ' ');

    private static void Write(TextWriter output, RuleSetExplanation ruleSet, bool isOtherThanStored)
    {
        if (ruleSet.Decision is not { } decision)
        {
            output.WriteLine($"{ruleSet.RuleSet.Text()}: not decided. {ruleSet.NotDecided}");
            output.WriteLine();
            return;
        }

        output.WriteLine(
            $"{ruleSet.RuleSet.Text()}: {decision.Outcome}"
                + (
                    decision.Details.Length > 0
                        ? $" ({decision.Details.Replace(";", "; ", StringComparison.Ordinal)})"
                        : ""
                )
        );
        if (isOtherThanStored)
        {
            output.WriteLine(
                "  The last run decided differently: facts were imported since. The next run will decide as here."
            );
        }

        foreach (var finding in decision.Findings)
        {
            output.WriteLine($"  {finding.Code}: {finding.Sentence}");
            WriteEvidence(output, "    ", finding.Evidence);
        }

        if (ruleSet.Basis.Count > 0)
        {
            output.WriteLine("  Measured against:");
            WriteEvidence(output, "    ", ruleSet.Basis);
        }

        foreach (var consequence in ruleSet.Consequences)
        {
            output.WriteLine($"  {consequence.Name}: {Reason(consequence)}");
        }

        var others = ruleSet.Rules.Where(r => !r.Held).ToList();
        if (others.Count > 0)
        {
            output.WriteLine("  What did not hold:");
        }

        foreach (var rule in others)
        {
            var because = rule.Because.Length > 0 ? $" No: {rule.Because}." : " No.";
            output.WriteLine($"    {rule.Code}: {rule.Description}{because}");
        }

        output.WriteLine();
    }

    /// <summary>What something came to, and the row that says so; where none holds, it is what is left.</summary>
    public static string Reason(ConsequenceExplanation consequence) =>
        consequence.Rows.FirstOrDefault(r => r.Held) is { } row
            ? $"{consequence.Outcome}. {row.Description}"
            : $"{consequence.Outcome}, since nothing else holds.";

    public static void WriteEvidence(TextWriter output, string indent, IReadOnlyList<Evidence> evidence)
    {
        var table = new Table(indent);
        foreach (var one in evidence)
        {
            var from = one.InForceFrom is { } date ? $"(policy, in force from {date.Text()})" : "";
            table.Add(one.Name, one.Value, from);
        }

        table.WriteTo(output);
    }

    private static void WriteHistory(TextWriter output, IReadOnlyList<SubjectChange> history)
    {
        if (history.Count == 0)
        {
            return;
        }

        output.WriteLine("What was decided when:");
        var table = new Table("  ");
        foreach (var change in history)
        {
            table.Add(
                change.BusinessDate.Text(),
                change.RuleSet.Text(),
                change.Outcome.Length > 0 ? change.Outcome : "no longer applies",
                string.Join(' ', new[] { change.Codes, change.Details }.Where(t => t.Length > 0))
            );
        }

        table.WriteTo(output);
        output.WriteLine();
    }
}
