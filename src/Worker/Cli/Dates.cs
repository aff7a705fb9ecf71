using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace PlanningServices.Worker.Cli;

/// <summary>Options that take a date.</summary>
internal static class Dates
{
    public static Option<DateOnly?> AsOf(string description) => Option("--as-of", description);

    public static Option<DateOnly?> Option(string name, string description) =>
        new(name)
        {
            HelpName = "yyyy-MM-dd",
            Description = description,
            CustomParser = argument => Parse(name, argument),
        };

    /// <summary>An argument that is a date.</summary>
    public static Argument<DateOnly?> Argument(string name, string description) =>
        new(name)
        {
            HelpName = "yyyy-MM-dd",
            Description = description,
            CustomParser = argument => Parse($"The {name}", argument),
        };

    private static DateOnly? Parse(string name, ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (
            DateOnly.TryParseExact(
                text,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
        )
        {
            return date;
        }

        argument.AddError(
            $"{name} is '{text}'; it must be a day of the calendar written yyyy-MM-dd, such as 2021-06-30."
        );
        return null;
    }
}
