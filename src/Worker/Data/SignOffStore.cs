namespace PlanningServices.Worker.Data;

/// <summary>The sign-offs of figures, and what became of them. They are only added to.</summary>
internal sealed class SignOffStore(DatabaseConnection connection)
{
    /// <summary>All sign-offs, the first first.</summary>
    public IReadOnlyList<SignOff> Read() =>
        [.. connection.Query<Row>("sign_offs").Select(r => r.ToSignOff())];

    /// <summary>The sign-off of a run that was not reopened; null where there is none.</summary>
    public SignOff? StandingOf(long runId) => Read().LastOrDefault(s => s.IsStanding && s.RunId == runId);

    /// <summary>What the figures of a sign-off consist of.</summary>
    public IReadOnlyList<SignOffPart> Parts(long signOffNo) =>
        connection.Query<SignOffPart>("sign_off_parts", new { signOffNo });

    /// <summary>Adds a sign-off with its parts, within a transaction.</summary>
    public void Add(SignOff signOff, IReadOnlyList<SignOffPart> parts)
    {
        connection.Execute(
            "insert_sign_off",
            new
            {
                signOffNo = signOff.SignOffNo,
                businessDate = signOff.BusinessDate,
                runId = signOff.RunId,
                packHash = signOff.PackHash,
                knowledgePoint = signOff.KnowledgePoint,
                lastAction = signOff.LastAction,
                contentHash = signOff.ContentHash,
                by = signOff.Prepared.By,
                account = signOff.Prepared.Account,
                at = signOff.Prepared.At,
            }
        );
        foreach (var part in parts)
        {
            connection.Execute(
                "insert_sign_off_part",
                new
                {
                    signOffNo = signOff.SignOffNo,
                    part = part.Part,
                    lines = part.Lines,
                    hash = part.Hash,
                    content = part.Content,
                }
            );
        }
    }

    public void Approve(long signOffNo, SignOffStep step) => Add(signOffNo, "Approved", step);

    public void Reopen(long signOffNo, SignOffStep step) => Add(signOffNo, "Reopened", step);

    private void Add(long signOffNo, string name, SignOffStep step) =>
        connection.Execute(
            "insert_sign_off_step",
            new
            {
                signOffNo,
                step = name,
                reason = step.Reason,
                by = step.By,
                account = step.Account,
                at = step.At,
            }
        );

    private sealed record Row
    {
        public long SignOffNo { get; init; }
        public DateOnly BusinessDate { get; init; }
        public long RunId { get; init; }
        public required string PackHash { get; init; }
        public long KnowledgePoint { get; init; }
        public long LastAction { get; init; }
        public required string ContentHash { get; init; }
        public required string ByName { get; init; }
        public required string ByAccount { get; init; }
        public DateTimeOffset At { get; init; }
        public string? ApprovedBy { get; init; }
        public string? ApprovedAccount { get; init; }
        public DateTimeOffset? ApprovedAt { get; init; }
        public string? ReopenedBy { get; init; }
        public string? ReopenedAccount { get; init; }
        public DateTimeOffset? ReopenedAt { get; init; }
        public string? ReopenedBecause { get; init; }

        public SignOff ToSignOff() =>
            new(
                SignOffNo,
                BusinessDate,
                RunId,
                PackHash,
                KnowledgePoint,
                LastAction,
                ContentHash,
                new(ByName, ByAccount, At),
                ApprovedBy is null ? null : new(ApprovedBy, ApprovedAccount!, ApprovedAt!.Value),
                ReopenedBy is null
                    ? null
                    : new(ReopenedBy, ReopenedAccount!, ReopenedAt!.Value, ReopenedBecause)
            );
    }
}

/// <summary>Two people's word that the figures of a business date are right.</summary>
/// <param name="SignOffNo">Its number, from 1.</param>
/// <param name="BusinessDate">The date.</param>
/// <param name="RunId">The run whose figures they are.</param>
/// <param name="PackHash">The policy pack of the run.</param>
/// <param name="KnowledgePoint">The last import that the run knew.</param>
/// <param name="LastAction">The last action on exceptions that counts; 0 for none.</param>
/// <param name="ContentHash">SHA-256 of the canonical text.</param>
/// <param name="Prepared">Who prepared it.</param>
/// <param name="Approved">Who approved it; absent while it waits.</param>
/// <param name="Reopened">Who reopened it, and why; absent while it stands.</param>
internal sealed record SignOff(
    long SignOffNo,
    DateOnly BusinessDate,
    long RunId,
    string PackHash,
    long KnowledgePoint,
    long LastAction,
    string ContentHash,
    SignOffStep Prepared,
    SignOffStep? Approved = null,
    SignOffStep? Reopened = null
)
{
    /// <summary>Whether nobody reopened it; it may still wait for its approval.</summary>
    public bool IsStanding => Reopened is null;

    /// <summary>What became of it, in a word.</summary>
    public string State =>
        Reopened is not null ? "reopened"
        : Approved is not null ? "signed off"
        : "waits for approval";
}

/// <summary>A step of a sign-off.</summary>
/// <param name="By">Who did it.</param>
/// <param name="Account">The account of the operating system, or <c>NAME@console</c> of who signed in.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why, where a reason is asked for.</param>
internal sealed record SignOffStep(string By, string Account, DateTimeOffset At, string? Reason = null);

/// <summary>A part of the canonical text of a sign-off.</summary>
internal sealed record SignOffPart
{
    /// <summary><c>totals</c>, <c>requests</c>, <c>payments</c> or <c>exceptions</c>.</summary>
    public required string Part { get; init; }

    public required long Lines { get; init; }

    /// <summary>SHA-256 of its text.</summary>
    public required string Hash { get; init; }

    /// <summary>The text itself, of totals and exceptions; absent for listings.</summary>
    public string? Content { get; init; }
}
