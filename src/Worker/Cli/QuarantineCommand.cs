using System.CommandLine;
using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning quarantine</c>: the customers that the latest run set aside, and deciding one of them again.</summary>
internal static class QuarantineCommand
{
    public static Command Create()
    {
        var verb = new Verb(
            "quarantine",
            "The customers that cannot be decided: who they are, what is to blame, and deciding one again.",
            "planning quarantine list",
            "planning quarantine show C-00042",
            "planning quarantine retry C-00042"
        );
        verb.Subcommands.Add(CreateList());
        verb.Subcommands.Add(CreateShow());
        verb.Subcommands.Add(CreateRetry());
        return verb;
    }

    private static Verb CreateList()
    {
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "list",
            "The customers in quarantine now, since when, and the fact, rule or parameter to blame.",
            "planning quarantine list",
            "planning quarantine list --format csv"
        )
        {
            format,
        };
        verb.SetHandler(invocation => List(invocation, invocation.Parsed.GetValue(format)));
        return verb;
    }

    private static Verb CreateShow()
    {
        var customer = Customer();
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "show",
            "Every night that set a customer aside, and which of its decisions stay meanwhile.",
            "planning quarantine show C-00042"
        )
        {
            customer,
            format,
        };
        verb.SetHandler(invocation =>
            Show(invocation, invocation.Parsed.GetRequiredValue(customer), invocation.Parsed.GetValue(format))
        );
        return verb;
    }

    private static Verb CreateRetry()
    {
        var customer = Customer();
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "retry",
            "Decide a customer now that the latest run set aside, for that run's date and with its policy pack.",
            "planning quarantine retry C-00042"
        )
        {
            customer,
            format,
        };
        verb.SetHandler(invocation =>
            Retry(
                invocation,
                invocation.Parsed.GetRequiredValue(customer),
                invocation.Parsed.GetValue(format)
            )
        );
        return verb;
    }

    private static Argument<string> Customer() => new("customer") { Description = "The customer's id." };

    private static ExitCode List(Invocation invocation, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        var run = Quarantine.LatestRun(store);
        var entries = run is null ? [] : store.Quarantine.Of(run.RunId);
        switch (format)
        {
            case Format.Json:
                invocation.Out.WriteJson(
                    new
                    {
                        run?.RunId,
                        run?.Job,
                        run?.BusinessDate,
                        Customers = entries.Select(Row),
                    }
                );
                break;
            case Format.Csv:
                invocation.Out.WriteCsv("customer_id", "since", "fact", "rule", "parameter", "error");
                foreach (var (customer, since) in entries)
                {
                    invocation.Out.WriteCsv(
                        customer.CustomerId,
                        since.Text(),
                        customer.Fact ?? "",
                        customer.RuleCode ?? "",
                        customer.Parameter ?? "",
                        customer.Error
                    );
                }

                break;
            case Format.Text:
                WriteList(invocation.Out, run, entries);
                break;
        }

        return ExitCode.Done;
    }

    private static void WriteList(TextWriter output, Run? run, IReadOnlyList<QuarantineEntry> entries)
    {
        if (run is null)
        {
            output.WriteLine("No run is completed yet, so no customer is in quarantine.");
            return;
        }

        var of = Invariant($"run {run.RunId} '{run.Job}' for {run.BusinessDate:yyyy-MM-dd}");
        if (entries.Count == 0)
        {
            output.WriteLine($"No customer is in quarantine: {of} decided everyone.");
            return;
        }

        output.WriteLine(Invariant($"Customers in quarantine, {entries.Count} after {of}:"));
        var table = new Table("  ", "customer", "since", "fact", "rule", "parameter");
        foreach (var (customer, since) in entries)
        {
            table.Add(
                customer.CustomerId,
                since.Text(),
                customer.Fact ?? "",
                customer.RuleCode ?? "",
                customer.Parameter ?? ""
            );
        }

        table.WriteTo(output);
        output.WriteLine();
        foreach (var (customer, _) in entries)
        {
            output.WriteLine($"  {customer.CustomerId}: {customer.Error}");
        }

        output.WriteLine();
        output.WriteLine(
            $"Mend the facts and import them. The next night decides these customers; to decide one now: planning quarantine retry {entries[0].Customer.CustomerId}"
        );
    }

    private static object Row(QuarantineEntry entry) =>
        new
        {
            entry.Customer.CustomerId,
            entry.Since,
            entry.Customer.Fact,
            Rule = entry.Customer.RuleCode,
            entry.Customer.Parameter,
            entry.Customer.Error,
        };

    private static ExitCode Show(Invocation invocation, string customerId, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        var nights = store.Quarantine.NightsOf(customerId);
        var now = Quarantine
            .Now(store)
            .FirstOrDefault(e => string.Equals(e.Customer.CustomerId, customerId, StringComparison.Ordinal));
        var stored = store.Facts.ReadCustomer(customerId);
        if (stored is null && nights.Count == 0)
        {
            throw new PlanningException($"No customer has the id '{customerId}'.");
        }

        switch (format)
        {
            case Format.Json:
                invocation.Out.WriteJson(
                    new
                    {
                        CustomerId = customerId,
                        IsInQuarantine = now is not null,
                        now?.Since,
                        Nights = nights,
                        Decisions = stored?.Decisions ?? [],
                    }
                );
                break;
            case Format.Csv:
                invocation.Out.WriteCsv(
                    "customer_id",
                    "business_date",
                    "job",
                    "fact",
                    "rule",
                    "parameter",
                    "retried_at",
                    "error"
                );
                foreach (var night in nights)
                {
                    invocation.Out.WriteCsv(
                        customerId,
                        night.BusinessDate.Text(),
                        night.Job,
                        night.Fact ?? "",
                        night.RuleCode ?? "",
                        night.Parameter ?? "",
                        Instant(night.RetriedAt),
                        night.Error
                    );
                }

                break;
            case Format.Text:
                WriteCustomer(invocation.Out, customerId, now, nights, stored);
                break;
        }

        return ExitCode.Done;
    }

    private static void WriteCustomer(
        TextWriter output,
        string customerId,
        QuarantineEntry? now,
        IReadOnlyList<QuarantineNight> nights,
        StoredCustomer? stored
    )
    {
        if (now is null)
        {
            output.WriteLine($"Customer {customerId} is not in quarantine.");
        }
        else
        {
            output.WriteLine($"Customer {customerId} is in quarantine since {now.Since.Text()}.");
            output.WriteLine($"  {now.Customer.Error}");
            var blame = new Table("  ");
            foreach (
                var (what, which) in new[]
                {
                    ("fact", now.Customer.Fact),
                    ("rule", now.Customer.RuleCode),
                    ("parameter", now.Customer.Parameter),
                }
            )
            {
                if (which is not null)
                {
                    blame.Add(what, which);
                }
            }

            blame.WriteTo(output);
        }

        output.WriteLine();
        if (nights.Count > 0)
        {
            WriteNights(output, nights);
        }

        if (now is not null && stored is { Decisions.Count: > 0 })
        {
            WriteKept(output, stored.Decisions);
        }

        if (now is not null)
        {
            output.WriteLine(
                $"Mend what is to blame. The next night decides the customer; to decide it now: planning quarantine retry {customerId}"
            );
        }
    }

    private static void WriteNights(TextWriter output, IReadOnlyList<QuarantineNight> nights)
    {
        output.WriteLine("Nights that set it aside:");
        var table = new Table("  ", "run", "job", "business date", "to blame", "decided again")
        {
            Right = [0],
        };
        foreach (var night in nights)
        {
            table.Add(
                Invariant($"{night.RunId}"),
                night.Job,
                night.BusinessDate.Text(),
                string.Join(", ", new[] { night.Fact, night.RuleCode, night.Parameter }.OfType<string>()),
                Instant(night.RetriedAt)
            );
        }

        table.WriteTo(output);
        output.WriteLine();
    }

    private static void WriteKept(TextWriter output, IReadOnlyList<StoredDecision> decisions)
    {
        output.WriteLine("Decisions that stay, as last decided:");
        var table = new Table("  ", "rule set", "subject", "id", "outcome", "codes", "details");
        foreach (var decision in decisions)
        {
            table.Add(
                decision.RuleSet.Text(),
                decision.Subject.Text(),
                decision.SubjectId,
                decision.Outcome,
                decision.Codes,
                decision.Details
            );
        }

        table.WriteTo(output);
        output.WriteLine();
    }

    private static ExitCode Retry(Invocation invocation, string customerId, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        var report = invocation.Get<QuarantineRetry>().Retry(customerId);
        switch (format)
        {
            case Format.Json:
                invocation.Out.WriteJson(
                    new
                    {
                        report.CustomerId,
                        report.Run.RunId,
                        report.Run.BusinessDate,
                        IsDecided = report.StillSetAside is null,
                        report.StillSetAside?.Error,
                        report.Tally,
                    }
                );
                break;
            case Format.Csv:
                invocation.Out.WriteCsv("customer_id", "run", "business_date", "result", "error");
                invocation.Out.WriteCsv(
                    report.CustomerId,
                    Invariant($"{report.Run.RunId}"),
                    report.Run.BusinessDate.Text(),
                    report.StillSetAside is null ? "decided" : "set aside",
                    report.StillSetAside?.Error ?? ""
                );
                break;
            case Format.Text:
                WriteRetry(invocation.Out, report);
                break;
        }

        return report.StillSetAside is null ? ExitCode.Done : ExitCode.DoneWithRejects;
    }

    private static void WriteRetry(TextWriter output, RetryReport report)
    {
        var run = report.Run;
        if (report.StillSetAside is { } still)
        {
            output.WriteLine(
                $"Customer {report.CustomerId} still cannot be decided for {run.BusinessDate.Text()}, and stays in quarantine: {still.Error}"
            );
            return;
        }

        output.WriteLine(
            Invariant(
                $"Customer {report.CustomerId}, in quarantine since {report.Since:yyyy-MM-dd}, is decided for {run.BusinessDate:yyyy-MM-dd}; run {run.RunId} counts it now. To see its totals: planning runs show {run.RunId}"
            )
        );
        var table = new Table("  ", "decisions", "new", "changed", "ended") { Right = [1, 2, 3] };
        foreach (var (ruleSet, change) in report.Tally.Changes)
        {
            table.Add(
                ruleSet.Text(),
                Invariant($"{change.Decided}"),
                Invariant($"{change.Changed}"),
                Invariant($"{change.Ended}")
            );
        }

        table.WriteTo(output);
    }

    private static string Instant(DateTimeOffset? instant) =>
        instant?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
