using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker;

/// <summary>How answers are written as JSON, on the command line and by the HTTP API.</summary>
internal static class AnswerJson
{
    public static JsonSerializerOptions Options { get; } =
        new()
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
