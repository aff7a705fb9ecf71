using PlanningServices.Rules.Policies;

namespace PlanningServices.Worker.Finance;

/// <summary>Which exceptions are wanted; those that have to be worked on, unless it says more.</summary>
internal sealed record ExceptionFilter
{
    /// <summary>All, whatever their state.</summary>
    public static readonly ExceptionFilter All = new() { IsOfAnyState = true };

    public ExceptionKind? Kind { get; init; }
    public ExceptionState? State { get; init; }

    /// <summary>Also those that are accepted or resolved; does not matter where a state is named.</summary>
    public bool IsOfAnyState { get; init; }

    /// <summary>Only those that are assigned to one person.</summary>
    public string? Owner { get; init; }

    /// <summary>Only those that should have been settled.</summary>
    public bool OnlyLate { get; init; }

    public bool Includes(ExceptionKind kind, ExceptionWork work, bool isLate) =>
        (Kind is null || kind == Kind)
        && (State is null ? IsOfAnyState || work.IsToDo : work.State == State)
        && (Owner is null || work.Owner is { } name && Person.IsSame(name, Owner))
        && (isLate || !OnlyLate);
}
