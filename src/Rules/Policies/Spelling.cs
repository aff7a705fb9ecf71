namespace PlanningServices.Rules.Policies;

/// <summary>Finds the word that somebody meant.</summary>
public static class Spelling
{
    /// <summary>The word of that spelling, ignoring case; null where there is none.</summary>
    public static string? Find(string text, IEnumerable<string> words) =>
        words.FirstOrDefault(w => string.Equals(w, text, StringComparison.OrdinalIgnoreCase));

    /// <summary>A sentence with the nearest word, after a space; empty where none is near.</summary>
    public static string Hint(string text, IEnumerable<string> words) =>
        Nearest(text, words) is { } word ? $" The nearest is '{word}'." : "";

    /// <summary>The word with the fewest letters to change, at most half of those that were typed; null where none is so near.</summary>
    public static string? Nearest(string text, IEnumerable<string> words) =>
        words
            .Select(word =>
                (Word: word, Distance: Distance(text.ToUpperInvariant(), word.ToUpperInvariant()))
            )
            .Where(w => w.Distance * 2 <= text.Length)
            .OrderBy(w => w.Distance)
            .Select(w => w.Word)
            .FirstOrDefault();

    /// <summary>How many letters must be added, removed or replaced to make one word of the other.</summary>
    private static int Distance(string from, string to)
    {
        var above = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var row = new int[to.Length + 1];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = above[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
            }

            above = row;
        }

        return above[^1];
    }
}
