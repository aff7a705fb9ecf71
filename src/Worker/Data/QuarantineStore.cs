namespace PlanningServices.Worker.Data;

/// <summary>The customers and partners that runs set aside, and what is to blame.</summary>
internal sealed class QuarantineStore(DatabaseConnection connection)
{
    /// <summary>Who is in the quarantine of a run, but for those decided again since.</summary>
    public IReadOnlyList<QuarantineEntry> Of(long runId) =>
        [.. connection.Query<Row>("quarantine", new { runId }).Select(r => r.ToEntry())];

    /// <summary>How many they are.</summary>
    public long Count(long runId) => connection.Scalar<long>("quarantine_count", new { runId });

    /// <summary>Whom a run set aside and who was decided again since.</summary>
    public IReadOnlyList<RetriedCustomer> Retried(long runId) =>
        [
            .. connection
                .Query<RetriedRow>("quarantine_retried", new { runId })
                .Select(r => new RetriedCustomer(
                    Enum.Parse<RunPhase>(r.Phase) == RunPhase.Partners
                        ? $"partner {r.CustomerId}"
                        : r.CustomerId,
                    r.RetriedAt
                )),
        ];

    /// <summary>Every night that set a customer or a partner of that id aside, the latest first.</summary>
    public IReadOnlyList<QuarantineNight> NightsOf(string customerId) =>
        [
            .. connection
                .Query<NightRow>("quarantine_of_customer", new { customerId })
                .Select(n => new QuarantineNight(
                    Enum.Parse<RunPhase>(n.Phase),
                    n.RunId,
                    n.Job,
                    n.BusinessDate,
                    n.Error,
                    n.Fact,
                    n.RuleCode,
                    n.Parameter,
                    n.RetriedAt
                )),
        ];

    /// <summary>Says that who is in quarantine was decided again for the date of the run.</summary>
    public void Release(long runId, QuarantinedCustomer customer, DateTimeOffset now) =>
        connection.Execute(
            "release_from_quarantine",
            new
            {
                runId,
                phase = customer.Phase.ToString(),
                customerId = customer.CustomerId,
                now,
            }
        );

    private sealed record Row
    {
        public required string Phase { get; init; }
        public required string CustomerId { get; init; }
        public required string Error { get; init; }
        public string? Fact { get; init; }
        public string? RuleCode { get; init; }
        public string? Parameter { get; init; }
        public string? SetAside { get; init; }
        public DateOnly Since { get; init; }

        public QuarantineEntry ToEntry() =>
            new(
                new(CustomerId, Error, Fact, RuleCode, Parameter, SetAside, Enum.Parse<RunPhase>(Phase)),
                Since
            );
    }

    private sealed record RetriedRow
    {
        public required string Phase { get; init; }
        public required string CustomerId { get; init; }
        public DateTimeOffset RetriedAt { get; init; }
    }

    private sealed record NightRow
    {
        public required string Phase { get; init; }
        public long RunId { get; init; }
        public required string Job { get; init; }
        public DateOnly BusinessDate { get; init; }
        public required string Error { get; init; }
        public string? Fact { get; init; }
        public string? RuleCode { get; init; }
        public string? Parameter { get; init; }
        public DateTimeOffset? RetriedAt { get; init; }
    }
}

/// <summary>A customer or a partner in quarantine.</summary>
/// <param name="Customer">Who, and why.</param>
/// <param name="Since">The first business date of the row of nights that each set it aside.</param>
internal sealed record QuarantineEntry(QuarantinedCustomer Customer, DateOnly Since);

/// <summary>Who was decided again after a run had set it aside.</summary>
internal sealed record RetriedCustomer(string Name, DateTimeOffset RetriedAt);

/// <summary>A night that set a customer or a partner aside.</summary>
/// <param name="Phase">Which of the two it was.</param>
/// <param name="RunId">The run.</param>
/// <param name="Job">Its job.</param>
/// <param name="BusinessDate">The day it is for.</param>
/// <param name="Error">Why.</param>
/// <param name="Fact">The fact to blame, if it is known.</param>
/// <param name="RuleCode">The finding code of the rule to blame, if one is.</param>
/// <param name="Parameter">The parameter to blame, if one is.</param>
/// <param name="RetriedAt">When it was decided again for that day, if it was.</param>
internal sealed record QuarantineNight(
    RunPhase Phase,
    long RunId,
    string Job,
    DateOnly BusinessDate,
    string Error,
    string? Fact,
    string? RuleCode,
    string? Parameter,
    DateTimeOffset? RetriedAt
);
