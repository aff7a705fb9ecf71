using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies;

/// <summary>All parameters alike, whatever the type of their values: for what lists, compares or varies them.</summary>
internal static class ParameterTable
{
    /// <summary>A row for each parameter, in the order of <see cref="Parameters"/>.</summary>
    public static readonly IReadOnlyList<ParameterRow> Rows =
    [
        new ParameterRow<DateOnly>(
            p => p.LastCreationOn,
            (p, v) => p with { LastCreationOn = v },
            Other.Dates
        ),
        new ParameterRow<DateOnly>(
            p => p.LastRedemptionOn,
            (p, v) => p with { LastRedemptionOn = v },
            Other.Dates
        ),
        new ParameterRow<DateOnly>(
            p => p.CloudRetiredOn,
            (p, v) => p with { CloudRetiredOn = v },
            Other.Dates
        ),
        new ParameterRow<DateOnly>(
            p => p.AccrualEndedOn,
            (p, v) => p with { AccrualEndedOn = v },
            Other.Dates
        ),
        new ParameterRow<DateOnly>(
            p => p.ConversionEndedOn,
            (p, v) => p with { ConversionEndedOn = v },
            Other.Dates
        ),
        new ParameterRow<DateOnly>(p => p.DaysRemovedOn, (p, v) => p with { DaysRemovedOn = v }, Other.Dates),
        new ParameterRow<ExpiryAnchor>(p => p.Anchor, (p, v) => p with { Anchor = v }, Other.Anchors),
        new ParameterRow<int>(p => p.LifeDays, (p, v) => p with { LifeDays = v }, Other.Days),
        new ParameterRow<IReadOnlyList<int>>(
            p => p.WarningBands,
            (p, v) => p with { WarningBands = v },
            Other.Bands
        ),
        new ParameterRow<int>(p => p.RepeatDays, (p, v) => p with { RepeatDays = v }, Other.Days),
        new ParameterRow<int>(p => p.WindowDays, (p, v) => p with { WindowDays = v }, Other.Days),
        new ParameterRow<decimal>(p => p.Tolerance, (p, v) => p with { Tolerance = v }, Other.Amounts),
        new ParameterRow<int>(
            p => p.ClosingWarningDays,
            (p, v) => p with { ClosingWarningDays = v },
            Other.Days
        ),
        new ParameterRow<int>(p => p.PaymentDays, (p, v) => p with { PaymentDays = v }, Other.Days),
        new ParameterRow<IReadOnlyList<int>>(
            p => p.AgeingBands,
            (p, v) => p with { AgeingBands = v },
            Other.Bands
        ),
        new ParameterRow<int>(
            p => p.QualificationWarningDays,
            (p, v) => p with { QualificationWarningDays = v },
            Other.Days
        ),
        new ParameterRow<ExceptionDays>(p => p.SlaDays, (p, v) => p with { SlaDays = v }, null),
    ];

    /// <summary>A row for each parameter of some packs, with those that the packs add, which are not in each of them.</summary>
    public static IEnumerable<ParameterRow> RowsOf(params IEnumerable<Parameters> packs) =>
        Rows.Concat(
            packs
                .SelectMany(p => p.Custom.Keys)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(CustomRow)
        );

    /// <summary>The parameter of that name; null where there is none.</summary>
    public static ParameterRow? Find(Parameters parameters, string name) =>
        parameters.Custom.ContainsKey(name)
            ? CustomRow(name)
            : Rows.FirstOrDefault(r => r.NameIn(parameters) == name);

    private static ParameterRow<object> CustomRow(string name) =>
        new(
            p => p.Custom.GetValueOrDefault(name) ?? new Parameter<object>(name, []),
            (p, v) =>
                p with
                {
                    Custom = p.Custom.ToDictionary(
                        c => c.Key,
                        c => c.Key == name ? v : c.Value,
                        StringComparer.Ordinal
                    ),
                },
            Other.Custom
        );

    /// <summary>Values to put in the place of another: next to it, and far from it.</summary>
    private static class Other
    {
        public static IEnumerable<DateOnly> Dates(DateOnly date) =>
            new[] { date.DayNumber - 1, date.DayNumber + 1, Far.Past.DayNumber, Far.Future.DayNumber }
                .Where(n => n >= 0 && n <= DateOnly.MaxValue.DayNumber)
                .Select(DateOnly.FromDayNumber);

        public static IEnumerable<int> Days(int days) =>
            new[] { days - 1, days + 1, 1, Far.Days }.Where(d => d > 0 && d != days);

        public static IEnumerable<IReadOnlyList<int>> Bands(IReadOnlyList<int> bands) =>
            new IReadOnlyList<int>[]
            {
                [.. bands.Select(b => b - 1)],
                [.. bands.Select(b => b + 1)],
                [.. bands.Take(bands.Count - 1)],
                [1],
                [Far.Days],
            }.Where(b => b is [> 0, ..]);

        public static IEnumerable<decimal> Amounts(decimal amount) =>
            new[] { amount + 0.01m, amount + Far.Amount, 0m }.Where(a => a != amount);

        public static IEnumerable<object> Custom(object value) =>
            value switch
            {
                int number => [number - 1, number + 1, -Far.Days, Far.Days],
                decimal number => [number - 0.01m, number + 0.01m, -Far.Amount, Far.Amount],
                DateOnly date => Dates(date).Cast<object>(),
                _ => [value + "?"],
            };

        public static IEnumerable<ExpiryAnchor> Anchors(ExpiryAnchor anchor) =>
            Enum.GetValues<ExpiryAnchor>().Where(a => a != anchor);
    }

    private static class Far
    {
        public const int Days = 10_000;
        public const decimal Amount = 1_000_000m;
        public static readonly DateOnly Past = new(1950, 1, 1);
        public static readonly DateOnly Future = new(2200, 1, 1);
    }
}

/// <summary>One version of a parameter, its value as text.</summary>
internal sealed record ParameterVersion(DateOnly From, string Value, string Why);

/// <summary>One parameter of any pack.</summary>
internal abstract class ParameterRow
{
    /// <summary>Its name, such as <c>payment.window_days</c>.</summary>
    public abstract string NameIn(Parameters parameters);

    /// <summary>Its versions, oldest first.</summary>
    public abstract IReadOnlyList<ParameterVersion> VersionsIn(Parameters parameters);

    /// <summary>The type of its values; that of a parameter that a pack adds shows in its versions.</summary>
    public abstract Type TypeIn(Parameters parameters);

    /// <summary>Whether rules read it, so that decisions hang on it.</summary>
    public abstract bool IsDecisive { get; }

    /// <summary>The version in force on a date.</summary>
    /// <exception cref="PolicyNotInForceException">The date is before the first version.</exception>
    public abstract PolicyValue<object> On(Parameters parameters, BusinessDate date);

    /// <summary>
    /// The parameters with other values in place of one version's, one after the other: for the first version some,
    /// for a later one that of the version before, as if it were not there.
    /// </summary>
    public abstract IEnumerable<Parameters> Varied(Parameters parameters, DateOnly from);
}

/// <inheritdoc/>
internal sealed class ParameterRow<T>(
    Func<Parameters, Parameter<T>> get,
    Func<Parameters, Parameter<T>, Parameters> set,
    Func<T, IEnumerable<T>>? others
) : ParameterRow
{
    public override bool IsDecisive => others is not null;

    public override string NameIn(Parameters parameters) => get(parameters).Name;

    public override IReadOnlyList<ParameterVersion> VersionsIn(Parameters parameters) =>
        [.. get(parameters).Versions.Select(v => new ParameterVersion(v.From, Text(v.Value), v.Why))];

    public override Type TypeIn(Parameters parameters) =>
        typeof(T) == typeof(object) && get(parameters).Versions is [{ Value: { } value }, ..]
            ? value.GetType()
            : typeof(T);

    public override PolicyValue<object> On(Parameters parameters, BusinessDate date)
    {
        var (name, value, from, why) = get(parameters).On(date);
        return new(name, value!, from, why);
    }

    public override IEnumerable<Parameters> Varied(Parameters parameters, DateOnly from)
    {
        var (name, versions) = (get(parameters).Name, get(parameters).Versions);
        var at = versions.Index().Single(v => v.Item.From == from).Index;
        return (at == 0 ? others!(versions[0].Value) : [versions[at - 1].Value]).Select(other =>
            set(
                parameters,
                new Parameter<T>(name, [.. versions.Select((v, i) => i == at ? v with { Value = other } : v)])
            )
        );
    }

    private static string Text(T value) =>
        value switch
        {
            ExpiryAnchor.Assigned => "assigned",
            ExpiryAnchor.Created => "created",
            _ => TextFormat.Of(value as object),
        };
}
