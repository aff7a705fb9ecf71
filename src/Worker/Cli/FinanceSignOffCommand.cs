using System.CommandLine;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning finance sign-off</c> and <c>verify</c>: two people's word that figures are right, and its proof.</summary>
internal static class FinanceSignOffCommand
{
    public static Verb Create()
    {
        var verb = new Verb(
            "sign-off",
            "Two people's word that the figures of a night are right.",
            "planning finance sign-off prepare --as-of 2021-03-31 --by Ana",
            "planning finance sign-off approve 2021-03-31 --by Ben",
            "planning finance sign-off show 2021-03-31"
        );
        verb.Subcommands.Add(CreatePrepare());
        verb.Subcommands.Add(CreateApprove());
        verb.Subcommands.Add(CreateShow());
        verb.Subcommands.Add(CreateList());
        verb.Subcommands.Add(CreateReopen());
        return verb;
    }

    public static Verb CreateVerify()
    {
        var date = Date();
        var output = new Option<FileInfo?>("--output")
        {
            HelpName = "file",
            Description = "Also write the text of which the hash is: its SHA-256 is that of the sign-off.",
        };
        var verb = new Verb(
            "verify",
            "Compute signed figures again, from what their night knew and its policy pack, and say whether they are the same.",
            "planning finance verify 2021-03-31",
            "planning finance verify 2021-03-31 --output signed.txt"
        )
        {
            date,
            output,
        };
        verb.SetHandler(
            async (invocation, cancellationToken) =>
            {
                var on = invocation.Parsed.GetRequiredValue(date)!.Value;
                var verified = await Progress.ShowRunAsync(
                    $"verify {on.Text()}",
                    progress =>
                        Desk(invocation)
                            .VerifyAsync(
                                on,
                                invocation.Parsed.GetValue(output)?.FullName,
                                progress,
                                cancellationToken
                            )
                );
                if (verified.Differences.Count > 0)
                {
                    throw new PlanningException(
                        $"The figures of {on.Text()} are not those that were signed: {string.Join("; ", verified.Differences)}.",
                        ExitCode.OutOfBalance
                    );
                }

                await invocation.Out.WriteLineAsync(SignOffPages.Verified(verified.SignOff));
                return ExitCode.Done;
            }
        );
        return verb;
    }

    private static Verb CreatePrepare()
    {
        var asOf = Dates.AsOf("The business date of the night.");
        asOf.Required = true;
        var by = By();
        var verb = new Verb(
            "prepare",
            "Freeze the figures of a night, for somebody else to approve.",
            "planning finance sign-off prepare --as-of 2021-03-31 --by Ana"
        )
        {
            asOf,
            by,
        };
        verb.SetHandler(invocation =>
        {
            var desk = Desk(invocation);
            var prepared = desk.Prepare(
                invocation.Parsed.GetRequiredValue(asOf)!.Value,
                invocation.Parsed.GetRequiredValue(by)
            );
            SignOffPages.WritePrepared(invocation.Out, prepared, desk.Parts(prepared));
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateApprove()
    {
        var (date, by) = (Date(), By());
        var verb = new Verb(
            "approve",
            "Approve the figures that somebody else prepared. They are computed again first.",
            "planning finance sign-off approve 2021-03-31 --by Ben"
        )
        {
            date,
            by,
        };
        verb.SetHandler(invocation =>
        {
            var approved = Desk(invocation)
                .Approve(
                    invocation.Parsed.GetRequiredValue(date)!.Value,
                    invocation.Parsed.GetRequiredValue(by)
                );
            invocation.Out.WriteLine(
                $"The figures of {approved.BusinessDate.Text()} are signed off, by {approved.Prepared.By} and {approved.Approved!.By}: {approved.ContentHash}"
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateReopen()
    {
        var (date, by) = (Date(), By());
        var reason = new Option<string>("--reason")
        {
            HelpName = "text",
            Description = "Why; it is kept with the sign-off.",
            Required = true,
        };
        var verb = new Verb(
            "reopen",
            "Take a sign-off back, approved or not. It stays in the records.",
            "planning finance sign-off reopen 2021-03-31 --by Ana --reason 'A payment was booked twice.'"
        )
        {
            date,
            by,
            reason,
        };
        verb.SetHandler(invocation =>
        {
            var reopened = Desk(invocation)
                .Reopen(
                    invocation.Parsed.GetRequiredValue(date)!.Value,
                    invocation.Parsed.GetRequiredValue(by),
                    invocation.Parsed.GetRequiredValue(reason)
                );
            invocation.Out.WriteLine(
                $"The figures of {reopened.BusinessDate.Text()} are not signed off any more: reopened by {reopened.Reopened!.By}."
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateList()
    {
        var format = Formats.Option();
        var verb = new Verb(
            "list",
            "All sign-offs, and what became of them.",
            "planning finance sign-off list"
        )
        {
            format,
        };
        verb.SetHandler(invocation =>
        {
            var all = Desk(invocation).List();
            if (invocation.Parsed.GetValue(format) == Format.Json)
            {
                invocation.Out.WriteJson(all);
            }
            else
            {
                SignOffPages.WriteList(invocation.Out, all);
            }

            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateShow()
    {
        var date = Date();
        var format = Formats.Option();
        var verb = new Verb(
            "show",
            "The sign-off of a date, and the adjustments since: what corrections would make of its figures.",
            "planning finance sign-off show 2021-03-31"
        )
        {
            date,
            format,
        };
        verb.SetHandler(
            async (invocation, cancellationToken) =>
            {
                var desk = Desk(invocation);
                var on = invocation.Parsed.GetRequiredValue(date)!.Value;
                var all = desk.List().Where(s => s.BusinessDate == on).ToList();
                if (all.Count == 0)
                {
                    throw new PlanningException(
                        $"The figures of {on.Text()} were never signed off. To see which were: planning finance sign-off list",
                        ExitCode.Usage
                    );
                }

                var adjustments = all[^1].IsStanding
                    ? await Progress.ShowRunAsync(
                        $"adjustments {on.Text()}",
                        progress => desk.AdjustmentsAsync(all[^1], progress, cancellationToken)
                    )
                    : null;
                if (invocation.Parsed.GetValue(format) == Format.Json)
                {
                    invocation.Out.WriteJson(
                        new
                        {
                            SignOffs = all,
                            Parts = desk.Parts(all[^1]),
                            AdjustmentsSinceSignOff = adjustments,
                        }
                    );
                }
                else
                {
                    SignOffPages.WriteShow(invocation.Out, all, desk.Parts(all[^1]), adjustments);
                }

                return ExitCode.Done;
            }
        );
        return verb;
    }

    private static SignOffDesk Desk(Invocation invocation)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        return invocation.Get<SignOffDesk>();
    }

    private static Argument<DateOnly?> Date() => Dates.Argument("date", "The business date of the night.");

    private static Option<string> By() =>
        new("--by")
        {
            HelpName = "NAME",
            Description = "Who does it.",
            Required = true,
        };
}
