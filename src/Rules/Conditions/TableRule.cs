using System.Linq.Expressions;
using PlanningServices.Rules.Decisions;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Conditions;

/// <summary>Which of the rows that hold are found.</summary>
internal enum HitPolicy
{
    /// <summary>The first.</summary>
    First,

    /// <summary>All.</summary>
    Collect,

    /// <summary>The only one: the table is meant to have no two that hold together. The first, where two do.</summary>
    Unique,
}

/// <summary>What a column of a table reads.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="Read">What it reads.</param>
internal sealed record TableColumn(string Text, Bound Read);

/// <summary>A row of a table.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Cells">Its tests, one for each column that reads; all hold where the row does.</param>
/// <param name="Code">The code that is found.</param>
/// <param name="Sentence">What is found, with a place for each of the values.</param>
/// <param name="Values">The other values that it gives, in the order of their columns.</param>
internal sealed record TableRow(
    int Line,
    IReadOnlyList<Cell> Cells,
    string Code,
    Sentence Sentence,
    IReadOnlyList<string> Values
);

/// <summary>A decision table of a pack: rows of tests, of which one or all that hold are found.</summary>
internal sealed class TableRule : SubjectRule
{
    /// <summary>The name under which findings say which row they come from.</summary>
    public const string RowName = "table_row";

    /// <summary>The first of the letters that stand for the values of a row in its sentence.</summary>
    public const char FirstValue = '\uE000';

    public required HitPolicy HitPolicy { get; init; }

    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>The names of the other values that rows give.</summary>
    public required IReadOnlyList<string> ValueNames { get; init; }

    public required IReadOnlyList<TableRow> Rows { get; init; }

    /// <summary>What bound the names in the columns.</summary>
    public required Binder Columned { get; init; }

    /// <summary>What bound the names in cells and sentences.</summary>
    public required Binder Binder { get; init; }

    public override string Title => $"table {File}";

    public override IReadOnlyList<(string Part, string Text)> Parts =>
        [
            ("rule set", RuleSet.Text()),
            ("subject", Subject.Text()),
            ("after", Codes[0].After),
            ("name", Name),
            ("source", Source),
            ("hit policy", HitPolicy.ToString().ToLowerInvariant()),
            .. Rows.Select(r => (WhenOf(r), ThenOf(r))),
        ];

    public override IEnumerable<string> ParametersRead =>
        Columned.ParametersRead.Concat(Binder.ParametersRead).Distinct(StringComparer.Ordinal);

    public override IEnumerable<(int Line, string Text)> PlainDateReads =>
        Columns
            .Where(c => c.Read.Moving is null && PlainDate.In(c.Read.Value))
            .Select(c => (Line, $"column '{c.Text}'"))
            .Concat(
                Rows.SelectMany(r =>
                    r.Cells.Where(c =>
                            c is { Set: null, Test: not null } && PlainDate.In(Binder.Parts[c.Test].Value)
                        )
                        .Select(c => (r.Line, $"cell '{c.Text}'"))
                )
            )
            .Concat(Rows.Where(r => r.Sentence.ReadsPlainDate).Select(r => (r.Line, "the sentence")));

    /// <summary>A row in words: what its cells say.</summary>
    public string WhenOf(TableRow row) =>
        string.Join(
            ", ",
            Columns
                .Zip(row.Cells)
                .Where(c => c.Second.Test is not null)
                .Select(c => $"{c.First.Text}: {c.Second.Text}")
        )
            is { Length: > 0 } when
            ? $"row with {when}"
            : "row for all";

    /// <summary>Where a row stands, such as <c>tables/durations.csv:12</c>.</summary>
    public string PlaceOf(TableRow row) => FormattableString.Invariant($"{File}:{row.Line}");

    public override string WhyNot(string code, object subject)
    {
        var values = Columns
            .Select(c => Compilation.ValueFor(subject, c.Read.Value, Columned.Subject))
            .ToList();
        var found = Rows.Where(r => FirstAgainst(r, values, subject) < 0).ToList();
        if (
            found.Find(r => r.Code == code) is not null
            && (HitPolicy == HitPolicy.Collect || found[0].Code == code)
        )
        {
            return "";
        }

        if (found.Count > 0 && HitPolicy != HitPolicy.Collect)
        {
            return FormattableString.Invariant(
                $"line {found[0].Line} of {File} holds first, and gives {found[0].Code}"
            );
        }

        var nearest = Rows.Where(r => r.Code == code).MaxBy(r => FirstAgainst(r, values, subject))!;
        var at = FirstAgainst(nearest, values, subject);
        return FormattableString.Invariant(
            $"no row of {File} that gives it holds; nearest is line {nearest.Line}, where {Columns[at].Text} is {Conditions.Values.Text(Columns[at].Read.Kind, values[at])}, not {nearest.Cells[at].Text}"
        );
    }

    public override Finder<TCase> Compile<TCase>() => new(new Search<TCase>(this).Find);

    private static string ThenOf(TableRow row) =>
        string.Join(", ", [row.Code, .. row.Values, WithValues(row.Sentence.Text, row)]);

    private static string WithValues(string sentence, TableRow row)
    {
        for (var i = 0; i < row.Values.Count; i++)
        {
            sentence = sentence.Replace(
                ((char)(FirstValue + i)).ToString(),
                row.Values[i],
                StringComparison.Ordinal
            );
        }

        return sentence;
    }

    private IEnumerable<string> ParametersIn(TableRow row) =>
        row
            .Cells.Where(c => c is { Set: null, Test: not null })
            .SelectMany(c => SyntaxText.NamesIn(c.Test!))
            .Select(n => n.Name)
            .Where(n => Binder.ParametersRead.Contains(n, StringComparer.Ordinal));

    /// <summary>The first column whose test does not hold; -1 where all do. It is for explaining one subject.</summary>
    private int FirstAgainst(TableRow row, List<object?> values, object subject)
    {
        for (var i = 0; i < values.Count; i++)
        {
            var holds = row.Cells[i].Set is { } set
                ? set.Has(ValueSet.Plain(values[i]))
                : Compilation.ValueFor(subject, Binder.Parts[row.Cells[i].Test!].Value, Binder.Subject)
                    is true;
            if (!holds)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Looks for the rows that hold for a case.</summary>
    private sealed class Search<TCase>
    {
        private readonly TableRule table;
        private readonly Func<TCase, object?>[] columns;
        private readonly Dictionary<object, Func<TCase, bool>> tests = new(
            ReferenceEqualityComparer.Instance
        );
        private readonly Dictionary<Sentence, Func<TCase, string>> sentences;
        private readonly Func<TCase, PolicyTerms> terms;
        private readonly RowIndex index;

        public Search(TableRule table)
        {
            this.table = table;
            columns =
            [
                // What moves with the business date is not read but compared with it, so that the day on which the answer
                // turns is known.
                .. table.Columns.Select(c =>
                    c.Read.Moving is null
                        ? Compilation.Of<TCase, object?>(c.Read.Value, table.Columned.Subject)
                        : _ => null
                ),
            ];
            foreach (
                var test in table.Rows.SelectMany(r => r.Cells).Where(c => c.Set is null).Select(c => c.Test!)
            )
            {
                if (!tests.ContainsKey(test))
                {
                    tests.Add(
                        test,
                        Compilation.Of<TCase, bool>(table.Binder.Parts[test].Value, table.Binder.Subject)
                    );
                }
            }

            sentences = table
                .Rows.Select(r => r.Sentence)
                .Distinct()
                .ToDictionary(s => s, s => s.Compile<TCase>());
            terms = ((Expression<Func<TCase, PolicyTerms>>)table.Vocabulary.Terms).Compile();
            index = new RowIndex(table);
        }

        public List<Found> Find(TCase subject)
        {
            var values = Array.ConvertAll(columns, read => ValueSet.Plain(read(subject)));
            List<Found>? found = null;
            foreach (var at in index.Rows(values))
            {
                var row = table.Rows[at];
                if (!Holds(row, values, subject))
                {
                    continue;
                }

                (found ??= []).Add(FoundIn(row, subject));
                if (table.HitPolicy != HitPolicy.Collect)
                {
                    break;
                }
            }

            return found ?? [];
        }

        private bool Holds(TableRow row, object?[] values, TCase subject)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var cell = row.Cells[i];
                if (cell.Set is { } set ? !set.Has(values[i]) : !tests[cell.Test!](subject))
                {
                    return false;
                }
            }

            return true;
        }

        private Found FoundIn(TableRow row, TCase subject) =>
            new(
                row.Code,
                WithValues(sentences[row.Sentence](subject), row),
                [
                    .. table
                        .Columned.FieldsRead.Concat(table.Columned.ParametersRead)
                        .Concat(table.ParametersIn(row))
                        .Distinct(StringComparer.Ordinal)
                        .Select(name => table.EvidenceOf(name, subject!, terms(subject))),
                    .. table.ValueNames.Zip(row.Values, (name, value) => new Evidence(name, value)),
                    new Evidence(RowName, table.PlaceOf(row)),
                ]
            );
    }

    /// <summary>The rows that can hold, by the value of the column that most rows name the values of.</summary>
    private sealed class RowIndex
    {
        private readonly int column;
        private readonly Dictionary<object, List<int>> byValue = [];
        private readonly List<int> others = [];

        public RowIndex(TableRule table)
        {
            column = Enumerable
                .Range(0, table.Columns.Count)
                .MaxBy(c => table.Rows.Count(r => r.Cells[c].Set?.Named is not null));
            foreach (var (at, row) in table.Rows.Index())
            {
                if (row.Cells[column].Set?.Named is { } named)
                {
                    foreach (var value in named.Where(v => !byValue.ContainsKey(v)))
                    {
                        byValue.Add(value, [.. others]);
                    }

                    foreach (var value in named)
                    {
                        byValue[value].Add(at);
                    }
                }
                else
                {
                    others.Add(at);
                    foreach (var rows in byValue.Values)
                    {
                        rows.Add(at);
                    }
                }
            }
        }

        /// <summary>The rows, in their order.</summary>
        public List<int> Rows(object?[] values) =>
            values[column] is { } value && byValue.TryGetValue(value, out var rows) ? rows : others;
    }
}
