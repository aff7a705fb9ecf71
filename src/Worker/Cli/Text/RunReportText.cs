using System.Globalization;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>A run's report as operations and finance read it.</summary>
internal static class RunReportText
{
    public static void Write(TextWriter output, RunReport report)
    {
        output.WriteLine(Headline(report));
        output.WriteLine("  " + Circumstances(report));
        WriteDue(output, report);
        output.WriteLine();
        if (!report.IsComplete && report.Status != RunStatus.Undone)
        {
            output.WriteLine(
                "  It did not come to its end: all figures are those of the customers decided so far."
            );
            output.WriteLine();
        }

        WriteOutcomes(output, report);
        WriteChanges(output, report);
        WriteMoney(output, report.Totals);
        WriteExamples(output, report);
        WriteList(
            output,
            "Known otherwise now than that run knew:",
            report.Corrected.Select(CorrectionText.Of)
        );
        WriteList(
            output,
            "The money that moves:",
            report.MoneyMoved.Select(m =>
                Invariant(
                    $"{m.Currency}: {m.Approved:+#,##0.00;-#,##0.00;0.00} approved, {m.Paid:+#,##0.00;-#,##0.00;0.00} paid, {m.Due:+#,##0.00;-#,##0.00;0.00} due"
                )
            )
        );
        WriteList(
            output,
            "In quarantine; their decisions stay as they were, and count as set aside above:",
            report.Quarantined.Select(q => $"{q.Name}: {q.Error}")
        );
        WriteList(
            output,
            "In quarantine at first, decided again since and counted above:",
            report.Retried.Select(r => Invariant($"{r.Name}, at {r.RetriedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}"))
        );
        WriteList(output, "OUT OF BALANCE; the run has failed:", report.OutOfBalance);
        if (report is { OutOfBalance.Count: > 0, RunId: { } runId })
        {
            output.WriteLine(
                Invariant(
                    $"To decide everyone, once the cause is known: planning runs abandon {runId}, and run the date again"
                )
            );
        }
    }

    /// <summary>Only what changed.</summary>
    public static void WriteShort(TextWriter output, RunReport report)
    {
        output.WriteLine(Headline(report));
        output.WriteLine("  " + Circumstances(report));
        WriteDue(output, report);
        output.WriteLine();
        WriteChanges(output, report);
    }

    public static ExitCode ExitCodeOf(RunReport report) =>
        report switch
        {
            { OutOfBalance.Count: > 0 } => ExitCode.OutOfBalance,
            { Status: RunStatus.CompletedWithErrors } => ExitCode.DoneWithRejects,
            { Status: RunStatus.Completed } => ExitCode.Done,
            _ => ExitCode.Failed,
        };

    /// <summary>How a run stands, in words.</summary>
    public static string Text(RunStatus status, bool hasDied) => hasDied ? "died" : Text(status);

    /// <summary>The command that goes on with a run that stopped; null where there is nothing to go on with.</summary>
    public static string? HowToGoOn(long runId, RunStatus status, bool hasDied) =>
        hasDied || status is RunStatus.Interrupted or RunStatus.Failed
            ? Invariant($"planning runs resume {runId}")
            : null;

    public static string Text(RunStatus status) =>
        status switch
        {
            RunStatus.InProgress => "in progress",
            RunStatus.Interrupted => "interrupted",
            RunStatus.Failed => "failed",
            RunStatus.Completed => "completed",
            RunStatus.CompletedWithErrors => "completed with errors",
            RunStatus.Abandoned => "abandoned",
            RunStatus.Undone => "undone",
        };

    private static string Headline(RunReport report) =>
        report switch
        {
            { WasCompletedBefore: true } => Invariant(
                $"Run {report.RunId} '{report.Job}' for {report.BusinessDate:yyyy-MM-dd} is already completed (finished {report.FinishedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}); nothing was done. To decide again without applying: planning run {report.Job} --as-of {report.BusinessDate:yyyy-MM-dd} --replay"
            ),
            { Mode: RunMode.Apply } => Invariant(
                $"Run {report.RunId} '{report.Job}' for {report.BusinessDate:yyyy-MM-dd}: {Text(report.Status, report.HasDied)}"
            ),
            { Mode: RunMode.DryRun } => Invariant(
                $"Dry run of '{report.Job}' for {report.BusinessDate:yyyy-MM-dd}: nothing was written"
            ),
            _ => Invariant(
                $"Replay of '{report.Job}' for {report.BusinessDate:yyyy-MM-dd}: nothing was written"
            ),
        };

    private static string Circumstances(RunReport report)
    {
        var pack = Invariant($"policy pack {report.PackName} {report.PackHash[..12]}");
        var time = report.Duration is { } duration
            ? Invariant(
                $"; {duration.TotalSeconds:N1} s, {(report.Tally.Vouchers - report.VouchersBefore) / Math.Max(duration.TotalSeconds, 0.001):N0} vouchers/s"
            )
            : "";
        var attempt = report.Attempt > 1 ? Invariant($"; attempt {report.Attempt}") : "";
        var known = report.KnowledgePoint is { } import ? Invariant($"; as known at import {import}") : "";
        var compared = report.ComparedWith is { } run ? Invariant($"; compared with run {run}") : "";
        return $"{Size(report.Tally)}; {pack}{attempt}{known}{compared}{time}";
    }

    private static string Size(Tally tally)
    {
        var customers = $"{Count.Of(tally.Customers, "customer")}, {Count.Of(tally.Vouchers, "voucher")}";
        var partners = Count.Of(tally.Partners, "partner");
        return tally switch
        {
            { Partners: 0 } => customers,
            { Customers: 0 } => partners,
            _ => $"{customers}, {partners}",
        };
    }

    private static void WriteDue(TextWriter output, RunReport report)
    {
        if (report.FullBecause is { } because)
        {
            output.WriteLine($"  Everyone is decided: {because}.");
        }
        else if (report.Tally.Due.Count + report.Tally.DuePartners.Count > 0)
        {
            var (customers, partners) = (report.Tally.Due, report.Tally.DuePartners);
            output.WriteLine(
                $"  Due: {Due(customers, "customer")}, {Due(partners, "partner")}; "
                    + $"{Count.Of(customers.GetValueOrDefault(DueReason.Audit), "customer")} and "
                    + $"{Count.Of(partners.GetValueOrDefault(DueReason.Audit), "partner")} more "
                    + "decided again as an audit. All others keep their decisions."
            );
        }

        static string Due(SortedDictionary<DueReason, long> counts, string whom)
        {
            var due = counts.Where(d => d.Key != DueReason.Audit).ToList();
            var reasons = string.Join(", ", due.Select(d => Invariant($"{d.Value:N0} {Text(d.Key)}")));
            return $"{Count.Of(due.Sum(d => d.Value), whom)}{(due.Count > 0 ? $" ({reasons})" : "")}";
        }
    }

    private static string Text(DueReason reason) =>
        reason switch
        {
            DueReason.Quarantined => "quarantined",
            DueReason.ByDate => "by date",
            DueReason.ByTheirFacts => "by their facts",
            DueReason.ByPartnerFacts => "by partner facts",
            DueReason.New => "new",
            DueReason.Audit => "audit",
        };

    private static void WriteOutcomes(TextWriter output, RunReport report)
    {
        var setAside = report.Totals.SetAside?.Outcomes ?? [];
        string[] header = ["rule set", "subject", "outcome", "count"];
        var table = new Table("  ", setAside.Count > 0 ? [.. header, "set aside"] : header)
        {
            Right = [3, 4],
        };
        foreach (
            var (ruleSet, subject, outcome) in report
                .Totals.Outcomes.Concat(setAside)
                .Select(row => (row.RuleSet, row.Subject, row.Outcome))
                .Distinct()
                .OrderBy(row => row.RuleSet)
                .ThenBy(row => row.Subject)
                .ThenBy(row => row.Outcome, StringComparer.Ordinal)
        )
        {
            string[] cells = [ruleSet.Text(), subject.Text(), outcome, Number(Count(report.Totals.Outcomes))];
            table.Add(setAside.Count > 0 ? [.. cells, Number(Count(setAside))] : cells);

            long Count(IReadOnlyList<OutcomeTotal> rows) =>
                rows.Where(r =>
                        r.RuleSet == ruleSet
                        && r.Subject == subject
                        && string.Equals(r.Outcome, outcome, StringComparison.Ordinal)
                    )
                    .Sum(r => r.Count);
        }

        if (!table.IsEmpty)
        {
            table.WriteTo(output);
            output.WriteLine();
        }
    }

    private static void WriteChanges(TextWriter output, RunReport report)
    {
        var tally = report.Tally;
        var would = report.Mode == RunMode.Apply ? "" : "would be ";
        var changes = tally
            .Changes.Where(c => c.Value.Decided + c.Value.Changed + c.Value.Ended > 0)
            .ToList();
        if (changes.Count == 0)
        {
            output.WriteLine(
                report.Mode == RunMode.Apply ? "  No decision changed." : "  No decision differs."
            );
        }

        var table = new Table("  ", "decisions", would + "new", would + "changed", would + "ended")
        {
            Right = [1, 2, 3],
        };
        foreach (var (ruleSet, change) in changes)
        {
            table.Add(ruleSet.Text(), Number(change.Decided), Number(change.Changed), Number(change.Ended));
        }

        table.WriteTo(output);
        var days = report.Totals.Days;
        if (string.Equals(report.Job, Job.Nightly.Name, StringComparison.Ordinal))
        {
            output.WriteLine(
                Invariant(
                    $"  Days: {tally.DaysReturned:N0} {would}given back, {tally.DaysReversed:N0} {would}reversed; all agreements: {days.Granted:N0} granted, {days.Drawn:N0} drawn, {days.Returned:N0} given back, {days.Removed:N0} removed, balance {days.Balance:N0}."
                )
            );
            if (report.Totals.SetAside is { } aside)
            {
                output.WriteLine(
                    Invariant(
                        $"  Set aside, as last decided: {aside.Days.Granted:N0} granted, {aside.Days.Drawn:N0} drawn, {aside.Days.Returned:N0} given back, {aside.Days.Removed:N0} removed, balance {aside.Days.Balance:N0}."
                    )
                );
            }

            output.WriteLine(Invariant($"  Vouchers with a new status: {tally.StatusesChanged:N0}."));
        }

        output.WriteLine();
    }

    /// <summary>The money of control totals by currency: of requests, of payments, or of both.</summary>
    public static void WriteMoney(
        TextWriter output,
        TotalsSheet totals,
        bool ofRequests = true,
        bool ofPayments = true
    )
    {
        // With customers in quarantine, approved and in are all that is exported, and one column more says what of it
        // is theirs.
        string[] setAside = totals.SetAside is null ? [] : ["+ set aside"];
        var approved = new Table(
            "  ",
            ["requests", "approved", "= paid", "+ still due", "+ partly unpaid", .. setAside, "paid beyond"]
        )
        {
            Right = [1, 2, 3, 4, 5, 6],
        };
        var payments = new Table(
            "  ",
            ["payments", "in", "= matched", "+ unmatched", "+ other currency", .. setAside]
        )
        {
            Right = [1, 2, 3, 4, 5],
        };
        foreach (var money in MoneyBalance.Of(totals))
        {
            approved.Add([
                money.Currency,
                Money(money.Approved + money.SetAside),
                Money(money.PaidAsApproved),
                Money(money.StillDue),
                Money(money.PartlyUnpaid),
                .. setAside.Select(_ => Money(money.SetAside)),
                Money(money.PaidBeyond),
            ]);
            payments.Add([
                money.Currency,
                Money(money.PaymentsIn + money.SetAsidePayments),
                Money(money.Matched),
                Money(money.Unmatched),
                Money(money.Mismatched),
                .. setAside.Select(_ => Money(money.SetAsidePayments)),
            ]);
        }

        Write(approved, ofRequests);
        Write(payments, ofPayments);

        void Write(Table table, bool isWanted)
        {
            if (isWanted && !table.IsEmpty)
            {
                table.WriteTo(output);
                output.WriteLine();
            }
        }
    }

    private static void WriteExamples(TextWriter output, RunReport report) =>
        WriteList(
            output,
            "The first changes:",
            report.Examples.Select(e =>
                e.Kind == ChangeKind.Ended
                    ? $"{e.RuleSet.Text()} of {e.Subject.Text()} {e.SubjectId}: {e.Outcome} ends"
                    : string.Join(
                        ' ',
                        new[]
                        {
                            $"{e.RuleSet.Text()} of {e.Subject.Text()} {e.SubjectId}: {e.Outcome}",
                            e.Codes,
                            e.Details,
                        }.Where(t => t.Length > 0)
                    )
            )
        );

    private static void WriteList(TextWriter output, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
        {
            return;
        }

        output.WriteLine("  " + title);
        foreach (var line in all)
        {
            output.WriteLine("    " + line);
        }

        output.WriteLine();
    }

    private static string Number(long number) => Invariant($"{number:N0}");

    private static string Money(decimal amount) => Invariant($"{amount:N2}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
