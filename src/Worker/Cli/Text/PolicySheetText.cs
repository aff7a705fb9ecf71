using System.Globalization;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What a policy pack has in force, for people.</summary>
internal static class PolicySheetText
{
    public static void WriteTo(this PolicySheet sheet, TextWriter output)
    {
        output.WriteLine($"Policy pack '{sheet.Pack}' on {sheet.AsOf.Text()} (hash {sheet.Hash})");
        output.WriteLine();
        var parameters = new Table("  ", "parameter", "value", "in force from", "why");
        foreach (var row in sheet.Parameters)
        {
            parameters.Add(row.Name, row.Value, row.From?.Text() ?? "", row.Why);
        }

        var engagements = new Table("  ", "engagement", "offering", "days", "cloud", "requirement, one of");
        foreach (var row in sheet.Engagements)
        {
            engagements.Add(
                row.Code,
                row.Offering,
                string.Join(' ', row.Durations),
                row.IsCloud ? "cloud" : "",
                string.Join("; ", row.RequirementOneOf)
            );
        }

        var rates = new Table("  ", "country", "days", "amount", "", "in force from") { Right = [1, 2] };
        foreach (var row in sheet.Rates)
        {
            rates.Add(
                row.Country,
                row.Days.ToString(CultureInfo.InvariantCulture),
                row.Amount.ToString("N2", CultureInfo.InvariantCulture),
                row.Currency,
                row.From.Text()
            );
        }

        var rules = new Table("  ", "rule", "rule set", "subject", "outcome", "name");
        foreach (var row in sheet.Rules)
        {
            rules.Add(row.Code, row.RuleSet, row.Subject, row.Outcome, row.Name);
        }

        foreach (var table in new[] { parameters, engagements, rates, rules }.Where(t => !t.IsEmpty))
        {
            table.WriteTo(output);
            output.WriteLine();
        }
    }
}
