namespace PlanningServices.Rules.Conditions;

/// <summary>A sentence with values in it, such as <c>The voucher was created on {voucher.created_on}.</c></summary>
internal sealed class Sentence
{
    private readonly Binder binder;

    private Sentence(string text, IReadOnlyList<(string Before, Bound? Value)> parts, Binder binder) =>
        (Text, Parts, this.binder) = (text, parts, binder);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>The texts, each with the value that follows it; absent after the last.</summary>
    public IReadOnlyList<(string Before, Bound? Value)> Parts { get; }

    /// <summary>Whether it names the plain business date or a number of days counted from it.</summary>
    public bool ReadsPlainDate => Parts.Any(p => p.Value is not null && PlainDate.In(p.Value.Value));

    /// <summary>Reads a sentence.</summary>
    /// <exception cref="ConditionException">It cannot be used.</exception>
    public static Sentence Read(string text, Binder binder)
    {
        var parts = new List<(string, Bound?)>();
        var at = 0;
        while (text.IndexOf('{', at) is >= 0 and var open)
        {
            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                throw new ConditionException(open, "'{' has no '}' after it.");
            }

            try
            {
                parts.Add((text[at..open], binder.Value(ConditionParser.Read(text[(open + 1)..close]))));
            }
            catch (ConditionException e)
            {
                throw new ConditionException(open + 1 + e.At, e.Message);
            }

            at = close + 1;
        }

        parts.Add((text[at..], null));
        return new(text, parts, binder);
    }

    /// <summary>The sentence about a subject.</summary>
    public Func<TCase, string> Compile<TCase>()
    {
        var compiled = Parts
            .Select(p =>
                (
                    p.Before,
                    p.Value?.Kind,
                    Value: p.Value is null
                        ? null
                        : Compilation.Of<TCase, object?>(p.Value.Value, binder.Subject)
                )
            )
            .ToList();
        return subject =>
            string.Concat(
                compiled.Select(p =>
                    p.Value is null ? p.Before : p.Before + Values.Text(p.Kind!.Value, p.Value(subject))
                )
            );
    }
}
