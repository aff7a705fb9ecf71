using System.CommandLine;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.RuleSets.Reconciliation;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning finance</c>: the requests and payments behind the control totals of a night.</summary>
internal static class FinanceCommand
{
    public static Command Create()
    {
        var verb = new Verb(
            "finance",
            "The payment requests and payments behind the control totals of a night, and what payments are for.",
            "planning finance list requests --as-of 2021-03-31 --outcome Overdue",
            "planning finance ageing --as-of 2021-03-31 --by partner",
            "planning finance changes --from 2021-02-28 --to 2021-03-31"
        );
        var list = new Verb(
            "list",
            "Every payment request, payment or allocation of a night.",
            "planning finance list requests --as-of 2021-03-31 --format csv",
            "planning finance list payments --outcome Unmatched"
        );
        list.Subcommands.Add(CreateRequests());
        list.Subcommands.Add(CreatePayments());
        list.Subcommands.Add(FinanceAllocationCommands.ListAllocations());
        verb.Subcommands.Add(list);
        verb.Subcommands.Add(CreateAgeing());
        verb.Subcommands.Add(CreateChanges());
        verb.Subcommands.Add(FinanceExceptionsCommand.Create());
        verb.Subcommands.Add(FinanceSignOffCommand.Create());
        verb.Subcommands.Add(FinanceSignOffCommand.CreateVerify());
        verb.Subcommands.Add(FinanceWorkbookCommand.Create());
        verb.Subcommands.Add(FinanceAllocationCommands.Suggest());
        verb.Subcommands.Add(FinanceAllocationCommands.Allocate());
        verb.Subcommands.Add(FinanceAllocationCommands.Unallocate());
        verb.Subcommands.Add(FinanceAllocationCommands.Reject());
        verb.Subcommands.Add(FinanceAllocationCommands.Confirm());
        return verb;
    }

    private static Verb CreateRequests()
    {
        var filters = new FinanceFilters(Enum.GetNames<AccountOutcome>(), withBand: true);
        var asOf = AsOf();
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "requests",
            "Payment requests with amounts, dates, reconciliation and what is due.",
            "planning finance list requests --as-of 2021-03-31",
            "planning finance list requests --currency EUR --band 31-60 --at-least 5000",
            "planning finance list requests --partner P-1013 --format csv"
        )
        {
            asOf,
            format,
        };
        filters.AddTo(verb);
        verb.SetHandler(invocation =>
        {
            var (desk, night) = Open(invocation, asOf);
            var filter = filters.Of(invocation, night);
            var totals = new ListingTotals();
            var lines = desk.Requests(night)
                .Where(filter.Includes)
                .Select(line =>
                {
                    totals.Add(line);
                    return line;
                });
            FinanceText.Write(
                invocation.Out,
                invocation.Error,
                invocation.Parsed.GetValue(format),
                night,
                lines,
                () => Balanced(totals, night, filter, requests: true)
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreatePayments()
    {
        var filters = new FinanceFilters(Enum.GetNames<PaymentOutcome>(), withBand: false);
        var asOf = AsOf();
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "payments",
            "Payments with the request that each is for.",
            "planning finance list payments --as-of 2021-03-31",
            "planning finance list payments --outcome Unmatched --currency EUR --format csv"
        )
        {
            asOf,
            format,
        };
        filters.AddTo(verb);
        verb.SetHandler(invocation =>
        {
            var (desk, night) = Open(invocation, asOf);
            var filter = filters.Of(invocation, night);
            var totals = new ListingTotals();
            var lines = desk.Payments(night)
                .Where(filter.Includes)
                .Select(line =>
                {
                    totals.Add(line);
                    return line;
                });
            FinanceText.Write(
                invocation.Out,
                invocation.Error,
                invocation.Parsed.GetValue(format),
                night,
                lines,
                () => Balanced(totals, night, filter, requests: false)
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateAgeing()
    {
        var asOf = AsOf();
        var by = new Option<string?>("--by")
        {
            HelpName = "band|partner",
            Description = "Only by currency and band, or by partner, too (default: band).",
        };
        by.OneOf(["band", "partner"]);
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "ageing",
            "What is due, by currency and by how long it is overdue.",
            "planning finance ageing --as-of 2021-03-31",
            "planning finance ageing --as-of 2021-03-31 --by partner --format csv"
        )
        {
            asOf,
            by,
            format,
        };
        verb.SetHandler(invocation =>
        {
            var (desk, night) = Open(invocation, asOf);
            var ageing = new Ageing(night);
            foreach (var line in desk.Requests(night))
            {
                ageing.Add(line);
            }

            var byPartner = string.Equals(
                invocation.Parsed.GetValue(by),
                "partner",
                StringComparison.OrdinalIgnoreCase
            );
            FinanceText.WriteAgeing(
                invocation.Out,
                invocation.Parsed.GetValue(format),
                night,
                byPartner ? ageing.ByPartner : ageing.ByCurrency
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static Verb CreateChanges()
    {
        var from = Dates.Option("--from", "The night to compare with.");
        var to = Dates.Option("--to", "The later night.");
        from.Required = to.Required = true;
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "changes",
            "From which outcome to which requests and payments came between two nights, and the money that moved.",
            "planning finance changes --from 2021-02-28 --to 2021-03-31"
        )
        {
            from,
            to,
            format,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetValue(from) is { } first && result.GetValue(to) is { } second && first >= second)
            {
                result.AddError(
                    $"--from is {first.Text()} and --to is {second.Text()}; --from must be the earlier."
                );
            }
        });
        verb.SetHandler(invocation =>
        {
            var (desk, first) = Open(invocation, from);
            var second = desk.Night(invocation.Parsed.GetValue(to));
            FinanceText.WriteChanges(
                invocation.Out,
                invocation.Parsed.GetValue(format),
                first,
                second,
                FinanceChanges.Between(desk, first, second)
            );
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>The totals; those of all lines are the control totals of the night, or the listing fails.</summary>
    private static ListingTotals Balanced(
        ListingTotals totals,
        FinanceNight night,
        LineFilter filter,
        bool requests
    )
    {
        if (filter.IsAll)
        {
            totals.EnsureBalanced(night, requests, payments: !requests);
        }

        return totals;
    }

    /// <summary>The desk, and the night that an option names.</summary>
    public static (FinanceDesk Desk, FinanceNight Night) Open(Invocation invocation, Option<DateOnly?> asOf)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        var desk = invocation.Get<FinanceDesk>();
        return (desk, desk.Night(invocation.Parsed.GetValue(asOf)));
    }

    /// <summary>The option that names a night.</summary>
    public static Option<DateOnly?> AsOf() =>
        Dates.AsOf("The business date of the night (default: that of the last nightly run).");
}
