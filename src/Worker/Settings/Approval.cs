namespace PlanningServices.Worker.Settings;

/// <summary>The values of the settings that say who is needed for an approval.</summary>
internal static class Approval
{
    /// <summary>Nobody.</summary>
    public const string No = "false";

    /// <summary>A second person, by whatever name was given.</summary>
    public const string SecondPerson = "true";

    /// <summary>A second person; both have signed in to the console.</summary>
    public const string SignedIn = "SignedIn";

    /// <summary>Whether a setting has a value; it may be written in any case.</summary>
    public static bool Is(string setting, string value) =>
        string.Equals(setting, value, StringComparison.OrdinalIgnoreCase);
}
