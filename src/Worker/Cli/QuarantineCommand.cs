using System.CommandLine;
using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli;

/// <summary><c>planning quarantine</c>: the customers and partners that the latest run set aside, and deciding one of them again.</summary>
internal static class QuarantineCommand
{
    public static Command Create()
    {
        var verb = new Verb(
            "quarantine",
            "The customers and partners that cannot be decided: who they are, what is to blame, and deciding one again.",
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
            "The customers and partners in quarantine now, since when, and the fact, rule or parameter to blame.",
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
        var (customer, isPartner) = (Customer(), IsPartner());
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "show",
            "Every night that set a customer or a partner aside, and which of its decisions stay meanwhile.",
            "planning quarantine show C-00042",
            "planning quarantine show P-1001 --partner"
        )
        {
            customer,
            isPartner,
            format,
        };
        verb.SetHandler(invocation =>
            Show(
                invocation,
                PhaseOf(invocation.Parsed.GetValue(isPartner)),
                invocation.Parsed.GetRequiredValue(customer),
                invocation.Parsed.GetValue(format)
            )
        );
        return verb;
    }

    private static Verb CreateRetry()
    {
        var (customer, isPartner) = (Customer(), IsPartner());
        var format = Formats.OptionWithCsv();
        var verb = new Verb(
            "retry",
            "Decide a customer or a partner now that the latest run set aside, for that run's date and with its policy pack.",
            "planning quarantine retry C-00042",
            "planning quarantine retry P-1001 --partner"
        )
        {
            customer,
            isPartner,
            format,
        };
        verb.SetHandler(invocation =>
            Retry(
                invocation,
                PhaseOf(invocation.Parsed.GetValue(isPartner)),
                invocation.Parsed.GetRequiredValue(customer),
                invocation.Parsed.GetValue(format)
            )
        );
        return verb;
    }

    private static Argument<string> Customer() => new("customer") { Description = "The customer's id." };

    private static Option<bool> IsPartner() =>
        new("--partner") { Description = "The id is that of a partner." };

    private static RunPhase PhaseOf(bool isPartner) => isPartner ? RunPhase.Partners : RunPhase.Customers;

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
                invocation.Out.WriteCsv("customer_id", "since", "fact", "rule", "parameter", "error", "kind");
                foreach (var (customer, since) in entries)
                {
                    invocation.Out.WriteCsv(
                        customer.CustomerId,
                        since.Text(),
                        customer.Fact ?? "",
                        customer.RuleCode ?? "",
                        customer.Parameter ?? "",
                        customer.Error,
                        customer.Kind
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

        output.WriteLine(Invariant($"In quarantine, {entries.Count} after {of}:"));
        var table = new Table("  ", "who", "since", "fact", "rule", "parameter");
        foreach (var (customer, since) in entries)
        {
            table.Add(
                customer.Name,
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
            output.WriteLine($"  {customer.Name}: {customer.Error}");
        }

        output.WriteLine();
        output.WriteLine(
            $"Correct the facts and import them. The next night decides them; to decide one now: {HowToRetry(entries[0].Customer.Phase, entries[0].Customer.CustomerId)}"
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
            entry.Customer.Kind,
        };

    private static string HowToRetry(RunPhase phase, string id) =>
        $"planning quarantine retry {id}{(phase == RunPhase.Partners ? " --partner" : "")}";

    private static ExitCode Show(Invocation invocation, RunPhase phase, string customerId, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        using var store = new Store(invocation.Get<Database>());
        var nights = store.Quarantine.NightsOf(customerId).Where(n => n.Phase == phase).ToList();
        var now = Quarantine
            .Now(store)
            .FirstOrDefault(e =>
                e.Customer.Phase == phase
                && string.Equals(e.Customer.CustomerId, customerId, StringComparison.Ordinal)
            );
        var decisions = DecisionsOf(store, phase, customerId);
        if (decisions is null && nights.Count == 0)
        {
            throw new PlanningException(
                $"No {(phase == RunPhase.Partners ? "partner" : "customer")} has the id '{customerId}'."
            );
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
                        Decisions = decisions ?? [],
                    }
                );
                break;
            case Format.Csv:
                WriteNightsCsv(invocation.Out, customerId, nights);
                break;
            case Format.Text:
                WriteCustomer(invocation.Out, phase, customerId, now, nights, decisions ?? []);
                break;
        }

        return ExitCode.Done;
    }

    /// <summary>The stored decisions of a customer or a partner; null where there is none of that id.</summary>
    private static IReadOnlyList<StoredDecision>? DecisionsOf(Store store, RunPhase phase, string id)
    {
        if (phase == RunPhase.Customers)
        {
            return store.Facts.ReadCustomer(id)?.Decisions;
        }

        var reference = store.Facts.LoadReferenceData();
        return reference.Partner(id) is null ? null : store.Facts.ReadPartner(reference, id).Decisions;
    }

    private static void WriteCustomer(
        TextWriter output,
        RunPhase phase,
        string customerId,
        QuarantineEntry? now,
        List<QuarantineNight> nights,
        IReadOnlyList<StoredDecision> decisions
    )
    {
        var who = $"{(phase == RunPhase.Partners ? "Partner" : "Customer")} {customerId}";
        if (now is null)
        {
            output.WriteLine($"{who} is not in quarantine.");
        }
        else
        {
            output.WriteLine($"{who} is in quarantine since {now.Since.Text()}.");
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

        if (now is not null && decisions.Count > 0)
        {
            WriteKept(output, decisions);
        }

        if (now is not null)
        {
            output.WriteLine(
                $"Correct what is to blame. The next night decides it; to decide it now: {HowToRetry(phase, customerId)}"
            );
        }
    }

    private static void WriteNightsCsv(TextWriter output, string customerId, List<QuarantineNight> nights)
    {
        output.WriteCsv(
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
            output.WriteCsv(
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
    }

    private static void WriteNights(TextWriter output, List<QuarantineNight> nights)
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

    private static ExitCode Retry(Invocation invocation, RunPhase phase, string customerId, Format format)
    {
        invocation.Get<Migrator>().EnsureCurrent();
        var report = invocation.Get<QuarantineRetry>().Retry(phase, customerId);
        switch (format)
        {
            case Format.Json:
                invocation.Out.WriteJson(
                    new
                    {
                        report.Entry.Customer.CustomerId,
                        report.Entry.Customer.Kind,
                        report.Run.RunId,
                        report.Run.BusinessDate,
                        IsDecided = report.StillSetAside is null,
                        report.StillSetAside?.Error,
                        report.Tally,
                    }
                );
                break;
            case Format.Csv:
                invocation.Out.WriteCsv("customer_id", "run", "business_date", "result", "error", "kind");
                invocation.Out.WriteCsv(
                    report.Entry.Customer.CustomerId,
                    Invariant($"{report.Run.RunId}"),
                    report.Run.BusinessDate.Text(),
                    report.StillSetAside is null ? "decided" : "set aside",
                    report.StillSetAside?.Error ?? "",
                    report.Entry.Customer.Kind
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
        var (run, customer) = (report.Run, report.Entry.Customer);
        var who = $"{(customer.Phase == RunPhase.Partners ? "Partner" : "Customer")} {customer.CustomerId}";
        if (report.StillSetAside is { } still)
        {
            output.WriteLine(
                $"{who} still cannot be decided for {run.BusinessDate.Text()}, and stays in quarantine: {still.Error}"
            );
            return;
        }

        output.WriteLine(
            Invariant(
                $"{who}, in quarantine since {report.Entry.Since:yyyy-MM-dd}, is decided for {run.BusinessDate:yyyy-MM-dd}; run {run.RunId} counts it now. To see its totals: planning runs show {run.RunId}"
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
