using System.Globalization;

namespace PlanningServices.Rules.Conditions;

/// <summary>
/// Reads the cells of one column of a table: the unary tests of S-FEEL (OMG, Decision Model and Notation 1.3, chapter 9),
/// as spreadsheets save them.
/// </summary>
/// <param name="column">What the column reads, as it was written.</param>
/// <param name="read">What the column reads.</param>
/// <param name="hasDecimalComma">Whether the file comes from a spreadsheet that writes decimal commas.</param>
internal sealed class CellReader(Syntax column, Bound read, bool hasDecimalComma)
{
    private static readonly string[] Yes =
    [
        "true",
        "wahr",
        "vrai",
        "vero",
        "verdadero",
        "verdadeiro",
        "waar",
        "sant",
        "sand",
        "prawda",
    ];
    private static readonly string[] No =
    [
        "false",
        "falsch",
        "faux",
        "falso",
        "onwaar",
        "falskt",
        "falsk",
        "fałsz",
    ];

    private static readonly string[] Comparisons = ["<=", ">=", "<", ">"];

    private readonly Dictionary<string, Cell> known = new(StringComparer.Ordinal);
    private string text = "";
    private int at;

    private bool IsOrdered => read.Kind is not (ValueKind.Text or ValueKind.YesNo);

    private bool IsWhole => read.Kind is ValueKind.Date or ValueKind.WholeNumber;

    private ValueSet All => ValueSet.All(read.Kind, read.Values);

    /// <summary>What a cell with true or false is saved as, in the language of the spreadsheet; null for anything else.</summary>
    public static bool? YesOrNo(string cell) =>
        Yes.Contains(cell, StringComparer.OrdinalIgnoreCase) ? true
        : No.Contains(cell, StringComparer.OrdinalIgnoreCase) ? false
        : null;

    /// <summary>What a cell says.</summary>
    /// <exception cref="ConditionException">It cannot be used.</exception>
    public Cell Read(string cell)
    {
        if (!known.TryGetValue(cell, out var found))
        {
            known.Add(cell, found = Parsed(cell));
        }

        return found;
    }

    private Cell Parsed(string cell)
    {
        (text, at) = (cell.Trim(), 0);
        if (text.Length == 0)
        {
            throw Fault(
                "the cell is empty. Write '-' where any value holds; of merged cells only the first has a value."
            );
        }

        if (text == "-")
        {
            return new(text, null, All);
        }

        var isNot = TakeWord("not");
        if (isNot)
        {
            Take('(');
        }

        var (test, set) = Tests();
        if (isNot)
        {
            Take(')');
            (test, set) = (new Unary(0, "!", test), set?.Not());
        }

        Skip();
        if (at < text.Length)
        {
            throw Fault(
                $"'{text[at..]}' cannot stand here. Expected ',' or the end, after a value, a comparison or a range."
            );
        }

        return new(text, test, read.Moving is null ? set : null);
    }

    private (Syntax, ValueSet?) Tests()
    {
        var (test, set) = Test();
        while (TryTake(','))
        {
            var (next, nextSet) = Test();
            test = new Binary(next.At, "||", test, next);
            set = set is null || nextSet is null ? null : set.Or(nextSet);
        }

        return (test, set);
    }

    private (Syntax, ValueSet?) Test()
    {
        Skip();
        var start = at;
        if (TakeWord("absent"))
        {
            return (new Presence(start, column, false), All.And(Present.Not()));
        }

        if (TakeWord("present"))
        {
            return (new Presence(start, column, true), Present);
        }

        foreach (var comparison in Comparisons)
        {
            if (text.AsSpan(at).StartsWith(comparison, StringComparison.Ordinal))
            {
                at += comparison.Length;
                var value = Value();
                CheckOrder(start, comparison);
                return (new Binary(start, comparison, column, value), SetOf(comparison, value));
            }
        }

        return Peek() is '[' or ']' or '(' ? Range(start) : Equal(start);
    }

    private ValueSet Present =>
        IsOrdered ? OrderedSet.Between(null, null) : new NameSet(false, true, [], ((NameSet)All).Possible);

    private (Syntax, ValueSet?) Range(int start)
    {
        var hasFrom = text[at++] == '[';
        var from = Value();
        CheckOrder(start, "..");
        Skip();
        if (!text.AsSpan(at).StartsWith("..", StringComparison.Ordinal))
        {
            throw Fault("a range has '..' between its ends, such as [1..5].");
        }

        at += 2;
        var to = Value();
        var close = Peek();
        if (close is not (']' or ')' or '['))
        {
            throw Fault("a range ends with ']', or with ')' where its end is left out.");
        }

        at++;
        var set =
            SetOf(hasFrom ? ">=" : ">", from) is { } above
            && SetOf(close == ']' ? "<=" : "<", to) is { } below
                ? above.And(below)
                : null;
        if (set is { IsEmpty: true })
        {
            at = start;
            throw Fault($"nothing is in '{text[start..]}'. Expected the smaller end first.");
        }

        return (new InRange(start, column, from, hasFrom, to, close == ']'), set);
    }

    private (Syntax, ValueSet?) Equal(int start)
    {
        var value = Value();
        ValueSet? set = value switch
        {
            Literal { Value: string name } => new NameSet(false, false, [name], read.Values),
            Literal { Value: bool yes } => new NameSet(
                false,
                false,
                [yes ? "true" : "false"],
                ((NameSet)All).Possible
            ),
            Literal => SetOf(">=", value)!.And(SetOf("<=", value)!),
            _ => null,
        };
        return (
            value is Literal { Value: bool no }
                ? no
                    ? column
                    : new Unary(start, "!", column)
                : new Binary(start, "==", column, value),
            set
        );
    }

    private OrderedSet? SetOf(string comparison, Syntax value)
    {
        if (value is not Literal { Value: var literal } || ValueSet.Plain(literal) is not decimal number)
        {
            return null;
        }

        return comparison switch
        {
            "<" => OrderedSet.Between(null, Cut.Before(number, IsWhole)),
            "<=" => OrderedSet.Between(null, Cut.After(number, IsWhole)),
            ">" => OrderedSet.Between(Cut.After(number, IsWhole), null),
            _ => OrderedSet.Between(Cut.Before(number, IsWhole), null),
        };
    }

    /// <summary>A value of the column's kind, or the name of a parameter.</summary>
    private Syntax Value()
    {
        Skip();
        var start = at;
        if (Peek() == '"')
        {
            var end = text.IndexOf('"', at + 1);
            if (end < 0)
            {
                throw Fault("a text has no second '\"'.");
            }

            at = end + 1;
            return TextOf(start, text[(start + 1)..end]);
        }

        while (at < text.Length && !IsEnd())
        {
            at++;
        }

        var word = text[start..at].Trim();
        if (word.Length == 0)
        {
            throw Fault($"a value is missing. Expected {read.Kind.Text()} or a parameter.");
        }

        // Parameters have a letter first and a dot; no number or date has.
        return char.IsAsciiLetterLower(word[0]) && word.Contains('.', StringComparison.Ordinal)
                ? new Named(start, word)
            : read.Kind == ValueKind.Text ? TextOf(start, word)
            : read.Kind == ValueKind.YesNo ? YesNoOf(start, word)
            : read.Kind == ValueKind.Date ? DateOf(start, word)
            : NumberOf(start, word);
    }

    /// <summary>Whether what stands at the place ends a value.</summary>
    private bool IsEnd()
    {
        var letter = text[at];
        return letter switch
        {
            ')' or ']' or '[' => true,
            '.' => at + 1 < text.Length && text[at + 1] == '.',
            ',' => !IsWithinNumber(),
            _ => false,
        };
    }

    private bool IsWithinNumber() =>
        read.Kind.IsNumber()
        && at > 0
        && at + 1 < text.Length
        && char.IsAsciiDigit(text[at - 1])
        && char.IsAsciiDigit(text[at + 1]);

    private Literal TextOf(int start, string value)
    {
        if (read.Kind != ValueKind.Text)
        {
            throw FaultAt(start, $"'{value}' is a text. Expected {read.Kind.Text()}.");
        }

        return read.NotOne(value) is { } fault
            ? throw FaultAt(start, fault)
            : new Literal(start, ValueKind.Text, value);
    }

    private static Literal YesNoOf(int start, string word) =>
        YesOrNo(word) is { } value
            ? new(start, ValueKind.YesNo, value)
            : throw FaultAt(start, $"'{word}' is neither yes nor no. Expected TRUE or FALSE.");

    private static Literal DateOf(int start, string word) =>
        DateOnly.TryParseExact(
            word,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? new(start, ValueKind.Date, date)
            : throw FaultAt(
                start,
                word.Count(c => c is '/' or '.') == 2
                    ? $"'{word}' is a date as a spreadsheet shows it: it is unclear whether the day or the month comes first. Write a single day as [2020-06-30..2020-06-30]; spreadsheets do not change that form."
                    : $"'{word}' is no date of the calendar. Expected one as yyyy-MM-dd."
            );

    private Literal NumberOf(int start, string word)
    {
        var plain = hasDecimalComma ? word.Replace(',', '.') : word;
        if (word.Contains(',', StringComparison.Ordinal) && (!hasDecimalComma || IsWhole))
        {
            throw FaultAt(
                start,
                $"'{word}' can be one number or a list. Write numbers without a comma, and a blank after each comma of a list."
            );
        }

        if (
            hasDecimalComma
            && !IsWhole
            && word.LastIndexOf('.') is >= 0 and var dot
            && dot == word.Length - 4
        )
        {
            throw FaultAt(
                start,
                $"'{word}' can be {word.Replace(".", "", StringComparison.Ordinal)} or {word}. Write numbers without signs between thousands."
            );
        }

        if (
            word.Length > 17
            || !decimal.TryParse(
                plain,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            throw FaultAt(start, $"'{word}' is no number. Expected one such as 50000 or 0.25.");
        }

        return !IsWhole || decimal.IsInteger(number)
            ? new Literal(start, decimal.IsInteger(number) ? ValueKind.WholeNumber : ValueKind.Number, number)
            : throw FaultAt(start, $"'{word}' is no whole number, and the column has only such.");
    }

    private void CheckOrder(int start, string comparison)
    {
        if (!IsOrdered)
        {
            throw FaultAt(
                start,
                $"'{comparison}' cannot compare {read.Kind.Text()}. Possible are values, and not() with values."
            );
        }
    }

    private bool TakeWord(string word)
    {
        Skip();
        var end = at + word.Length;
        if (
            !text.AsSpan(at).StartsWith(word, StringComparison.Ordinal)
            || (end < text.Length && text[end] is not ('(' or ')' or ',' or ' '))
        )
        {
            return false;
        }

        at = end;
        return true;
    }

    private void Take(char sign)
    {
        if (!TryTake(sign))
        {
            throw Fault($"'{sign}' is missing. Expected not(...) with values, comparisons or ranges in it.");
        }
    }

    private bool TryTake(char sign)
    {
        if (Peek() != sign)
        {
            return false;
        }

        at++;
        return true;
    }

    private char Peek()
    {
        Skip();
        return at < text.Length ? text[at] : '\0';
    }

    private void Skip()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }

    private ConditionException Fault(string message) => FaultAt(at, message);

    private static ConditionException FaultAt(int place, string message) => new(place, message);
}
