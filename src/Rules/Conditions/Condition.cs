using System.Collections;
using System.Linq.Expressions;

namespace PlanningServices.Rules.Conditions;

/// <summary>A condition on a subject.</summary>
internal sealed class Condition
{
    private readonly Binder binder;
    private readonly Syntax syntax;
    private readonly Bound bound;

    private Condition(Binder binder, Syntax syntax, string text)
    {
        this.binder = binder;
        this.syntax = syntax;
        bound = binder.Condition(syntax);
        Text = text;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it holds, as an expression of the binder's subject.</summary>
    public Expression Holds => bound.Value;

    /// <summary>Reads a condition.</summary>
    /// <exception cref="ConditionException">It cannot be used.</exception>
    public static Condition Read(string text, Binder binder) => new(binder, ConditionParser.Read(text), text);

    /// <summary>Whether it holds for a subject.</summary>
    public bool HoldsFor(object subject) => ValueOf(bound.Value, subject) is true;

    /// <summary>Why it does not hold for a subject, with the values that it read.</summary>
    public string WhyNot(object subject) => new Reason(this, subject).Because(syntax, holds: false);

    private object? ValueOf(Expression value, object subject) =>
        Compilation.ValueFor(subject, value, binder.Subject);

    /// <summary>Says in words why parts of the condition hold or do not.</summary>
    private sealed class Reason(Condition condition, object subject)
    {
        public string Because(Syntax part, bool holds) =>
            part switch
            {
                Unary { Operator: "!" } not => Because(not.Operand, !holds),
                Binary { Operator: "&&" or "||" } both => BecauseOf(both, holds),
                Binary { Left: Aggregate, Right: Literal } compared =>
                    $"{SyntaxText.Of(compared.Left)} is {Of(compared.Left)},{Not(holds)} {compared.Operator} {SyntaxText.Of(compared.Right)}",
                Binary compared =>
                    $"{With(compared.Left)} is{Not(holds)} {Words(compared)} {With(compared.Right)}",
                Presence presence => $"{SyntaxText.Of(presence.Operand)} is {Of(presence.Operand)}",
                InList list =>
                    $"{SyntaxText.Of(list.Operand)} is {Of(list.Operand)},{Not(holds)} one of {string.Join(", ", list.Items.Select(SyntaxText.Of))}",
                InRange range =>
                    $"{SyntaxText.Of(range.Operand)} is {Of(range.Operand)},{Not(holds)} {SyntaxText.RangeOf(range)}",
                Aggregate aggregate => Because(aggregate),
                _ => $"{SyntaxText.Of(part)}: {(holds ? "yes" : "no")}",
            };

        private string Because(Aggregate aggregate)
        {
            var search = condition.binder.Collections[aggregate];
            var matches = new Compilation().Visit(search.Where)
                is ConstantExpression { Value: Delegate function }
                ? function
                : null;
            var facts = ((IEnumerable?)Value(search.Facts) ?? Array.Empty<object>()).Cast<object>().ToList();
            return facts.Find(f => matches?.DynamicInvoke(subject, f) is true) is { } found
                ? $"found {Describe(search.Over, found)}"
                : $"none of the {search.Over.Name} is one where {SyntaxText.Of(aggregate.Where!)}{Known(aggregate.Where!)}";
        }

        private static string Describe(Collection over, object fact) =>
            $"one of the {over.Name} ("
            + string.Join(
                ", ",
                over.Fields.Select(f => (f, Value: f.ValueOf(fact)))
                    .Where(f => f.Value is not null)
                    .Select(f => $"{f.f.Name} {Values.Text(f.f.Kind, f.Value)}")
            )
            + ")";

        /// <summary>What is known of the subject that the facts are compared with.</summary>
        private string Known(Syntax where)
        {
            var known = SyntaxText
                .NamesIn(where)
                .Where(n => condition.binder.Reads(n))
                .Select(n => $"{n.Name} is {Of(n)}")
                .Distinct(StringComparer.Ordinal)
                .ToList();
            return known.Count == 0 ? "" : $"; {string.Join(", ", known)}";
        }

        /// <summary>Of two conditions, the one that decides; both where both do.</summary>
        private string BecauseOf(Binary both, bool holds)
        {
            var needsBoth = both.Operator == "&&" == holds;
            return needsBoth ? $"{Because(both.Left, holds)} and {Because(both.Right, holds)}"
                : Holds(both.Left) == holds ? Because(both.Left, holds)
                : Because(both.Right, holds);
        }

        private bool Holds(Syntax part) => Value(condition.binder.Parts[part].Value) is true;

        private static string Not(bool holds) => holds ? "" : " not";

        private string Words(Binary compared) =>
            (compared.Operator, condition.binder.Parts[compared.Left].Kind == ValueKind.Date) switch
            {
                ("==", _) => "equal to",
                ("!=", _) => "other than",
                (">", true) => "after",
                (">=", true) => "on or after",
                ("<", true) => "before",
                ("<=", true) => "on or before",
                (">", false) => "more than",
                (">=", false) => "at least",
                ("<", false) => "less than",
                _ => "at most",
            };

        private string With(Syntax part) =>
            part is Literal ? SyntaxText.Of(part) : $"{SyntaxText.Of(part)} ({Of(part)})";

        private string Of(Syntax part)
        {
            var bound = condition.binder.Parts[part];
            return Values.Text(bound.Kind, Value(bound.Value));
        }

        private object? Value(Expression value) => condition.ValueOf(value, subject);
    }
}
