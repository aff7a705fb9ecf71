using Microsoft.Extensions.Logging.Console;

namespace PlanningServices.Worker.Settings;

/// <summary>How logs look on the console: a line each, with the instant and the level.</summary>
internal static class ConsoleLogs
{
    public static void Format(SimpleConsoleFormatterOptions console)
    {
        console.SingleLine = true;
        console.UseUtcTimestamp = true;
        console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
    }
}
