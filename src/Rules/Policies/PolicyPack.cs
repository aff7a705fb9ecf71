using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies;

/// <summary>
/// The dated parameters and tables that rule authors own, checked as a whole when it was read: what one of its
/// members returns is there and well-formed. Nothing in it changes, so it is shared between threads.
/// </summary>
public sealed class PolicyPack
{
    private readonly Dictionary<string, Requirement[]> requirementsOf = [];
    private readonly Dictionary<(string Country, int Days), Rate[]> ratesFor = [];

    /// <summary>The name of its folder, such as <c>planning-services</c>.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, of the relative paths and texts of the files that decide (parameters,
    /// engagements, requirements, rates, rules, tables) in ordinal order of the paths, line ends normalised. Two packs with
    /// the same hash decide alike; scenarios decide nothing, so they do not count.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>All its files, scenarios too, in ordinal order of their paths relative to the pack's folder, with <c>/</c>.</summary>
    public required IReadOnlyList<PackFile> Files { get; init; }

    /// <summary>The numbers and dates.</summary>
    public required Parameters Parameters { get; init; }

    /// <summary>The catalogue of engagements by code.</summary>
    public required IReadOnlyDictionary<string, Engagement> Engagements
    {
        get;
        init
        {
            field = value;
            EngagementsInOrder = [.. value.Values.OrderBy(e => e.Code, StringComparer.Ordinal)];
        }
    }

    /// <summary>The engagements in ordinal order of their codes.</summary>
    internal IReadOnlyList<Engagement> EngagementsInOrder { get; private init; } = [];

    /// <summary>The competency requirements, all engagements and versions.</summary>
    public required IReadOnlyList<Requirement> Requirements
    {
        get;
        init
        {
            field = value;
            requirementsOf = Index(value, r => r.Engagement);
        }
    }

    /// <summary>The rates, all countries, durations and versions.</summary>
    public required IReadOnlyList<Rate> Rates
    {
        get;
        init
        {
            field = value;
            ratesFor = Index(value, r => (r.Country, r.Days));
        }
    }

    /// <summary>The rules that the pack brings, in the order of its files.</summary>
    public IReadOnlyList<PackRule> Rules { get; init; } = [];

    /// <summary>What is noticed in the pack and meant so.</summary>
    public IReadOnlyList<Acknowledgement> Acknowledged { get; init; } = [];

    /// <summary>Named examples that test the pack, in the order of their files.</summary>
    public IReadOnlyList<Scenario> Scenarios { get; init; } = [];

    /// <summary>What stands before the path of a file in a fault.</summary>
    internal string Shown { get; init; } = "";

    /// <summary>A fault in one of the pack's files that shows when more than its text is looked at.</summary>
    /// <param name="path">The file, as in <see cref="Files"/>.</param>
    /// <param name="line">The line, from 1; 0 for the file as a whole.</param>
    /// <param name="message">What is wrong.</param>
    public PolicyFault FaultIn(string path, int line, string message) =>
        new($"{Shown}/{path}", line, message);

    /// <summary>This pack with other parameters or tables.</summary>
    internal PolicyPack With(
        Parameters? parameters = null,
        IReadOnlyDictionary<string, Engagement>? engagements = null,
        IReadOnlyList<Requirement>? requirements = null,
        IReadOnlyList<Rate>? rates = null
    ) =>
        new()
        {
            Name = Name,
            Hash = Hash,
            Files = Files,
            Parameters = parameters ?? Parameters,
            Engagements = engagements ?? Engagements,
            Requirements = requirements ?? Requirements,
            Rates = rates ?? Rates,
            Rules = Rules,
            Acknowledged = Acknowledged,
            Scenarios = Scenarios,
            Shown = Shown,
        };

    /// <summary>The requirement of an engagement in force on a date, or null where there is none.</summary>
    public Requirement? RequirementOf(string engagement, BusinessDate on)
    {
        foreach (var version in requirementsOf.GetValueOrDefault(engagement, []))
        {
            if (version.From <= on && (version.To is null || on <= version.To))
            {
                return version;
            }
        }

        return null;
    }

    /// <summary>The rate for a country and a number of days in force on a date, or null where there is none.</summary>
    public Rate? RateFor(string country, int days, BusinessDate on)
    {
        foreach (var version in ratesFor.GetValueOrDefault((country, days), []))
        {
            if (version.From <= on && (version.To is null || on <= version.To))
            {
                return version;
            }
        }

        return null;
    }

    private static Dictionary<TKey, T[]> Index<TKey, T>(IReadOnlyList<T> items, Func<T, TKey> key)
        where TKey : notnull => items.GroupBy(key).ToDictionary(g => g.Key, g => g.ToArray());
}

/// <summary>One text file of a pack.</summary>
/// <param name="Path">Relative to the pack's folder, with <c>/</c>.</param>
/// <param name="Text">Its content.</param>
public sealed record PackFile(string Path, string Text);

/// <summary>A kind of planning project from the catalogue.</summary>
/// <param name="Code">Key, such as <c>windows-office</c>.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Offering">The offering a partner must be enrolled in.</param>
/// <param name="Durations">The days a voucher for it may have, ascending.</param>
/// <param name="IsCloud">Whether it is a cloud engagement.</param>
public sealed record Engagement(
    string Code,
    string Name,
    string Offering,
    IReadOnlyList<int> Durations,
    bool IsCloud
);

/// <summary>What a partner must hold to deliver an engagement: one of some alternatives, between dates.</summary>
/// <param name="Engagement">The engagement's code.</param>
/// <param name="From">First date it is in force.</param>
/// <param name="To">Last date, inclusive; absent while it has no end.</param>
/// <param name="AnyOf">The alternatives; one is enough.</param>
public sealed record Requirement(
    string Engagement,
    DateOnly From,
    DateOnly? To,
    IReadOnlyList<Alternative> AnyOf
)
{
    /// <summary>Why it is required: the source or the decision behind it.</summary>
    public string Why { get; init; } = "";
}

/// <summary>A competency with the lowest level that qualifies; gold satisfies silver.</summary>
/// <param name="Competency">The competency's name without its level.</param>
/// <param name="MinimumLevel">The lowest level that qualifies.</param>
public sealed record Alternative(string Competency, CompetencyLevel MinimumLevel)
{
    /// <summary>Whether a competency is the one asked for, at the level or above.</summary>
    public bool IsMetBy(PartnerCompetency held) =>
        held.Competency == Competency && held.Level >= MinimumLevel;
}

/// <summary>What the programme pays for an engagement.</summary>
/// <param name="Country">Country of delivery, ISO 3166 alpha-2.</param>
/// <param name="Days">Days of the voucher.</param>
/// <param name="Amount">The amount for all the days, in <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="From">First date it is in force.</param>
/// <param name="To">Last date, inclusive; absent while it has no end.</param>
public sealed record Rate(
    string Country,
    int Days,
    decimal Amount,
    string Currency,
    DateOnly From,
    DateOnly? To
);
