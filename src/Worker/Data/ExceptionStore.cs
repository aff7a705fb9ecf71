using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Data;

/// <summary>What exceptions follow from, and what people did about them. The latter is only added to.</summary>
internal sealed class ExceptionStore(DatabaseConnection connection)
{
    /// <summary>
    /// The changes that begin and end exceptions, up to a run: by subject, then in the order in which they came, one at a time.
    /// </summary>
    /// <param name="runId">The run.</param>
    /// <param name="after">Only those of the subjects after this one; of all, if absent.</param>
    public IEnumerable<ExceptionChange> Changes(long runId, ExceptionKey? after = null)
    {
        foreach (var subject in new[] { SubjectType.PaymentRequest, SubjectType.Payment })
        {
            if (after is null || subject >= after.Subject)
            {
                using var rows = connection.Prepare("exception_changes");
                rows.Bind("runId", runId);
                rows.Bind("subjectType", SqlText.Of(subject));
                rows.Bind("after", after is not null && after.Subject == subject ? after.Id : "");
                while (rows.Read())
                {
                    yield return Change(rows);
                }
            }
        }
    }

    /// <summary>Those of the payment request and the payment with an id.</summary>
    /// <inheritdoc cref="Changes"/>
    public IEnumerable<ExceptionChange> ChangesOf(long runId, string id)
    {
        using var rows = connection.Prepare("exception_changes_of");
        rows.Bind("runId", runId);
        rows.Bind("id", id);
        while (rows.Read())
        {
            yield return Change(rows);
        }
    }

    /// <summary>What people did, the first first.</summary>
    /// <param name="lastAction">The last action to read.</param>
    public IReadOnlyList<ExceptionAction> Actions(long lastAction = long.MaxValue) =>
        [.. connection.Query<Row>("exception_actions", new { lastAction }).Select(r => r.ToAction())];

    /// <summary>Adds an action, which is the next one.</summary>
    public void Add(ExceptionAction action) =>
        connection.Execute(
            "insert_exception_action",
            new
            {
                actionNo = action.ActionNo,
                subjectType = SqlText.Of(action.Subject),
                subjectId = action.SubjectId,
                sinceRun = action.SinceRun,
                runId = action.RunId,
                action = action.Action.ToString(),
                owner = action.Owner,
                comment = action.Comment,
                by = action.By,
                account = action.Account,
                at = action.At,
            }
        );

    private static ExceptionChange Change(Statement row) =>
        new(
            SqlText.ToSubject(row.Int(0)),
            row.Text(1),
            SqlText.ToRuleSet(row.Int(2)),
            row.Number(3),
            row.Date(4),
            (ChangeKind)row.Int(5),
            row.RepeatedText(6),
            row.RepeatedText(7),
            row.Text(8)
        );

    private sealed record Row
    {
        public long ActionNo { get; init; }
        public int SubjectType { get; init; }
        public required string SubjectId { get; init; }
        public long SinceRun { get; init; }
        public long RunId { get; init; }
        public required string Action { get; init; }
        public string? Owner { get; init; }
        public string? Comment { get; init; }
        public required string ByName { get; init; }
        public required string ByAccount { get; init; }
        public DateTimeOffset At { get; init; }

        public ExceptionAction ToAction() =>
            new(
                ActionNo,
                SqlText.ToSubject(SubjectType),
                SubjectId,
                SinceRun,
                RunId,
                Enum.Parse<ExceptionVerb>(Action),
                Owner,
                Comment,
                ByName,
                ByAccount,
                At
            );
    }
}

/// <summary>The place of an exception in their order: payment requests, then payments, each by their ids.</summary>
internal sealed record ExceptionKey(SubjectType Subject, string Id);

/// <summary>A change of a decision on a payment request or a payment.</summary>
/// <param name="Subject">Payment request, or payment.</param>
/// <param name="SubjectId">Its id.</param>
/// <param name="RuleSet"><c>payment</c> or <c>reconciliation</c>.</param>
/// <param name="RunId">The run that decided.</param>
/// <param name="On">Its business date.</param>
/// <param name="Kind">What became of the decision.</param>
/// <param name="Outcome">The outcome; empty where the decision ended.</param>
/// <param name="Codes">The codes joined with <c>;</c>.</param>
/// <param name="Details">The details.</param>
internal readonly record struct ExceptionChange(
    SubjectType Subject,
    string SubjectId,
    RuleSetName RuleSet,
    long RunId,
    DateOnly On,
    ChangeKind Kind,
    string Outcome,
    string Codes,
    string Details
);

/// <summary>What somebody did about an exception.</summary>
internal enum ExceptionVerb
{
    /// <summary>Gave it an owner.</summary>
    Assigned,

    /// <summary>Said something about it.</summary>
    Commented,

    /// <summary>Put it back to where it began.</summary>
    Open,

    /// <summary>Began to work on it.</summary>
    InWork,

    /// <summary>Waits for somebody else.</summary>
    Waiting,

    /// <summary>Said that it may stay as it is.</summary>
    Accepted,

    /// <summary>Said that the next night will not find it any more.</summary>
    Resolved,
}

/// <summary>What somebody did about an exception, and when.</summary>
/// <param name="ActionNo">Its number among all actions, from 1 and without gaps.</param>
/// <param name="Subject">Payment request, or payment.</param>
/// <param name="SubjectId">Its id.</param>
/// <param name="SinceRun">The run that began the exception as it was looked at.</param>
/// <param name="RunId">The night that it was looked at in.</param>
/// <param name="Action">What was done.</param>
/// <param name="Owner">The new owner; only of <see cref="ExceptionVerb.Assigned"/>.</param>
/// <param name="Comment">The comment or the reason, if there is one.</param>
/// <param name="By">Who did it.</param>
/// <param name="Account">The account of the operating system, or <c>NAME@console</c> of who signed in.</param>
/// <param name="At">When.</param>
internal sealed record ExceptionAction(
    long ActionNo,
    SubjectType Subject,
    string SubjectId,
    long SinceRun,
    long RunId,
    ExceptionVerb Action,
    string? Owner,
    string? Comment,
    string By,
    string Account,
    DateTimeOffset At
);
