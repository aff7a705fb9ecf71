using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Finance;

/// <summary>How far the work on an exception is.</summary>
internal enum ExceptionState
{
    /// <summary>Nobody has begun.</summary>
    Open,

    /// <summary>Somebody works on it.</summary>
    InWork,

    /// <summary>Somebody else must do something first.</summary>
    Waiting,

    /// <summary>It may stay as it is, until its kind, codes or amounts change.</summary>
    Accepted,

    /// <summary>A person says that the next night will not find it; or a night did not find it.</summary>
    Resolved,
}

/// <summary>A payment request or a payment, as its exception shows it. Customer and partner are those of the request.</summary>
/// <param name="Type">Payment request, or payment.</param>
/// <param name="Id">Its id.</param>
/// <param name="InvoiceNumber">Its invoice number.</param>
/// <param name="PartnerId">The partner; absent where a payment is for no request.</param>
/// <param name="PartnerName">Its name.</param>
/// <param name="CustomerId">The customer.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="AtStake">The money that is wrong: paid beyond what is approved, still to be paid, on hold, or paid for no request.</param>
/// <param name="Codes">The codes joined with <c>;</c>.</param>
/// <param name="Sentence">The explanation: the sentence of the first finding.</param>
internal sealed record ExceptionSubject(
    SubjectType Type,
    string Id,
    string InvoiceNumber,
    string? PartnerId,
    string? PartnerName,
    string? CustomerId,
    string Currency,
    decimal AtStake,
    string Codes,
    string Sentence
);

/// <summary>A payment request or a payment whose outcome somebody must look at, as of a night.</summary>
/// <param name="Subject">Which it is.</param>
/// <param name="Kind">Why.</param>
/// <param name="State">How far the work is.</param>
/// <param name="Owner">Who it is assigned to; absent for nobody. Stays when it comes back.</param>
/// <param name="Reason">What was said with its state; absent where nothing was.</param>
/// <param name="Comments">How many comments there are.</param>
/// <param name="OpenedOn">The night that began it.</param>
/// <param name="Number">How often its subject became an exception; 1 for the first time.</param>
/// <param name="AgeDays">Days from then to the night; where it is closed, to the night that did not find it.</param>
/// <param name="KindOn">The night that began its kind.</param>
/// <param name="DueOn">The last day to settle it; absent where the policy pack does not say.</param>
/// <param name="IsLate">Whether that day is past, and it still has to be worked on.</param>
/// <param name="Revision">What <c>--revision</c> takes: another after whatever anybody does about it, and with other figures.</param>
internal sealed record FinanceException(
    ExceptionSubject Subject,
    ExceptionKind Kind,
    ExceptionState State,
    string? Owner,
    string? Reason,
    int Comments,
    DateOnly OpenedOn,
    int Number,
    int AgeDays,
    DateOnly KindOn,
    DateOnly? DueOn,
    bool IsLate,
    string Revision
);

/// <summary>What people did about one subject, and what holds of it for one spell in one night.</summary>
internal sealed record ExceptionWork(
    ExceptionState State,
    string? Owner,
    string? Reason,
    int Comments,
    string Revision
)
{
    /// <summary>Whether it still has to be worked on.</summary>
    public bool IsToDo => IsToDoIn(State);

    public static bool IsToDoIn(ExceptionState state) =>
        state is ExceptionState.Open or ExceptionState.InWork or ExceptionState.Waiting;

    /// <summary>What holds now.</summary>
    /// <param name="spell">The spell.</param>
    /// <param name="runId">The night.</param>
    /// <param name="actions">What people did about its subject, in order.</param>
    public static ExceptionWork Of(
        ExceptionSpell spell,
        long runId,
        IReadOnlyCollection<ExceptionAction> actions
    )
    {
        var state = actions.LastOrDefault(a => a.SinceRun == spell.SinceRun && StateOf(a.Action) is not null);
        // A later night that still finds what somebody said was resolved opens it again.
        var holds = state is not null && (state.Action != ExceptionVerb.Resolved || state.RunId == runId);
        return new(
            spell.ClosedOn is not null ? ExceptionState.Resolved
                : holds ? StateOf(state!.Action)!.Value
                : ExceptionState.Open,
            actions.LastOrDefault(a => a.Owner is not null)?.Owner,
            holds ? state!.Comment : null,
            actions.Count(a => a.Action == ExceptionVerb.Commented),
            FormattableString.Invariant($"{spell.SinceRun}-{actions.LastOrDefault()?.ActionNo ?? 0}")
        );
    }

    private static ExceptionState? StateOf(ExceptionVerb verb) =>
        verb switch
        {
            ExceptionVerb.Assigned or ExceptionVerb.Commented => null,
            ExceptionVerb.Open => ExceptionState.Open,
            ExceptionVerb.InWork => ExceptionState.InWork,
            ExceptionVerb.Waiting => ExceptionState.Waiting,
            ExceptionVerb.Accepted => ExceptionState.Accepted,
            ExceptionVerb.Resolved => ExceptionState.Resolved,
        };
}
