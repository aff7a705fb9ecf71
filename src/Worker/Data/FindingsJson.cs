using System.Text.Json;
using PlanningServices.Rules.Decisions;

namespace PlanningServices.Worker.Data;

/// <summary>How the findings of a decision are kept: as JSON with the names of <see cref="Finding"/>, null for none.</summary>
internal static class FindingsJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        // The text is for this program and for people, never for a web page: quotes stay readable.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string? Write(IReadOnlyList<Finding> findings) =>
        findings.Count == 0 ? null : JsonSerializer.Serialize(findings, Options);

    public static IReadOnlyList<Finding> Read(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize<List<Finding>>(json, Options)!;
}
