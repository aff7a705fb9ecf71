using System.CommandLine;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Explain;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning reservation check VOUCHER</c>: what the reservation desk asks before it says yes.</summary>
internal static class ReservationCommand
{
    public static Command Create()
    {
        var verb = new Verb(
            "reservation",
            "Whether a voucher can be reserved.",
            "planning reservation check V-00004 --location P-1005-US"
        );
        verb.Subcommands.Add(CreateCheck());
        return verb;
    }

    private static Verb CreateCheck()
    {
        var voucher = new Argument<string>("voucher") { Description = "The id of the voucher." };
        var location = new Option<string>("--location")
        {
            HelpName = "id",
            Description = "The partner location that it would be reserved under.",
            Required = true,
        };
        var consultant = new Option<string?>("--consultant")
        {
            HelpName = "id",
            Description = "The consultant who would deliver (default: the one that the voucher names).",
        };
        var start = Dates.Option("--start", "The day delivery is planned to start.");
        var on = Dates.Option("--on", "The day of the reservation (default: that of the last nightly run).");
        var format = Formats.Option();
        var verb = new Verb(
            "check",
            "What would be decided if a voucher were reserved. Exit codes: 0 yes, 3 no.",
            "planning reservation check V-00004 --location P-1005-US --on 2021-06-30",
            "planning reservation check V-00004 --location P-1005-US --consultant C-017 --start 2021-07-15"
        )
        {
            voucher,
            location,
            consultant,
            start,
            on,
            format,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var parsed = invocation.Parsed;
            var page = invocation
                .Get<ReservationDesk>()
                .Check(
                    parsed.GetRequiredValue(voucher),
                    parsed.GetRequiredValue(location),
                    parsed.GetValue(consultant),
                    parsed.GetValue(start),
                    parsed.GetValue(on)
                );
            if (parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(page);
            }
            else
            {
                ReservationText.Write(invocation.Out, page);
            }

            return page.Answer.IsYes ? ExitCode.Done : ExitCode.DoneWithRejects;
        });
        return verb;
    }
}
