namespace PlanningServices.Worker.Console;

/// <summary>What somebody may do in the console. Who has any of them may look at all but what a role is named for.</summary>
internal static class Roles
{
    /// <summary>Looks, and does nothing.</summary>
    public const string Viewer = "viewer";

    /// <summary>Starts, resumes, abandons and undoes runs, and retries who is in quarantine.</summary>
    public const string Operator = "operator";

    /// <summary>Sees the figures of all partners, and downloads them.</summary>
    public const string Finance = "finance";

    /// <summary>Activates published policy packs and rolls them back.</summary>
    public const string Author = "author";

    /// <summary>Approves what an author activated.</summary>
    public const string Approver = "approver";

    /// <summary>Adds and disables users, and sees what everybody did.</summary>
    public const string Administrator = "administrator";

    public static IReadOnlyList<string> All { get; } =
    [Viewer, Operator, Finance, Author, Approver, Administrator];

    /// <summary>Those that a program may have, which only looks.</summary>
    public static IReadOnlyList<string> OfPrograms { get; } = [Viewer, Finance];

    /// <summary>The names as one text, each once and in their order.</summary>
    /// <exception cref="PlanningException">There is none, or one is unknown.</exception>
    public static string Join(IEnumerable<string> names, IReadOnlyList<string> known)
    {
        string[] roles = [.. names.Distinct(StringComparer.Ordinal)];
        return roles.Length > 0 && Array.TrueForAll(roles, r => known.Contains(r, StringComparer.Ordinal))
            ? string.Join(' ', known.Where(k => roles.Contains(k, StringComparer.Ordinal)))
            : throw new PlanningException(
                $"The roles are '{string.Join(", ", roles)}'; name at least one of {string.Join(", ", known)}.",
                ExitCode.Usage
            );
    }

    public static string[] Split(string roles) => roles.Split(' ');
}
