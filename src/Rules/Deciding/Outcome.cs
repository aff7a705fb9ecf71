namespace PlanningServices.Rules.Deciding;

/// <summary>The text of outcomes: their names, looked up once.</summary>
internal static class Outcome<TOutcome>
    where TOutcome : struct, Enum
{
    private static readonly Dictionary<TOutcome, string> Names = Enum.GetValues<TOutcome>()
        .ToDictionary(o => o, o => o.ToString());

    public static string Text(TOutcome outcome) => Names[outcome];
}
