using System.Globalization;
using System.Text;

namespace PlanningServices.Worker;

/// <summary>Who does what needs a name, or a second person.</summary>
internal static class Person
{
    private const int LongestName = 100;

    /// <summary>The account of the operating system that runs the program, as user@host.</summary>
    public static string Account => $"{Environment.UserName}@{Environment.MachineName}";

    /// <summary>The account of a user of the console, who signed in.</summary>
    public static string AccountOf(string userName) => $"{userName}@console";

    /// <summary>Whether whoever did something had signed in, by the account that was kept with it.</summary>
    public static bool IsSignedIn(string by, string? account) =>
        string.Equals(account, AccountOf(by), StringComparison.Ordinal);

    /// <summary>The name that somebody gave, without spaces around it.</summary>
    /// <param name="by">What was given.</param>
    /// <param name="option">The option that gave it.</param>
    /// <exception cref="PlanningException">It is no person's name.</exception>
    public static string NameOf(string by, string option = "--by")
    {
        var name = by.Trim();
        return name.Length is > 0 and <= LongestName && !name.Any(char.IsControl) && name.Any(char.IsLetter)
            ? name
            : throw new PlanningException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{option} is '{by}'; it must be a person's name, of at most {LongestName} characters in one line."
                ),
                ExitCode.Usage
            );
    }

    /// <summary>Whether two names are of one person, however they are spaced, capitalised, punctuated or encoded.</summary>
    public static bool IsSame(string one, string other) =>
        string.Equals(Plain(one), Plain(other), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string name) =>
        string.Concat(name.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit));
}
