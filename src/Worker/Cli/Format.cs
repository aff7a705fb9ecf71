using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PlanningServices.Worker.Cli;

/// <summary>Text for people or JSON for programs.</summary>
internal enum Format
{
    Text,
    Json,
}

internal static class Formats
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // Sentences are for reading, not for embedding in HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Option<Format> Option() =>
        new("--format")
        {
            HelpName = "text|json",
            Description = "How to print; text unless told otherwise.",
            CustomParser = argument =>
            {
                var text = argument.Tokens.Single().Value;
                if (Enum.TryParse<Format>(text, ignoreCase: true, out var format))
                {
                    return format;
                }

                argument.AddError($"--format is '{text}'; it must be text or json.");
                return Format.Text;
            },
        };

    public static void WriteJson<T>(this TextWriter output, T value) =>
        output.WriteLine(JsonSerializer.Serialize(value, Json));
}
