using System.CommandLine;
using System.Globalization;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning finance suggest, allocate, unallocate, confirm</c>: which payment is for which requests.</summary>
internal static class FinanceAllocationCommands
{
    private const decimal MostTolerance = 1_000_000m;

    public static Verb Suggest()
    {
        var asOf = FinanceCommand.AsOf();
        var payment = new Option<string?>("--payment")
        {
            HelpName = "id",
            Description = "Only for one payment, such as PM-00141.",
        };
        var tolerance = new Option<decimal>("--tolerance")
        {
            HelpName = "amount",
            Description = "How far amounts may differ that are nearly the same (default: 1.00).",
            DefaultValueFactory = _ => 1m,
            CustomParser = argument => Amounts.Parse("--tolerance", argument, from: 0m, MostTolerance),
        };
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "suggest",
            "Which requests each payment may be for that belongs to none, or with a part only. Nothing is allocated.",
            "planning finance suggest --as-of 2021-06-30",
            "planning finance suggest --payment PM-00141",
            "planning finance suggest --format csv"
        )
        {
            asOf,
            payment,
            tolerance,
            format,
        };
        verb.SetHandler(invocation =>
        {
            var (desk, night) = FinanceCommand.Open(invocation, asOf);
            var suggester = new Suggester(
                desk,
                night,
                new SuggestionFacts(desk, night),
                invocation.Parsed.GetValue(tolerance)
            );
            var suggestions = invocation.Parsed.GetValue(payment) is { } id
                ? [Of(desk, night, suggester, id)]
                : suggester.Of(desk.Payments(night)).ToList();
            SuggestionText.Write(invocation.Out, invocation.Parsed.GetValue(format), night, suggestions);
            return ExitCode.Done;
        });
        return verb;
    }

    public static Verb Allocate()
    {
        var (payment, request) = (Payment(), Request());
        var amount = new Argument<decimal>("amount")
        {
            Description = "How much of the payment is for the request, such as 4350.00.",
            CustomParser = argument => Amounts.Parse("The amount", argument, from: 0.01m, Amounts.Most),
        };
        var on = Dates.Option(
            "--on",
            "The business date from which on it counts (default: that of the last nightly run)."
        );
        var (by, reason) = (By(), Reason());
        var verb = new Verb(
            "allocate",
            "Say how much of a payment is for a request. The next night counts it.",
            "planning finance allocate PM-00141 PR-00195 4350.00 --by Ana --reason \"digits of the invoice number swapped\""
        )
        {
            payment,
            request,
            amount,
            on,
            by,
            reason,
        };
        return Entering(
            verb,
            (desk, parsed) =>
                desk.Allocate(
                    parsed.GetRequiredValue(payment),
                    parsed.GetRequiredValue(request),
                    parsed.GetRequiredValue(amount),
                    parsed.GetValue(on),
                    parsed.GetRequiredValue(by),
                    parsed.GetRequiredValue(reason)
                )
        );
    }

    public static Verb Unallocate()
    {
        var (payment, request) = (Payment(), Request());
        var (by, reason) = (By(), Reason());
        var verb = new Verb(
            "unallocate",
            "Take an allocation back, imported or made here. What it was stays known; the next night no longer counts it.",
            "planning finance unallocate PM-00141 PR-00195 --by Ana --reason \"was for another voucher\""
        )
        {
            payment,
            request,
            by,
            reason,
        };
        return Entering(
            verb,
            (desk, parsed) =>
                desk.TakeBack(
                    parsed.GetRequiredValue(payment),
                    parsed.GetRequiredValue(request),
                    parsed.GetRequiredValue(by),
                    parsed.GetRequiredValue(reason)
                )
        );
    }

    public static Verb Reject()
    {
        var (payment, request) = (Payment(), Request());
        var (by, reason) = (By(), Reason());
        var verb = new Verb(
            "reject",
            "Say that a payment is not for a request, so that it is not suggested again. It can still be allocated.",
            "planning finance reject PM-00141 PR-00195 --by Ana --reason \"the partner sent another invoice\""
        )
        {
            payment,
            request,
            by,
            reason,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var rejected = invocation
                .Get<AllocationDesk>()
                .RejectSuggestion(
                    invocation.Parsed.GetRequiredValue(payment),
                    invocation.Parsed.GetRequiredValue(request),
                    invocation.Parsed.GetRequiredValue(by),
                    invocation.Parsed.GetRequiredValue(reason)
                );
            invocation.Out.WriteLine(
                $"Request {rejected.RequestId} is not suggested for payment {rejected.PaymentId} again."
            );
            return ExitCode.Done;
        });
        return verb;
    }

    public static Verb Confirm()
    {
        var number = new Argument<long>("entry")
        {
            Description = "The number of the entry that waits for a second person.",
            CustomParser = argument =>
            {
                var text = argument.Tokens.Single().Value;
                if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var entry))
                {
                    return entry;
                }

                argument.AddError($"The entry is '{text}'; it must be a number such as 7.");
                return 0;
            },
        };
        var by = By();
        var verb = new Verb(
            "confirm",
            "Confirm an allocation, or that one is taken back, as a second person.",
            "planning finance confirm 7 --by Ben"
        )
        {
            number,
            by,
        };
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var (confirmation, confirmed) = invocation
                .Get<AllocationDesk>()
                .Confirm(invocation.Parsed.GetRequiredValue(number), invocation.Parsed.GetRequiredValue(by));
            Report(invocation.Out, confirmed, confirmation);
            return ExitCode.Done;
        });
        return verb;
    }

    public static Verb ListAllocations()
    {
        var asOf = FinanceCommand.AsOf();
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "allocations",
            "Which part of which payment is for which request, who said so, and what waits for a second person.",
            "planning finance list allocations --as-of 2021-06-30",
            "planning finance list allocations --format csv"
        )
        {
            asOf,
            format,
        };
        verb.SetHandler(invocation =>
        {
            var (desk, night) = FinanceCommand.Open(invocation, asOf);
            var entries = desk.Entries();
            AllocationText.Write(
                invocation.Out,
                invocation.Error,
                invocation.Parsed.GetValue(format),
                night,
                desk.Allocations(night),
                [.. entries.Where(e => AllocationDesk.IsWaiting(entries, e))]
            );
            return ExitCode.Done;
        });
        return verb;
    }

    private static PaymentSuggestions Of(FinanceDesk desk, FinanceNight night, Suggester suggester, string id)
    {
        using var lines = desk.Lines(night);
        var payment =
            lines.Payment(id)
            ?? throw new PlanningException(
                $"No payment has the id '{id}' on {night.Date.Text()}.{PlanningServices.Rules.Policies.Spelling.Hint(id, desk.Payments(night).Select(p => p.PaymentId))}",
                ExitCode.Usage
            );
        return suggester.Of([payment]).FirstOrDefault()
            ?? throw new PlanningException(
                $"Payment '{id}' is {payment.Outcome} on {night.Date.Text()}, or all of it was allocated since, so there is nothing to suggest.",
                ExitCode.Usage
            );
    }

    /// <summary>A verb that makes one entry, and says what came of it.</summary>
    private static Verb Entering(Verb verb, Func<AllocationDesk, ParseResult, AllocationEntry> enter)
    {
        verb.SetHandler(invocation =>
        {
            invocation.Get<Migrator>().EnsureCurrent();
            var entry = enter(invocation.Get<AllocationDesk>(), invocation.Parsed);
            Report(invocation.Out, entry, entry);
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>Says what came of it.</summary>
    private static void Report(TextWriter output, AllocationEntry done, AllocationEntry last)
    {
        var what =
            $"{done.Amount.ToString("0.00", CultureInfo.InvariantCulture)} of payment {done.PaymentId} to request {done.RequestId}";
        var number = last.EntryNo.ToString(CultureInfo.InvariantCulture);
        var import = last.ImportId?.ToString(CultureInfo.InvariantCulture);
        output.WriteLine(
            last.NeedsConfirmation
                ? $"Entry {number} waits for somebody other than {last.By}: {Name(done)} {what}. To confirm it: planning finance confirm {number} --by NAME"
            : done.Action == AllocationAction.Withdrawn
                ? $"Entry {number}: withdrawn, {what}. It had not come into the facts."
            : $"Entry {number}, import {import}: {Name(done)} {what}{(done.Action == AllocationAction.Allocated ? $", from {done.AllocatedOn.Text()} on. The next night counts it." : ". The next night no longer counts it.")}"
        );
    }

    private static string Name(AllocationEntry entry) => AllocationStore.Text(entry.Action);

    private static Argument<string> Payment() => new("payment") { Description = "The id of the payment." };

    private static Argument<string> Request() => new("request") { Description = "The id of the request." };

    private static Option<string> By() =>
        new("--by")
        {
            HelpName = "NAME",
            Description = "Who does it.",
            Required = true,
        };

    private static Option<string> Reason() =>
        new("--reason")
        {
            HelpName = "TEXT",
            Description = "Why; it is kept.",
            Required = true,
        };
}
