using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

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

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // Sentences are for reading, not for embedding in HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Names and amounts are written as in the exports.
        Converters =
        {
            new NameConverter<RuleSetName>(name => name.Text()),
            new NameConverter<SubjectType>(name => name.Text()),
            new NameConverter<ChangeKind>(kind => kind.ToString().ToLowerInvariant()),
            new AmountConverter(),
            new JsonStringEnumConverter(),
        },
    };

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
        output.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>Values that have a written name; only for writing.</summary>
    private sealed class NameConverter<T>(Func<T, string> text) : JsonConverter<T>
        where T : struct, Enum
    {
        public override T Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(text(value));

        public override void WriteAsPropertyName(
            Utf8JsonWriter writer,
            T value,
            JsonSerializerOptions options
        ) => writer.WritePropertyName(text(value));
    }

    /// <summary>Money, always with two decimals; only for writing.</summary>
    private sealed class AmountConverter : JsonConverter<decimal>
    {
        public override decimal Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString("0.00", CultureInfo.InvariantCulture));
    }
}
