using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>A kind of value: how it is read, and how it is described where something else was found.</summary>
internal sealed record Kind<T>(string Expected, Parse<T> Parse);

/// <summary>Reads a value; false where it is not of the kind.</summary>
internal delegate bool Parse<T>(Node node, [MaybeNullWhen(false)] out T value);

/// <summary>The kinds of value in a pack.</summary>
internal static class Kinds
{
    public static readonly Kind<string> Text = Of(
        "a text",
        (string t, out string v) => (v = t).Trim().Length > 0
    );

    public static readonly Kind<string> Identifier = Of(
        "1 to 40 characters from A-Z a-z 0-9 . _ -",
        (string t, out string v) =>
            (v = t).Length is >= 1 and <= 40
            && t.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
    );

    public static readonly Kind<string> Code = Of(
        "a finding code of 5 to 40 capital letters, digits and '-', such as PAY-SECOND-LOOK",
        (string t, out string v) =>
            (v = t).Length is >= 5 and <= 40
            && t.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-')
    );

    /// <summary>The key of a subject; a partner with an engagement has those of both.</summary>
    public static readonly Kind<string> SubjectId = Of(
        $"{Identifier.Expected}, or PARTNER/ENGAGEMENT",
        (string t, out string v) =>
            (v = t).Split('/') is { Length: 1 or 2 } parts
            && parts.All(p => Identifier.Parse(new TextNode(0, p), out _))
    );

    public static readonly Kind<string> Country = Of(
        "a country as two capital letters (ISO 3166), such as SE",
        (string t, out string v) => Iso.Countries.Contains(v = t)
    );

    public static readonly Kind<string> Currency = Of(
        "a currency as three capital letters (ISO 4217), such as EUR",
        (string t, out string v) => Iso.Currencies.Contains(v = t)
    );

    public static readonly Kind<DateOnly> Date = Of(
        "a date of the calendar as yyyy-MM-dd",
        (string t, out DateOnly v) =>
            DateOnly.TryParseExact(t, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out v)
    );

    /// <summary>Days; up to a hundred years, so that no date they are added to leaves the calendar.</summary>
    public static readonly Kind<int> Days = Of(
        "a whole number of days from 1 to 36500",
        (string t, out int v) =>
            int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out v) && v is >= 1 and <= 36500
    );

    public static readonly Kind<int> WholeNumber = Of(
        "a whole number, such as 30",
        (string t, out int v) =>
            int.TryParse(t, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out v)
    );

    public static readonly Kind<decimal> Number = Of(
        "a number, such as 0.25",
        (string t, out decimal v) =>
            decimal.TryParse(
                t,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out v
            )
    );

    public static readonly Kind<decimal> Amount = Of(
        "an amount above 0 with at most two decimals, such as 1600.00",
        (string t, out decimal v) => IsMoney(t, out v) && v > 0
    );

    public static readonly Kind<decimal> Tolerance = Of(
        "an amount of at least 0 with at most two decimals, such as 0.00",
        (string t, out decimal v) => IsMoney(t, out v)
    );

    public static readonly Kind<bool> YesOrNo = Of(
        "one of true, false",
        (string t, out bool v) =>
        {
            var read = CellReader.YesOrNo(t);
            v = read ?? false;
            return read is not null;
        }
    );

    public static readonly Kind<CompetencyLevel> Level = OneOf(
        ("silver", CompetencyLevel.Silver),
        ("gold", CompetencyLevel.Gold)
    );

    public static readonly Kind<ExpiryAnchor> Anchor = OneOf(
        ("assigned", ExpiryAnchor.Assigned),
        ("created", ExpiryAnchor.Created)
    );

    /// <summary>The kind of value that a custom parameter has, by its name.</summary>
    public static readonly Kind<Kind<object>> CustomType = OneOf(
        ("whole_number", Boxed(WholeNumber)),
        ("date", Boxed(Date)),
        ("number", Boxed(Number)),
        ("text", Boxed(Text))
    );

    public static readonly Kind<IReadOnlyList<int>> AscendingDays = new(
        "whole numbers of days, each greater than the one before, such as [7, 14, 30]",
        AscendingDaysOf
    );

    /// <summary>Days for each kind of exception.</summary>
    public static readonly Kind<ExceptionDays> ExceptionDays = new(
        $"whole numbers of days for each of {string.Join(", ", Enum.GetNames<ExceptionKind>())}",
        ExceptionDaysOf
    );

    public static Kind<T> OneOf<T>(params (string Word, T Value)[] words) =>
        Of(
            "one of " + string.Join(", ", words.Select(w => w.Word)),
            (string t, out T v) =>
            {
                var at = Array.FindIndex(words, w => w.Word == t);
                v = at < 0 ? default! : words[at].Value;
                return at >= 0;
            }
        );

    private static Kind<object> Boxed<T>(Kind<T> kind)
        where T : notnull =>
        new(
            kind.Expected,
            (Node node, [MaybeNullWhen(false)] out object value) =>
            {
                var isRead = kind.Parse(node, out var read);
                value = read;
                return isRead;
            }
        );

    private static Kind<T> Of<T>(string expected, ParseText<T> parse) =>
        new(
            expected,
            (Node node, [MaybeNullWhen(false)] out T value) =>
            {
                value = default;
                return node is TextNode { IsAbsent: false } text && parse(text.Value, out value);
            }
        );

    private static bool IsMoney(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
        && value == decimal.Round(value, 2);

    private static bool AscendingDaysOf(Node node, [MaybeNullWhen(false)] out IReadOnlyList<int> value)
    {
        value = null;
        if (node is not ListNode { Items.Count: > 0 } list)
        {
            return false;
        }

        var days = new List<int>();
        foreach (var item in list.Items)
        {
            if (!Days.Parse(item, out var day) || (days.Count > 0 && day <= days[^1]))
            {
                return false;
            }

            days.Add(day);
        }

        value = days;
        return true;
    }

    private static bool ExceptionDaysOf(Node node, [MaybeNullWhen(false)] out ExceptionDays value)
    {
        value = null;
        if (node is not MapNode map)
        {
            return false;
        }

        var days = new Dictionary<ExceptionKind, int>();
        foreach (var entry in map.Entries)
        {
            if (
                !Enum.GetNames<ExceptionKind>().Contains(entry.Key, StringComparer.Ordinal)
                || !Days.Parse(entry.Value, out var number)
            )
            {
                return false;
            }

            days[Enum.Parse<ExceptionKind>(entry.Key)] = number;
        }

        value = new(days);
        return days.Count == Enum.GetValues<ExceptionKind>().Length;
    }

    private delegate bool ParseText<T>(string text, out T value);
}
