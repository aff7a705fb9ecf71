using PlanningServices.Rules.Conditions;
using PlanningServices.Rules.Engine;

namespace PlanningServices.Rules.Policies.Reading;

/// <summary>
/// Reads a decision table: some rows that say what it is, a row that names what each column reads or gives, and a row
/// for each case.
/// </summary>
/// <param name="path">The file, relative to the pack's folder.</param>
/// <param name="parameters">The parameters that cells may read; absent where they could not be read.</param>
/// <param name="before">The rules and tables of the pack before this one.</param>
/// <param name="names">The names that conditions may compare with, by what they are names of.</param>
/// <param name="faults">Where faults go.</param>
internal sealed class TableFile(
    string path,
    Parameters? parameters,
    IReadOnlyList<PackRule> before,
    IReadOnlyDictionary<string, IReadOnlySet<string>?> names,
    FileFaults faults
)
{
    public const string Folder = "tables/";

    /// <summary>How many rows a table may have.</summary>
    public const int MostRows = 20_000;

    /// <summary>How many columns a table may have.</summary>
    public const int MostColumns = 30;

    /// <summary>How many codes a table may give.</summary>
    public const int MostCodes = 50;

    private const string ValuePrefix = "value.";

    private static readonly string[] Head =
    [
        "name",
        "rule_set",
        "subject",
        "after",
        "hit_policy",
        "source",
        "code",
        "outcome",
        "sentence",
    ];
    private static readonly string[] Given = ["code", "outcome", "sentence"];

    private static readonly Kind<HitPolicy> Hit = Kinds.OneOf([
        .. Enum.GetValues<HitPolicy>().Select(h => (h.ToString().ToLowerInvariant(), h)),
    ]);

    private readonly Dictionary<string, ValueKind?> kinds = RulePlace.KindsOf(parameters);
    private readonly Dictionary<string, Sentence?> sentences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PackCode> codes = new(StringComparer.Ordinal);
    private Dictionary<string, SheetRow> head = [];

    /// <summary>The table; absent where it has a fault.</summary>
    public TableRule? Read(string text)
    {
        var (rows, separator) = Spreadsheet.Read(text, faults);
        head = Headed(rows);
        var section = Section();
        var name = section.Required("name", Kinds.Text);
        var ruleSet = section.Required("rule_set", RulePlace.RuleSet);
        var subject = section.Required("subject", RulePlace.Subject);
        var after = section.Required("after", Kinds.Text);
        var hit = section.Required("hit_policy", Hit);
        var source = section.Required("source", Kinds.Text);
        if (faults.Any)
        {
            return null;
        }

        var place = new RulePlace("table", LineOf, faults);
        if (place.TableOf(ruleSet, subject) is not { } table)
        {
            return null;
        }

        place.CheckAfter(table, before, after);
        CheckSize(rows);
        var columned = new Binder(table.Vocabulary, kinds, names);
        var binder = new Binder(table.Vocabulary, kinds, names);
        var columns = faults.Any ? [] : Columns(rows[head.Count], columned, separator == ';');
        if (faults.Any)
        {
            return null;
        }

        List<TableRow> read =
        [
            .. rows.Skip(head.Count + 1)
                .Select(row => Row(row, columns, table, binder, after))
                .OfType<TableRow>(),
        ];
        return faults.Any
            ? null
            : new TableRule
            {
                RuleSet = ruleSet,
                Subject = subject,
                Name = name,
                Source = source,
                Codes = [.. codes.Values],
                File = path,
                Line = 1,
                Vocabulary = table.Vocabulary,
                HitPolicy = hit,
                Columns =
                [
                    .. columns.Where(c => c.Cells is not null).Select(c => new TableColumn(c.Text, c.Read!)),
                ],
                ValueNames = ValuesIn(columns),
                Rows = read,
                Columned = columned,
                Binder = binder,
            };
    }

    private Section Section() =>
        new(
            new(
                1,
                [
                    .. head.Select(h => new MapEntry(
                        h.Key,
                        h.Value.Line,
                        new TextNode(h.Value.Line, h.Value[1], IsAbsent: h.Value[1].Length == 0)
                    )),
                ]
            ),
            "table",
            faults
        );

    private void CheckSize(IReadOnlyList<SheetRow> rows)
    {
        if (rows.Count == head.Count)
        {
            faults.Add(
                rows[^1].Line,
                $"the table ends with '{rows[^1][0]}'. Expected a row with what its columns read and give, such as voucher.country,voucher.days,code,sentence."
            );
        }
        else if (rows.Count == head.Count + 1)
        {
            faults.Add(rows[^1].Line, $"the table has no rows below what its columns read and give.");
        }
        else if (rows.Count - head.Count - 1 > MostRows)
        {
            faults.Add(0, $"the table has {rows.Count - head.Count - 1} rows. Expected at most {MostRows}.");
        }
    }

    /// <summary>The rows before that of the columns, by their first field.</summary>
    private Dictionary<string, SheetRow> Headed(IReadOnlyList<SheetRow> rows)
    {
        var found = new Dictionary<string, SheetRow>(StringComparer.Ordinal);
        foreach (var row in rows.TakeWhile(r => Head.Contains(r[0], StringComparer.Ordinal)))
        {
            if (row.Fields.Count > 2)
            {
                faults.Add(
                    row.Line,
                    $"'{row[0]}' has more than one value. Put a text with a comma in double quotes; of columns, those that give come after those that read."
                );
            }

            if (!found.TryAdd(row[0], row))
            {
                faults.Add(row.Line, $"'{row[0]}' is there twice. Keep one.");
                break;
            }
        }

        return found;
    }

    private int LineOf(string key) => head.TryGetValue(key, out var row) ? row.Line : 1;

    /// <summary>What each column reads, with a reader of its cells, or gives.</summary>
    private List<Column> Columns(SheetRow row, Binder binder, bool hasDecimalComma)
    {
        var columns = new List<Column>();
        if (row.Fields.Count > MostColumns)
        {
            faults.Add(
                row.Line,
                $"the table has {row.Fields.Count} columns. Expected at most {MostColumns}."
            );
            return columns;
        }

        foreach (var (at, text) in row.Fields.Index())
        {
            if (columns.Exists(c => c.Text == text))
            {
                faults.Add(row.Line, $"cell {row.NameOf(at)}: there are two columns '{text}'. Keep one.");
            }

            if (Given.Contains(text, StringComparer.Ordinal) && head.ContainsKey(text))
            {
                faults.Add(
                    row.Line,
                    $"cell {row.NameOf(at)}: '{text}' is given above for all rows. Keep the row above or the column."
                );
            }

            if (Given.Contains(text, StringComparer.Ordinal) || IsValue(text))
            {
                columns.Add(new(text, at, null, null));
                continue;
            }

            Try(
                row,
                at,
                () =>
                {
                    var syntax = ConditionParser.Read(text);
                    var read = binder.Value(syntax);
                    return new Column(text, at, read, new CellReader(syntax, read, hasDecimalComma));
                },
                columns.Add
            );
        }

        CheckGiven(row.Line, columns);
        return columns;
    }

    private void CheckGiven(int line, List<Column> columns)
    {
        if (!faults.Any && columns.TrueForAll(c => c.Cells is null))
        {
            faults.Add(line, $"no column reads something. Expected one such as voucher.country.");
        }

        foreach (var given in Given.Where(g => g != "outcome"))
        {
            if (!head.ContainsKey(given) && !columns.Exists(c => c.Text == given))
            {
                faults.Add(
                    line,
                    $"the table has no '{given}'. Expected a column, or a row above with that of all rows."
                );
            }
        }
    }

    private TableRow? Row(
        SheetRow row,
        List<Column> columns,
        IDecisionTable table,
        Binder binder,
        string after
    )
    {
        if (row.Fields.Count > columns.Count)
        {
            faults.Add(
                row.Line,
                $"cell {row.NameOf(columns.Count)}: '{row[columns.Count]}' stands beyond the last column. Put a text with a separator in double quotes."
            );
            return null;
        }

        var cells = new List<Cell>();
        foreach (var column in columns.Where(c => c.Cells is not null))
        {
            Try(
                row,
                column.At,
                () =>
                {
                    var cell = column.Cells!.Read(row[column.At]);
                    if (cell is { Set: null, Test: { } test } && !binder.Parts.ContainsKey(test))
                    {
                        binder.Condition(test);
                    }

                    return cell;
                },
                cells.Add
            );
        }

        var code = GivenBy("code");
        var outcome = GivenBy("outcome");
        if (Code(row, code, outcome is { Length: > 0 } ? outcome : null, table, after) is not { } known)
        {
            return null;
        }

        return SentenceOf(row, GivenBy("sentence")!, columns, table) is { } sentence
            ? new(
                row.Line,
                cells,
                known.Code,
                sentence,
                [.. columns.Where(c => IsValue(c.Text)).Select(c => row[c.At])]
            )
            : null;

        string? GivenBy(string what) =>
            columns.Find(c => c.Text == what) is { } column ? row[column.At]
            : head.TryGetValue(what, out var all) ? all[1]
            : null;
    }

    private PackCode? Code(SheetRow row, string? code, string? outcome, IDecisionTable table, string after)
    {
        if (code is null || !Kinds.Code.Parse(new TextNode(row.Line, code), out _))
        {
            faults.Add(row.Line, $"row: 'code' is '{code}'. Expected {Kinds.Code.Expected}.");
            return null;
        }

        if (codes.TryGetValue(code, out var known))
        {
            if (known.Outcome != outcome)
            {
                faults.Add(
                    row.Line,
                    $"row: code '{code}' leads to '{outcome ?? "none"}' here and to '{known.Outcome ?? "none"}' above. Give each outcome a code of its own."
                );
            }

            return known;
        }

        var place = new RulePlace("row", _ => row.Line, faults);
        place.CheckCode(table, before, code);
        place.CheckOutcome(table, outcome);
        if (codes.Count == MostCodes)
        {
            faults.Add(
                row.Line,
                $"row: code '{code}' is one more than the {MostCodes} that a table may give."
            );
            return null;
        }

        // Each stands after the one before it, so that the codes keep the order of the table.
        codes.Add(code, known = new(code, codes.Count == 0 ? after : codes.Last().Key, outcome));
        return known;
    }

    private Sentence? SentenceOf(SheetRow row, string text, List<Column> columns, IDecisionTable table)
    {
        if (sentences.TryGetValue(text, out var known))
        {
            return known;
        }

        var withPlaces = text;
        foreach (var (at, value) in ValuesIn(columns).Index())
        {
            withPlaces = withPlaces.Replace(
                $"{{{value}}}",
                ((char)(TableRule.FirstValue + at)).ToString(),
                StringComparison.Ordinal
            );
        }

        Sentence? read = null;
        if (text.Length == 0)
        {
            faults.Add(row.Line, $"row: 'sentence' is empty. Expected what is found, in words.");
        }
        else
        {
            var column = columns.Find(c => c.Text == "sentence");
            Try(
                column is null ? head["sentence"] : row,
                column?.At ?? 1,
                () => Sentence.Read(withPlaces, new Binder(table.Vocabulary, kinds, names)),
                s => read = s
            );
        }

        sentences.Add(text, read);
        return read;
    }

    private void Try<T>(SheetRow row, int column, Func<T> read, Action<T> take)
    {
        try
        {
            take(read());
        }
        catch (ConditionException e)
        {
            faults.Add(row.Line, $"cell {row.NameOf(column)}: {e.Message}");
        }
    }

    private static List<string> ValuesIn(List<Column> columns) =>
        [.. columns.Where(c => IsValue(c.Text)).Select(c => c.Text)];

    private static bool IsValue(string column) =>
        column.StartsWith(ValuePrefix, StringComparison.Ordinal) && column.Length > ValuePrefix.Length;

    private sealed record Column(string Text, int At, Bound? Read, CellReader? Cells);
}
