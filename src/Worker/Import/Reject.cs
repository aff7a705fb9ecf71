namespace PlanningServices.Worker.Import;

/// <summary>A row that was not imported, and why.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">The line on which the row starts, from 1.</param>
/// <param name="Column">The first column at fault; empty if it is the row as a whole.</param>
/// <param name="Value">What stands there, shortened if it is long.</param>
/// <param name="Reason">What is wrong with it.</param>
internal sealed record Reject(string File, long Line, string Column, string Value, string Reason)
{
    private const int MaxValueLength = 80;

    public static string Shorten(string value)
    {
        if (value.Length <= MaxValueLength)
        {
            return value;
        }

        // Not in the middle of a surrogate pair.
        var length = char.IsHighSurrogate(value[MaxValueLength - 1]) ? MaxValueLength - 1 : MaxValueLength;
        return $"{value[..length]}... ({value.Length} characters)";
    }
}
