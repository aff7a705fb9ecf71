using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.PolicyPacks;

/// <summary>What a policy pack has in force on a date.</summary>
internal sealed record PolicySheet(
    string Pack,
    string Hash,
    DateOnly AsOf,
    IReadOnlyList<PolicySheet.ParameterRow> Parameters,
    IReadOnlyList<PolicySheet.EngagementRow> Engagements,
    IReadOnlyList<PolicySheet.RateRow> Rates,
    IReadOnlyList<PolicySheet.RuleRow> Rules
)
{
    public static PolicySheet Of(PolicyPack pack, DateOnly date) =>
        new(
            pack.Name,
            pack.Hash,
            date,
            [.. ParametersOf(pack.Parameters, date).OrderBy(p => p.Name, StringComparer.Ordinal)],
            [
                .. pack
                    .Engagements.Values.OrderBy(e => e.Code, StringComparer.Ordinal)
                    .Select(e => new EngagementRow(
                        e.Code,
                        e.Name,
                        e.Offering,
                        e.Durations,
                        e.IsCloud,
                        [.. pack.RequirementOf(e.Code, date)?.AnyOf.Select(Text) ?? []]
                    )),
            ],
            [
                .. pack
                    .Rates.Where(r => r.From <= date && (r.To is null || date <= r.To))
                    .OrderBy(r => r.Country, StringComparer.Ordinal)
                    .ThenBy(r => r.Days)
                    .Select(r => new RateRow(r.Country, r.Days, r.Amount, r.Currency, r.From)),
            ],
            [
                .. pack.Rules.SelectMany(
                    r => r.Codes,
                    (r, c) => new RuleRow(c.Code, r.RuleSet.Text(), r.Subject.Text(), c.Outcome ?? "", r.Name)
                ),
            ]
        );

    private static IEnumerable<ParameterRow> ParametersOf(Parameters parameters, DateOnly date) =>
        [
            Row(parameters.LastCreationOn, date),
            Row(parameters.LastRedemptionOn, date),
            Row(parameters.CloudRetiredOn, date),
            Row(parameters.AccrualEndedOn, date),
            Row(parameters.ConversionEndedOn, date),
            Row(parameters.DaysRemovedOn, date),
            Row(parameters.Anchor, date),
            Row(parameters.LifeDays, date),
            Row(parameters.WarningBands, date),
            Row(parameters.RepeatDays, date),
            Row(parameters.WindowDays, date),
            Row(parameters.Tolerance, date),
            Row(parameters.ClosingWarningDays, date),
            Row(parameters.PaymentDays, date),
            Row(parameters.AgeingBands, date),
            .. Later(parameters.QualificationWarningDays, date),
            .. Later(parameters.SlaDays, date),
            .. parameters.Custom.Values.Select(p => Row(p, date)),
        ];

    /// <summary>A parameter that older packs do not have.</summary>
    private static IEnumerable<ParameterRow> Later<T>(Parameter<T> parameter, DateOnly date) =>
        parameter.Versions.Count > 0 ? [Row(parameter, date)] : [];

    private static ParameterRow Row<T>(Parameter<T> parameter, DateOnly date)
    {
        if (date < parameter.Versions[0].From)
        {
            return new(parameter.Name, "not in force yet", null, "");
        }

        var version = parameter.On(date);
        return new(parameter.Name, Text(version.Value), version.From, version.Why);
    }

    private static string Text<T>(T value) =>
        value switch
        {
            DateOnly date => SqlText.Of(date),
            IEnumerable<int> numbers => string.Join(", ", numbers),
            ExpiryAnchor anchor => anchor.ToString().ToLowerInvariant(),
            decimal amount => amount.ToString("0.00", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    private static string Text(Alternative alternative) =>
        $"{alternative.MinimumLevel.ToString().ToLowerInvariant()} {alternative.Competency}";

    /// <summary>A parameter's version.</summary>
    internal sealed record ParameterRow(string Name, string Value, DateOnly? From, string Why);

    /// <summary>An engagement with its requirement.</summary>
    internal sealed record EngagementRow(
        string Code,
        string Name,
        string Offering,
        IReadOnlyList<int> Durations,
        bool IsCloud,
        IReadOnlyList<string> RequirementOneOf
    );

    /// <summary>A finding code that the pack brings.</summary>
    internal sealed record RuleRow(string Code, string RuleSet, string Subject, string Outcome, string Name);

    /// <summary>A rate.</summary>
    internal sealed record RateRow(string Country, int Days, decimal Amount, string Currency, DateOnly From);
}
