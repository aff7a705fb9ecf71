namespace PlanningServices.Rules.Conditions;

/// <summary>What a value in a condition is. Every value may be absent, except yes or no.</summary>
internal enum ValueKind
{
    /// <summary>A text; compared to the letter.</summary>
    Text,

    /// <summary>A date of the calendar.</summary>
    Date,

    /// <summary>A whole number, such as days or how many there are.</summary>
    WholeNumber,

    /// <summary>A number or an amount of money.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    YesNo,
}

/// <summary>The kinds in words, and as types.</summary>
internal static class ValueKinds
{
    public static string Text(this ValueKind kind) =>
        kind switch
        {
            ValueKind.Text => "a text",
            ValueKind.Date => "a date",
            ValueKind.WholeNumber => "a whole number",
            ValueKind.Number => "a number",
            ValueKind.YesNo => "yes or no",
        };

    public static bool IsNumber(this ValueKind kind) => kind is ValueKind.WholeNumber or ValueKind.Number;

    /// <summary>The type of an expression of that kind.</summary>
    public static Type Type(this ValueKind kind) =>
        kind switch
        {
            ValueKind.Text => typeof(string),
            ValueKind.Date => typeof(DateOnly?),
            ValueKind.WholeNumber or ValueKind.Number => typeof(decimal?),
            ValueKind.YesNo => typeof(bool),
        };
}
