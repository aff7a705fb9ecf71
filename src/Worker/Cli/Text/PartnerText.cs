using PlanningServices.Rules.Facts;
using PlanningServices.Rules.RuleSets.Qualification;
using PlanningServices.Worker.Explain;
using PlanningServices.Worker.PolicyPacks;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>What <c>partners</c> says.</summary>
internal static class PartnerText
{
    public static void Write(TextWriter output, PartnerPage page)
    {
        output.WriteLine(
            $"Partner {page.PartnerId} ({page.Name}), as of {page.BusinessDate.Text()} (policy pack {page.PackName} {PolicyLog.Short(page.PackHash)})"
        );
        output.WriteLine($"Locations: {Or("none", page.Locations.Select(l => l.LocationId))}");
        if (page.Engagements.Count == 0)
        {
            output.WriteLine();
            output.WriteLine(
                "It has neither a competency that an engagement asks for nor an enrolment in an offering."
            );
        }

        foreach (var offering in page.Engagements.GroupBy(e => e.Offering, StringComparer.Ordinal))
        {
            output.WriteLine();
            output.WriteLine(offering.Key);
            foreach (var engagement in offering)
            {
                Write(output, engagement);
            }
        }
    }

    public static void WriteCsv(TextWriter output, PartnerPage page)
    {
        output.WriteCsv(
            "partner_id",
            "offering",
            "engagement",
            "outcome",
            "codes",
            "until",
            "asked",
            "competencies",
            "consultants",
            "enrollments",
            "findings"
        );
        foreach (var one in page.Engagements)
        {
            output.WriteCsv(
                page.PartnerId,
                one.Offering,
                one.Engagement,
                one.Outcome.ToString(),
                string.Join(';', one.Findings.Select(f => f.Code)),
                one.Until?.Text() ?? "",
                one.Required,
                string.Join("; ", one.Competencies.Select(Words)),
                string.Join("; ", Words(one.Exams)),
                string.Join("; ", one.Enrollments.Select(Words)),
                string.Join(' ', one.Findings.Select(f => f.Sentence))
            );
        }
    }

    public static void Write(TextWriter output, DeliveringPartnersPage page, string? country)
    {
        var where = country is null ? "" : $" in {country.ToUpperInvariant()}";
        output.WriteLine(
            $"Partners that may deliver {page.Engagement} ({page.Offering}){where}, as of {page.BusinessDate.Text()} (policy pack {page.PackName} {PolicyLog.Short(page.PackHash)})"
        );
        output.WriteLine();
        if (page.Partners.Count == 0)
        {
            output.WriteLine("None.");
        }

        var table = new Table("  ", "partner", "name", "until", "locations", "consultants");
        foreach (var partner in page.Partners)
        {
            table.Add(
                partner.PartnerId,
                partner.Name,
                partner.Until?.Text() ?? "no end",
                Or("none", partner.Locations.Select(l => l.LocationId)),
                Or("none", Consultants(partner))
            );
        }

        table.WriteTo(output);
    }

    public static void WriteCsv(TextWriter output, DeliveringPartnersPage page)
    {
        output.WriteCsv("engagement", "partner_id", "name", "outcome", "until", "locations", "consultants");
        foreach (var partner in page.Partners)
        {
            output.WriteCsv(
                page.Engagement,
                partner.PartnerId,
                partner.Name,
                partner.Outcome.ToString(),
                partner.Until?.Text() ?? "",
                string.Join(';', partner.Locations.Select(l => l.LocationId)),
                string.Join(';', Consultants(partner))
            );
        }
    }

    private static void Write(TextWriter output, PartnerQualification one)
    {
        var until = one.Until is { } last ? $" until {last.Text()}" : "";
        output.WriteLine($"  {one.Engagement}: {one.Outcome}{until}");
        Line(
            "competency",
            one.Competencies.Select(Words),
            $"none that qualifies; asked for is {one.Required}"
        );
        Line("consultant", Words(one.Exams), "none has passed an exam that counts");
        Line("enrolment", one.Enrollments.Select(Words), $"none in {one.Offering}");
        foreach (var finding in one.Findings)
        {
            output.WriteLine($"    {finding.Code}: {finding.Sentence}");
        }

        void Line(string what, IEnumerable<string> met, string missing)
        {
            string[] all = [.. met];
            output.WriteLine(
                all.Length > 0
                    ? $"    \u2713 {what}: {string.Join("; ", all)}"
                    : $"    \u2717 {what}: {missing}"
            );
        }
    }

    private static IEnumerable<string> Consultants(FoundPartner partner) =>
        partner
            .Exams.Select(x => x.ConsultantId)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static string Words(PartnerCompetency held) =>
        $"{held.Level.ToString().ToLowerInvariant()} {held.Competency} {Until(held.ToOn)}";

    private static IEnumerable<string> Words(IEnumerable<ConsultantExam> exams) =>
        exams
            .GroupBy(x => x.ConsultantId, StringComparer.Ordinal)
            .OrderBy(x => x.Key, StringComparer.Ordinal)
            .Select(passed =>
                $"{passed.Key} ({string.Join(", ", passed.Select(x => x.Competency).Distinct(StringComparer.Ordinal))})"
            );

    private static string Words(Enrollment enrollment) => $"{enrollment.Offering} {Until(enrollment.EndsOn)}";

    private static string Until(DateOnly? last) => last is { } day ? $"until {day.Text()}" : "without end";

    private static string Or(string none, IEnumerable<string> words) =>
        string.Join(", ", words) is { Length: > 0 } text ? text : none;
}
