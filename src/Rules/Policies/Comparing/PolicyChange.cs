namespace PlanningServices.Rules.Policies.Comparing;

/// <summary>One way in which a pack differs from another.</summary>
/// <param name="Part">The part of the pack.</param>
/// <param name="What">What differs, such as <c>payment.window_days</c> or <c>rate for SE, 5 days</c>.</param>
/// <param name="Old">What it was; absent where it was not there.</param>
/// <param name="New">What it is; absent where it is there no longer.</param>
/// <param name="From">The first date on which it differs; absent for what has no dates.</param>
/// <param name="To">The last such date, inclusive; absent where there is no end.</param>
public sealed record PolicyChange(
    PolicyPart Part,
    string What,
    string? Old,
    string? New,
    DateOnly? From = null,
    DateOnly? To = null
)
{
    /// <summary>The change as it is printed, such as <c>payment.window_days: 60 -> 90 from 2022-03-01</c>.</summary>
    public override string ToString() =>
        $"{What}: {Change}"
        + (From is { } from ? $" from {TextFormat.Of(from)}" : "")
        + (To is { } to ? $" to {TextFormat.Of(to)}" : "");

    private string Change =>
        (Old, New, From) switch
        {
            (null, null, _) => "changed",
            (null, "", _) => "added",
            ("", null, _) => "removed",
            (null, _, null) => $"added, {New}",
            (_, null, null) => $"removed, was {Old}",
            (_, _, _) => $"{Old ?? "none"} -> {New ?? "none"}",
        };
}

/// <summary>The parts of a pack that are compared.</summary>
public enum PolicyPart
{
    /// <summary>The numbers and dates.</summary>
    Parameters,

    /// <summary>The catalogue.</summary>
    Engagements,

    /// <summary>What partners must hold.</summary>
    Requirements,

    /// <summary>What the programme pays.</summary>
    Rates,

    /// <summary>The rules that the pack brings.</summary>
    Rules,

    /// <summary>The examples; they decide nothing.</summary>
    Scenarios,
}
