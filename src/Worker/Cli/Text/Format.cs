using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace PlanningServices.Worker.Cli.Text;

/// <summary>Text for people, JSON for programs, or CSV for spreadsheets where a verb lists rows.</summary>
internal enum Format
{
    Text,
    Json,
    Csv,
}

internal static class Formats
{
    public static string Text(this DateOnly date) =>
        date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Option<Format> Option() => Option("text or json", Format.Text, Format.Json);

    public static Option<Format> OptionWithCsv() =>
        Option("text, csv or json", Format.Text, Format.Csv, Format.Json);

    private static Option<Format> Option(string expected, params Format[] formats) =>
        new("--format")
        {
            HelpName = string.Join('|', formats).ToLowerInvariant(),
            Description = "How to print (default: text).",
            CustomParser = argument =>
            {
                var text = argument.Tokens.Single().Value;
                if (Enum.TryParse<Format>(text, ignoreCase: true, out var format) && formats.Contains(format))
                {
                    return format;
                }

                argument.AddError($"--format is '{text}'; it must be {expected}.");
                return Format.Text;
            },
        };

    public static void WriteJson<T>(this TextWriter output, T value) =>
        output.WriteLine(JsonSerializer.Serialize(value, AnswerJson.Options));
}
