using System.CommandLine;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Explain;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning partners</c>: what a partner may deliver, and who may deliver an engagement.</summary>
internal static class PartnersCommand
{
    public static Command Create()
    {
        var verb = new Verb(
            "partners",
            "What partners may deliver, and what they lack.",
            "planning partners show P-1013",
            "planning partners find --engagement windows-office --country DE"
        );
        verb.Subcommands.Add(CreateShow());
        verb.Subcommands.Add(CreateFind());
        return verb;
    }

    private static Verb CreateShow()
    {
        var partner = new Argument<string>("partner") { Description = "The id of the partner." };
        var asOf = Dates.AsOf("The business date (default: that of the last nightly run).");
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "show",
            "What a partner has of what its engagements ask for, what is missing, and what ends soon.",
            "planning partners show P-1013",
            "planning partners show P-1013 --as-of 2020-07-01 --format csv"
        )
        {
            partner,
            asOf,
            format,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var parsed = invocation.Parsed;
            var page = invocation
                .Get<PartnerDirectory>()
                .Show(parsed.GetRequiredValue(partner), parsed.GetValue(asOf));
            switch (parsed.GetValue(format))
            {
                case Format.Json:
                    invocation.Out.WriteJson(page);
                    break;
                case Format.Csv:
                    PartnerText.WriteCsv(invocation.Out, page);
                    break;
                case Format.Text:
                    PartnerText.Write(invocation.Out, page);
                    break;
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateFind()
    {
        var engagement = new Option<string>("--engagement")
        {
            HelpName = "code",
            Description = "The engagement to be delivered, such as windows-office.",
            Required = true,
        };
        var country = new Option<string?>("--country")
        {
            HelpName = "country",
            Description = "The country of delivery, such as DE: only partners with a location there.",
        };
        var asOf = Dates.AsOf("The business date (default: that of the last nightly run).");
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "find",
            "Who may deliver an engagement, with locations and consultants.",
            "planning partners find --engagement windows-office --country DE",
            "planning partners find --engagement exchange --as-of 2020-07-01 --format csv"
        )
        {
            engagement,
            country,
            asOf,
            format,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var parsed = invocation.Parsed;
            var page = invocation
                .Get<PartnerDirectory>()
                .Find(parsed.GetRequiredValue(engagement), parsed.GetValue(country), parsed.GetValue(asOf));
            switch (parsed.GetValue(format))
            {
                case Format.Json:
                    invocation.Out.WriteJson(page);
                    break;
                case Format.Csv:
                    PartnerText.WriteCsv(invocation.Out, page);
                    break;
                case Format.Text:
                    PartnerText.Write(invocation.Out, page, parsed.GetValue(country));
                    break;
            }

            return ExitCode.Done;
        });
        return verb;
    }
}
