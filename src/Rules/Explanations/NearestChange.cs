using System.Globalization;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Engine;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Explanations;

/// <summary>The smallest change of one date or one parameter with which a rule set would come to another outcome.</summary>
/// <param name="RuleSet">The rule set.</param>
/// <param name="Outcome">Its outcome as things are.</param>
/// <param name="NewOutcome">Its outcome with the change.</param>
/// <param name="Name">The date or the parameter.</param>
/// <param name="IsParameter">Whether it is a parameter, which would have the value always.</param>
/// <param name="From">Its value as things are.</param>
/// <param name="To">Its value with the change.</param>
/// <param name="Days">By how many days it moves; less than 0 where it becomes earlier or less.</param>
public sealed record NearestChange(
    RuleSetName RuleSet,
    string Outcome,
    string NewOutcome,
    string Name,
    bool IsParameter,
    string From,
    string To,
    int Days
)
{
    /// <summary>How far is searched, in days either way.</summary>
    public const int Furthest = 366;

    /// <summary>
    /// For each rule set that decides on the subject, the nearest change of a date of its facts and the nearest change
    /// of a parameter, where there is one. Each was found by deciding with it.
    /// </summary>
    /// <remarks>
    /// Tried are the dates that are there, moved by up to <see cref="Furthest"/> days without crossing the business
    /// date, so that what is known stays known, unless they are known ahead; and the parameters the decisions were measured against, if they are
    /// days or dates. Of two that are equally near, the one that makes things earlier or less comes first.
    /// </remarks>
    /// <param name="facts">The subject's facts.</param>
    /// <param name="pack">The policy pack.</param>
    /// <param name="businessDate">The business date.</param>
    /// <param name="open">Opens a session for a pack.</param>
    public static IReadOnlyList<NearestChange> Of(
        SubjectFacts facts,
        PolicyPack pack,
        DateOnly businessDate,
        Func<PolicyPack, DecisionSession> open
    )
    {
        var session = open(pack);
        if (facts.Explain(session) is not { } explanation)
        {
            return [];
        }

        var now = facts.Decide(session).ToDictionary(d => d.RuleSet, d => d.Outcome);
        var dates = facts
            .Dates.Where(d => d.Value is not null)
            .Select(d => new Candidate(
                d.Name,
                IsParameter: false,
                Text(d.Value!.Value),
                days =>
                    Moved(d, days, businessDate) is { } day
                        ? (Text(day), facts.With(d.Name, day).Decide(session))
                        : null
            ));
        var parameters = ParametersOf(explanation)
            .Select(p => new Candidate(
                p.Name,
                IsParameter: true,
                p.Value,
                days =>
                    Moved(p.Value, days) is { } value
                        ? (value, facts.Decide(open(pack.WhatIf(p.Name, value))))
                        : null
            ));
        return [.. Nearest([.. dates], now).Concat(Nearest([.. parameters], now)).OrderBy(n => n.RuleSet)];
    }

    private static List<NearestChange> Nearest(
        IReadOnlyList<Candidate> candidates,
        Dictionary<RuleSetName, string> now
    )
    {
        var found = new Dictionary<RuleSetName, NearestChange>();
        for (var distance = 1; distance <= Furthest && found.Count < now.Count; distance++)
        {
            foreach (var days in new[] { -distance, distance })
            {
                foreach (var candidate in candidates)
                {
                    Try(candidate, days);
                }
            }
        }

        return [.. found.Values];

        void Try(Candidate candidate, int days)
        {
            try
            {
                if (candidate.Try(days) is not { } tried)
                {
                    return;
                }

                foreach (var decision in tried.Decisions)
                {
                    if (now.TryGetValue(decision.RuleSet, out var outcome) && outcome != decision.Outcome)
                    {
                        found.TryAdd(
                            decision.RuleSet,
                            new(
                                decision.RuleSet,
                                outcome,
                                decision.Outcome,
                                candidate.Name,
                                candidate.IsParameter,
                                candidate.Value,
                                tried.Value,
                                days
                            )
                        );
                    }
                }
            }
            // With such a value nothing can be decided, so it is no answer.
            catch (Exception e)
                when (e
                        is UndecidableFactsException
                            or PolicyNotInForceException
                            or RuleFaultException
                            or FormatException
                ) { }
        }
    }

    /// <summary>The parameters that the decisions were measured against.</summary>
    private static IEnumerable<Evidence> ParametersOf(Explanation explanation) =>
        explanation
            .RuleSets.SelectMany(r => r.Basis.Concat(r.Decision?.Findings.SelectMany(f => f.Evidence) ?? []))
            .Where(e => e.InForceFrom is not null)
            .DistinctBy(e => e.Name, StringComparer.Ordinal);

    private static DateOnly? Moved(FactDate fact, int days, DateOnly businessDate)
    {
        var date = fact.Value!.Value;
        var number = date.DayNumber + days;
        return
            number >= 0
            && number <= DateOnly.MaxValue.DayNumber
            && (fact.IsKnownAhead || number <= businessDate.DayNumber == date <= businessDate)
            ? DateOnly.FromDayNumber(number)
            : null;
    }

    private static string? Moved(string value, int days) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number + days).ToString(CultureInfo.InvariantCulture)
        : DateOnly.TryParseExact(
            value,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? Text(date.AddDays(days))
        : null;

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Something that can be moved, and what would be decided then.</summary>
    private sealed record Candidate(
        string Name,
        bool IsParameter,
        string Value,
        Func<int, (string Value, IEnumerable<Decision> Decisions)?> Try
    );
}
