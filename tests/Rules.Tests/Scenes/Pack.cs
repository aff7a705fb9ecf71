using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Tests.Policies;

namespace PlanningServices.Rules.Tests.Scenes;

/// <summary>The shipped policy pack, with changes.</summary>
internal static class Pack
{
    public static PolicyPack With(Func<Parameters, Parameters> change) =>
        With(change(Packs.Shipped.Parameters));

    public static PolicyPack WithEngagement(string code, Func<Engagement, Engagement> change) =>
        With(
            Packs.Shipped.Parameters,
            engagements: new Dictionary<string, Engagement>(Packs.Shipped.Engagements)
            {
                [code] = change(Packs.Shipped.Engagements[code]),
            }
        );

    public static PolicyPack WithRates(params Rate[] rates) => With(Packs.Shipped.Parameters, rates: rates);

    public static PolicyPack WithRequirements(params Requirement[] requirements) =>
        With(Packs.Shipped.Parameters, requirements: requirements);

    /// <summary>The parameter with one value, always.</summary>
    public static Parameter<T> Being<T>(this Parameter<T> parameter, T value) =>
        new(parameter.Name, [parameter.Versions[0] with { Value = value }]);

    /// <summary>The parameter with another value from a date on.</summary>
    public static Parameter<T> Then<T>(this Parameter<T> parameter, string from, T value) =>
        new(
            parameter.Name,
            [.. parameter.Versions, new(parameter.Name, value, Dates.Of(from), "For a test.")]
        );

    private static PolicyPack With(
        Parameters parameters,
        IReadOnlyDictionary<string, Engagement>? engagements = null,
        IReadOnlyList<Requirement>? requirements = null,
        IReadOnlyList<Rate>? rates = null
    ) =>
        new()
        {
            Name = "changed",
            Hash = "",
            Files = [],
            Parameters = parameters,
            Engagements = engagements ?? Packs.Shipped.Engagements,
            Requirements = requirements ?? Packs.Shipped.Requirements,
            Rates = rates ?? Packs.Shipped.Rates,
        };
}
