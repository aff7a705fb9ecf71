namespace PlanningServices.Rules.Conditions;

/// <summary>A function that conditions may use.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Result">What it gives.</param>
/// <param name="Meaning">What it gives, as the rest of a sentence.</param>
/// <param name="Method">Its name in <see cref="Calculation"/>.</param>
internal sealed record Function(
    string Name,
    IReadOnlyList<ValueKind> Parameters,
    ValueKind Result,
    string Meaning,
    string Method
)
{
    /// <summary>All functions; those of one name differ in what they take.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        new(
            "abs",
            [ValueKind.Number],
            ValueKind.Number,
            "the number without its sign",
            nameof(Calculation.Distance)
        ),
        new("day", [ValueKind.Date], ValueKind.WholeNumber, "the day of the month", nameof(Calculation.Day)),
        new(
            "max",
            [ValueKind.Date, ValueKind.Date],
            ValueKind.Date,
            "the later date",
            nameof(Calculation.Later)
        ),
        new(
            "max",
            [ValueKind.Number, ValueKind.Number],
            ValueKind.Number,
            "the greater number",
            nameof(Calculation.Greater)
        ),
        new(
            "min",
            [ValueKind.Date, ValueKind.Date],
            ValueKind.Date,
            "the earlier date",
            nameof(Calculation.Earlier)
        ),
        new(
            "min",
            [ValueKind.Number, ValueKind.Number],
            ValueKind.Number,
            "the smaller number",
            nameof(Calculation.Smaller)
        ),
        new(
            "month",
            [ValueKind.Date],
            ValueKind.WholeNumber,
            "the month, from 1 to 12",
            nameof(Calculation.Month)
        ),
        new(
            "starts_with",
            [ValueKind.Text, ValueKind.Text],
            ValueKind.YesNo,
            "whether the text starts with the other",
            nameof(Calculation.StartsWith)
        ),
        new("year", [ValueKind.Date], ValueKind.WholeNumber, "the year", nameof(Calculation.Year)),
    ];

    /// <summary>How it is written, such as <c>max(date, date)</c>.</summary>
    public string Signature =>
        $"{Name}({string.Join(", ", Parameters.Select(p => p.Text().Replace("a ", "", StringComparison.Ordinal)))})";
}
