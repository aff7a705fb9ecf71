using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlanningServices.Worker.Console;

/// <summary>The one style sheet, a resource of the program. Its address changes with its text, so that browsers may keep it.</summary>
internal static class StyleSheet
{
    private static readonly byte[] Text = Read();

    public static string Path { get; } =
        $"/console-{Convert.ToHexStringLower(SHA256.HashData(Text))[..12]}.css";

    public static void Map(WebApplication app) =>
        app.MapGet(
                Path,
                (HttpContext context) =>
                {
                    context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                    return Results.Bytes(Text, "text/css; charset=utf-8");
                }
            )
            .AllowAnonymous();

    private static byte[] Read()
    {
        using var resource = typeof(StyleSheet).Assembly.GetManifestResourceStream("console.css")!;
        using var bytes = new MemoryStream();
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
