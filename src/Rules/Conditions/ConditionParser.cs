using System.Buffers;
using System.Globalization;
using Superpower;
using Superpower.Model;
using Superpower.Parsers;
using Superpower.Tokenizers;

namespace PlanningServices.Rules.Conditions;

/// <summary>Reads the text of a condition, or of a value.</summary>
internal static class ConditionParser
{
    /// <summary>The longest text that is read, in characters, so that no text takes long.</summary>
    public const int LongestText = 2000;

    /// <summary>How many brackets may stand in one another.</summary>
    public const int DeepestLevel = 20;

    private const string After =
        " Expected a comparison, 'in', 'is', '&&', '||', '+', '-', '*', '/' or the end.";

    private const string Any =
        " Expected names, numbers, dates, texts in double quotes and the signs of comparing and calculating.";

    private static readonly SearchValues<char> Known = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.\" \t\r\n<>!=&|+-*/(),[]"
    );

    private static readonly string[] Reserved =
    [
        "absent",
        "count",
        "exists",
        "false",
        "in",
        "is",
        "not",
        "of",
        "present",
        "sum",
        "true",
        "where",
    ];

    private static readonly Tokenizer<ConditionToken> Tokens = new TokenizerBuilder<ConditionToken>()
        .Ignore(Span.WhiteSpace)
        .Match(Span.Regex("[0-9]{4}-[0-9]{2}-[0-9]{2}"), ConditionToken.Date, requireDelimiters: true)
        .Match(Span.Regex(@"[0-9]+(\.[0-9]+)?"), ConditionToken.Number, requireDelimiters: true)
        .Match(Span.Regex("\"[^\"]*\""), ConditionToken.Text)
        .Match(
            Span.Regex("[A-Za-z_][A-Za-z0-9_]*([.][A-Za-z_][A-Za-z0-9_]*)*"),
            ConditionToken.Word,
            requireDelimiters: true
        )
        .Match(Span.Regex(@"==|!=|<=|>=|&&|\|\||\.\.|[<>!+*/(),=\[\]-]"), ConditionToken.Sign)
        .Build();

    private static readonly TokenListParser<ConditionToken, Syntax> Name =
        from word in Token
            .EqualTo(ConditionToken.Word)
            .Where(w => !Reserved.Contains(w.ToStringValue(), StringComparer.Ordinal))
            .Named("a name")
        select (Syntax)new Named(At(word), word.ToStringValue());

    private static readonly TokenListParser<ConditionToken, Syntax> Value = Token
        .EqualTo(ConditionToken.Number)
        .Select(NumberOf)
        .Or(Token.EqualTo(ConditionToken.Date).Select(DateOf))
        .Or(
            Token
                .EqualTo(ConditionToken.Text)
                .Select(t => (Syntax)new Literal(At(t), ValueKind.Text, t.ToStringValue()[1..^1]))
        )
        .Or(Word("true").Select(t => (Syntax)new Literal(At(t), ValueKind.YesNo, true)))
        .Or(Word("false").Select(t => (Syntax)new Literal(At(t), ValueKind.YesNo, false)))
        .Named("a value");

    private static readonly TokenListParser<ConditionToken, Syntax?> Where = (
        from _ in Word("where")
        from condition in Parse.Ref(() => Condition!)
        select (Syntax?)condition
    ).OptionalOrDefault();

    private static readonly TokenListParser<ConditionToken, Syntax> ExistsOrCount =
        from function in Word("exists").Or(Word("count"))
        from open in Sign("(")
        from collection in Name
        from condition in Where
        from close in Sign(")")
        select (Syntax)
            new Aggregate(At(function), function.ToStringValue(), null, (Named)collection, condition);

    private static readonly TokenListParser<ConditionToken, Syntax> Sum =
        from function in Word("sum")
        from open in Sign("(")
        from added in Parse.Ref(() => Total!)
        from of in Word("of")
        from collection in Name
        from condition in Where
        from close in Sign(")")
        select (Syntax)new Aggregate(At(function), "sum", added, (Named)collection, condition);

    private static readonly TokenListParser<ConditionToken, Syntax> NameOrCall =
        from name in Name
        from arguments in (
            from open in Sign("(")
            from list in Parse.Ref(() => Condition!).ManyDelimitedBy(Sign(","))
            from close in Sign(")")
            select list
        ).OptionalOrDefault()
        select arguments is null ? name : new Call(name.At, ((Named)name).Name, arguments);

    private static readonly TokenListParser<ConditionToken, Syntax> Bracketed =
        from open in Sign("(")
        from inner in Parse.Ref(() => Condition!)
        from close in Sign(")")
        select inner;

    private static readonly TokenListParser<ConditionToken, Syntax> Operand = Value
        .Or(ExistsOrCount)
        .Or(Sum)
        .Or(NameOrCall)
        .Or(Bracketed);

    private static readonly TokenListParser<ConditionToken, Syntax> Signed = (
        from minus in Sign("-")
        from operand in Operand
        select (Syntax)new Unary(At(minus), "-", operand)
    ).Or(Operand);

    private static readonly TokenListParser<ConditionToken, Syntax> Product = Parse.Chain(
        Sign("*").Or(Sign("/")),
        Signed,
        Between
    );

    private static readonly TokenListParser<ConditionToken, Syntax> Total = Parse.Chain(
        Sign("+").Or(Sign("-")),
        Product,
        Between
    );

    private static readonly TokenListParser<ConditionToken, Func<Syntax, Syntax>?> In =
        from word in Word("in")
        from open in Sign("[").Or(Sign("("))
        from first in Total
        from rest in (
            from dots in Sign("..")
            from to in Total
            select (Func<Syntax, bool, Syntax>)(
                (operand, hasTo) =>
                    new InRange(At(word), operand, first, open.ToStringValue() == "[", to, hasTo)
            )
        ).Or(
            from more in Sign(",").IgnoreThen(Total).Many()
            select (Func<Syntax, bool, Syntax>)(
                (operand, _) => new InList(At(word), operand, [first, .. more])
            )
        )
        from close in Sign("]").Or(Sign(")"))
        select (Func<Syntax, Syntax>?)(operand => rest(operand, close.ToStringValue() == "]"));

    private static readonly TokenListParser<ConditionToken, Func<Syntax, Syntax>?> Is =
        from word in Word("is")
        from presence in Word("present").Or(Word("absent"))
        select (Func<Syntax, Syntax>?)(
            operand => new Presence(At(word), operand, presence.ToStringValue() == "present")
        );

    private static readonly TokenListParser<ConditionToken, Func<Syntax, Syntax>?> Compared =
        from sign in Token
            .EqualTo(ConditionToken.Sign)
            .Where(s => s.ToStringValue() is "==" or "!=" or "<" or "<=" or ">" or ">=")
            .Named("a comparison")
        from right in Total
        select (Func<Syntax, Syntax>?)(left => new Binary(At(sign), sign.ToStringValue(), left, right));

    private static readonly TokenListParser<ConditionToken, Syntax> Comparison =
        from left in Total
        from test in In.Or(Is).Or(Compared).OptionalOrDefault()
        select test is null ? left : test(left);

    private static readonly TokenListParser<ConditionToken, Syntax> Negated = (
        from not in Sign("!").Or(Word("not"))
        from operand in Comparison
        select (Syntax)new Unary(At(not), "!", operand)
    ).Or(Comparison);

    private static readonly TokenListParser<ConditionToken, Syntax> All = Parse.Chain(
        Sign("&&"),
        Negated,
        Between
    );

    private static readonly TokenListParser<ConditionToken, Syntax> Condition = Parse.Chain(
        Sign("||"),
        All,
        Between
    );

    /// <summary>What a text says.</summary>
    /// <exception cref="ConditionException">It cannot be read.</exception>
    public static Syntax Read(string text)
    {
        if (text.Length > LongestText)
        {
            throw new ConditionException(
                LongestText,
                FormattableString.Invariant(
                    $"this has {text.Length} characters. Expected at most {LongestText}; several conditions in the list hold together."
                )
            );
        }

        var tokens = Tokens.TryTokenize(text);
        if (!tokens.HasValue)
        {
            var at = tokens.ErrorPosition.Absolute;
            var strange = text[at..].AsSpan().IndexOfAnyExcept(Known);
            throw Unexpected(text, at + Math.Max(strange, 0), strange < 0 ? "" : Any);
        }

        CheckDepth(tokens.Value);
        var read = Condition.AtEnd().TryParse(tokens.Value);
        return read.HasValue
            ? read.Value
            : throw Unexpected(
                text,
                read.ErrorPosition.HasValue ? read.ErrorPosition.Absolute : text.Length,
                read.Expectations switch
                {
                    { Length: > 0 } expected when expected.Contains("a value", StringComparer.Ordinal) =>
                        " Expected a field, a value, a function or '('.",
                    { Length: > 0 } expected => $" Expected {string.Join(" or ", expected)}.",
                    _ => After,
                }
            );
    }

    private static void CheckDepth(TokenList<ConditionToken> tokens)
    {
        var depth = 0;
        foreach (var token in tokens)
        {
            depth += token.ToStringValue() switch
            {
                "(" or "[" => 1,
                ")" or "]" => -1,
                _ => 0,
            };
            if (depth > DeepestLevel)
            {
                throw new ConditionException(
                    At(token),
                    FormattableString.Invariant(
                        $"more than {DeepestLevel} brackets stand in one another here. Take some apart."
                    )
                );
            }
        }
    }

    private static ConditionException Unexpected(string text, int at, string expected)
    {
        var rest = text[Math.Min(at, text.Length)..];
        var word = new string([.. rest.TakeWhile(IsOfWord)]);
        return new(
            Math.Min(at, text.Length),
            rest.Length == 0
                ? $"the text ends too early.{expected}"
                : rest switch
                {
                    ['=', ..] => "'=' is no comparison. Write '=='.",
                    ['&', ..] => "'&' is no operator. Write '&&'.",
                    ['|', ..] => "'|' is no operator. Write '||'.",
                    ['\'', ..] or ['"', ..] =>
                        $"'{rest[0]}' does not start a text here. Write texts as \"SE\", in double quotes on both sides.",
                    _ when word is "and" or "AND" => $"'{word}' is no operator. Write '&&'.",
                    _ when word is "or" or "OR" => $"'{word}' is no operator. Write '||'.",
                    _ => $"'{(word.Length > 0 ? word : rest[..1])}' cannot stand here.{expected}",
                }
        );
    }

    private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '.';

    private static TokenListParser<ConditionToken, Token<ConditionToken>> Sign(string sign) =>
        Token.EqualToValue(ConditionToken.Sign, sign).Named($"'{sign}'");

    private static TokenListParser<ConditionToken, Token<ConditionToken>> Word(string word) =>
        Token.EqualToValue(ConditionToken.Word, word).Named($"'{word}'");

    private static Syntax Between(Token<ConditionToken> sign, Syntax left, Syntax right) =>
        new Binary(At(sign), sign.ToStringValue(), left, right);

    private static Syntax NumberOf(Token<ConditionToken> token)
    {
        var text = token.ToStringValue();
        if (text.Length > 16)
        {
            throw new ConditionException(At(token), $"'{text}' is too long. Expected at most 15 digits.");
        }

        return new Literal(
            At(token),
            text.Contains('.', StringComparison.Ordinal) ? ValueKind.Number : ValueKind.WholeNumber,
            decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
        );
    }

    private static Syntax DateOf(Token<ConditionToken> token) =>
        DateOnly.TryParseExact(
            token.ToStringValue(),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? new Literal(At(token), ValueKind.Date, date)
            : throw new ConditionException(
                At(token),
                $"'{token.ToStringValue()}' is no date of the calendar. Expected one as yyyy-MM-dd."
            );

    private static int At(Token<ConditionToken> token) => token.Position.Absolute;
}
