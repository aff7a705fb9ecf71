namespace PlanningServices.Worker.Data;

/// <summary>When customers and partners are to be decided again, and whom an ordinary night decides.</summary>
internal sealed class ReviewStore(DatabaseConnection connection)
{
    /// <summary>
    /// Why a night must decide everyone; null where it need not. Only after a completed night can it be said of anyone that it
    /// keeps its decisions: whatever else ran since may have written others.
    /// </summary>
    /// <param name="previous">The run begun last, if there is one.</param>
    /// <param name="packHash">The pack of the night.</param>
    /// <param name="plan">How it would be begun.</param>
    public string? WhyFull(Run? previous, string packHash, NightPlan plan) =>
        plan.IsFull ? "it was asked for"
        : previous is null ? "no night ran before"
        : previous.Job != plan.Job || !RunStore.IsCompleted(previous.Status)
            ? $"run {previous.RunId} '{previous.Job}' came between, {Text(previous)}"
        : previous.RulesHash != plan.RulesHash ? $"run {previous.RunId} decided by other rules"
        : previous.PackHash != packHash ? $"run {previous.RunId} had another policy pack"
        : !AreAsLeftBy(previous) ? $"the reviews are not as run {previous.RunId} left them"
        : null;

    /// <summary>Fixes who is due in a new run, and who is decided again to see that nothing changes.</summary>
    /// <param name="run">The run.</param>
    /// <param name="previous">The completed night before.</param>
    /// <param name="plan">Says how many are to be audited.</param>
    public void Fix(Run run, Run previous, NightPlan plan)
    {
        connection.ExecuteLong("forget_due", new { runId = run.RunId });
        connection.ExecuteLong(
            "insert_due",
            new
            {
                runId = run.RunId,
                previousRunId = previous.RunId,
                date = run.BusinessDate,
                known = previous.KnowledgePoint,
            }
        );
        connection.ExecuteLong(
            "insert_due_partners",
            new
            {
                runId = run.RunId,
                previousRunId = previous.RunId,
                date = run.BusinessDate,
                known = previous.KnowledgePoint,
            }
        );
        var since = new { known = previous.KnowledgePoint };
        if (connection.Scalar<long>("partner_facts_imported", since) > 0)
        {
            connection.ExecuteLong(
                "insert_due_by_partners",
                new { runId = run.RunId, known = previous.KnowledgePoint }
            );
        }

        Audit(RunPhase.Customers, "customer_count");
        Audit(RunPhase.Partners, "partner_count");

        void Audit(RunPhase phase, string all) =>
            connection.ExecuteLong(
                "insert_audit",
                new
                {
                    runId = run.RunId,
                    phase = phase.ToString(),
                    count = plan.Audited(connection.Scalar<long>(all)),
                }
            );
    }

    /// <summary>How many customers are due in a run, those of its audit among them.</summary>
    public long CountDue(long runId) =>
        connection.Scalar<long>("due_count", new { runId, phase = nameof(RunPhase.Customers) });

    /// <summary>Whether the reviews are as a run left them.</summary>
    public bool AreAsLeftBy(Run run) => run.ReviewMark == Mark();

    /// <summary>Keeps with a run how it leaves the reviews.</summary>
    public void KeepMark(long runId) => connection.Execute("set_review_mark", new { runId, mark = Mark() });

    private string Mark() => connection.Scalar<string>("review_mark")!;

    private static string Text(Run run) =>
        RunStore.IsCompleted(run.Status) ? "completed" : run.Status.ToString().ToLowerInvariant();
}

/// <summary>How a night would be begun.</summary>
/// <param name="Job">The job that keeps reviews.</param>
/// <param name="RulesHash">Stands for the rules of the program.</param>
/// <param name="IsFull">Whether everyone is to be decided, due or not.</param>
/// <param name="AuditShare">The share of all customers, and of all partners, that is decided again although not due, 0 to 1.</param>
/// <param name="CarryOver">
/// The control totals that those not due bring along, as the run understands them: what the night before counted, without the share of
/// those that are due.
/// </param>
internal sealed record NightPlan(
    string Job,
    string RulesHash,
    bool IsFull,
    decimal AuditShare,
    Func<Run, StoredTotals, string> CarryOver
)
{
    /// <summary>So many customers, and so many partners, are audited however few there are.</summary>
    public const int AlwaysAudited = 20;

    /// <summary>How many of so many customers or partners are audited; none if the share is 0.</summary>
    public int Audited(long all) =>
        AuditShare == 0m ? 0 : Math.Max(AlwaysAudited, (int)Math.Ceiling(all * AuditShare));
}

/// <summary>Why a customer or a partner is decided on an ordinary night. The numbers are those in the database.</summary>
internal enum DueReason
{
    /// <summary>The night before set it aside.</summary>
    Quarantined = 1,

    /// <summary>Its next review has come.</summary>
    ByDate = 2,

    /// <summary>Facts of its own were imported since, or such as may match its invoices.</summary>
    ByTheirFacts = 3,

    /// <summary>Facts were imported since about a partner that it has to do with.</summary>
    ByPartnerFacts = 4,

    /// <summary>It has no review yet.</summary>
    New = 5,

    /// <summary>It is not due; nothing may change.</summary>
    Audit = 6,
}
