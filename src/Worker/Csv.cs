namespace PlanningServices.Worker;

/// <summary>Writes RFC 4180, with <c>\n</c> at the end of a row.</summary>
internal static class Csv
{
    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create(
        "\",\r\n"
    );

    public static void WriteCsv(this TextWriter output, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
            {
                output.Write(',');
            }

            output.Write(
                cells[i].AsSpan().ContainsAny(Special)
                    ? $"\"{cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                    : cells[i]
            );
        }

        output.Write('\n');
    }
}
