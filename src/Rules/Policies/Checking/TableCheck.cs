using PlanningServices.Rules.Conditions;

namespace PlanningServices.Rules.Policies.Checking;

/// <summary>
/// Notices rows of decision tables that can never be found, rows that hold together where no two are to, and gaps
/// between the ranges of rows that are alike otherwise. What parameters or the business date decide is taken to hold
/// for anything.
/// </summary>
internal sealed class TableCheck(PolicyPack pack)
{
    /// <summary>How many pairs of rows of one table are looked at, so that no check takes long.</summary>
    private const int MostPairs = 3_000_000;

    /// <summary>Into how many parts a row is cut while earlier ones are taken from it.</summary>
    private const int MostParts = 200;

    public IEnumerable<PolicyNotice> Notices() => pack.Rules.OfType<TableRule>().SelectMany(Notices);

    private static IEnumerable<PolicyNotice> Notices(TableRule table)
    {
        var rows = table.Rows.Select(r => new Box(r, [.. r.Cells.Select(c => c.Set)])).ToList();
        var notices = table.HitPolicy switch
        {
            HitPolicy.First => NeverReached(table, rows),
            HitPolicy.Unique => Overlapping(table, rows),
            HitPolicy.Collect => Repeated(table),
        };
        return notices.Concat(Gaps(table, rows));
    }

    private static IEnumerable<PolicyNotice> NeverReached(TableRule table, List<Box> rows)
    {
        foreach (var (row, earlier) in Compared(rows))
        {
            if (earlier is null)
            {
                yield return TooMany(table, row);
                yield break;
            }

            var all = table.Columns.Select(c => ValueSet.All(c.Read.Kind, c.Read.Values)).ToArray();
            ValueSet[] sets = [.. row.Sets.Zip(all, (set, any) => set ?? any)];
            var covering = earlier.Where(e => e.IsKnown && e.Meets(row)).ToList();
            if (IsCovered(sets, covering))
            {
                yield return Notice(
                    table,
                    row,
                    covering is [var one]
                        ? $"the row can never be found, since all it holds for is found by line {one.Row.Line}."
                        : (FormattableString)
                            $"the row can never be found, since all it holds for is found by {covering.Count} rows before it, such as line {covering[0].Row.Line}."
                );
            }
        }
    }

    private static IEnumerable<PolicyNotice> Overlapping(TableRule table, List<Box> rows)
    {
        foreach (var (row, earlier) in Compared(rows))
        {
            if (earlier is null)
            {
                yield return TooMany(table, row);
                yield break;
            }

            if (row.IsKnown && earlier.FirstOrDefault(e => e.IsKnown && e.Meets(row)) is { } other)
            {
                var where = table
                    .Columns.Select(
                        (c, at) =>
                            $"{c.Text} {SetText.FirstOf(row.Sets[at]!.And(other.Sets[at]!), c.Read.Kind)}"
                    )
                    .ToList();
                yield return Notice(
                    table,
                    row,
                    $"the row holds together with line {other.Row.Line}, for {string.Join(", ", where)}. In a table with hit policy unique no two do."
                );
            }
        }
    }

    private static IEnumerable<PolicyNotice> Repeated(TableRule table) =>
        table
            .Rows.GroupBy(r => $"{table.WhenOf(r)}\n{r.Code}\n{r.Sentence.Text}", StringComparer.Ordinal)
            .SelectMany(same =>
                same.Skip(1)
                    .Select(r => new PolicyNotice(
                        table.File,
                        r.Line,
                        TextFormat.Of($"the row says what line {same.First().Line} says. Keep one.")
                    ))
            );

    /// <summary>Between the ranges of a column in rows whose other cells are the same.</summary>
    private static IEnumerable<PolicyNotice> Gaps(TableRule table, List<Box> rows)
    {
        for (var at = 0; at < table.Columns.Count; at++)
        {
            var column = at;
            var read = table.Columns[at].Read;
            if (read.Kind is ValueKind.Text or ValueKind.YesNo)
            {
                continue;
            }

            foreach (
                var alike in rows.Where(r => r.IsKnown && IsRange(r.Row.Cells[column].Text))
                    .GroupBy(
                        r => string.Join('\n', r.Row.Cells.Where((_, i) => i != column).Select(c => c.Text)),
                        StringComparer.Ordinal
                    )
                    .Where(g => g.Skip(1).Any())
            )
            {
                var union = (OrderedSet)
                    alike.Select(r => r.Sets[column]!).Aggregate((one, other) => one.Or(other));
                foreach (var hole in HolesOf(union))
                {
                    ValueSet[] sets = [.. alike.First().Sets.Select((s, i) => i == column ? hole : s!)];
                    var box = new Box(alike.First().Row, sets);
                    if (!IsCovered(sets, [.. rows.Where(r => r.IsKnown && r.Meets(box))]))
                    {
                        yield return Notice(
                            table,
                            alike.First(r => SetText.StartsAfter(r.Sets[column]!, hole)),
                            $"between this row and line {alike.Last(r => !SetText.StartsAfter(r.Sets[column]!, hole)).Row.Line}, which differ in {table.Columns[column].Text} alone, nothing is found for {SetText.FirstOf(hole, read.Kind)}."
                        );
                    }
                }
            }
        }
    }

    private static bool IsRange(string cell) =>
        cell.Contains("..", StringComparison.Ordinal) || cell.Contains('<') || cell.Contains('>');

    private static IEnumerable<OrderedSet> HolesOf(OrderedSet union)
    {
        for (var i = union.FromStart ? 0 : 1; i + 1 < union.Cuts.Count; i += 2)
        {
            yield return OrderedSet.Between(union.Cuts[i], union.Cuts[i + 1]);
        }
    }

    /// <summary>Each row with those before it that can meet it; without them once there were too many pairs.</summary>
    private static IEnumerable<(Box Row, IReadOnlyList<Box>? Earlier)> Compared(List<Box> rows)
    {
        var columns = rows[0].Sets.Count;
        var column = Enumerable.Range(0, columns).MaxBy(c => rows.Count(r => r.Sets[c]?.Named is not null));
        var byValue = new Dictionary<object, List<Box>>();
        var others = new List<Box>();
        var before = new List<Box>();
        var pairs = 0L;
        foreach (var row in rows)
        {
            IReadOnlyList<Box> earlier = row.Sets[column]?.Named is { } named
                ?
                [
                    .. named
                        .SelectMany(v => byValue.GetValueOrDefault(v, []))
                        .Concat(others)
                        .Distinct()
                        .OrderBy(e => e.Row.Line),
                ]
                : before;
            pairs += earlier.Count;
            if (pairs > MostPairs)
            {
                yield return (row, null);
                yield break;
            }

            yield return (row, earlier);
            before.Add(row);
            if (row.Sets[column]?.Named is not { } own)
            {
                others.Add(row);
                continue;
            }

            foreach (var value in own)
            {
                if (!byValue.TryGetValue(value, out var same))
                {
                    byValue.Add(value, same = []);
                }

                same.Add(row);
            }
        }
    }

    /// <summary>Whether all combinations of values are among those of some rows.</summary>
    private static bool IsCovered(ValueSet[] sets, IReadOnlyList<Box> by)
    {
        var left = new List<ValueSet[]> { sets };
        foreach (var row in by)
        {
            left = [.. left.SelectMany(part => Without(part, row))];
            if (left.Count is 0 or > MostParts)
            {
                break;
            }
        }

        return left.Count == 0;
    }

    /// <summary>What is left of some combinations without those of a row, in parts.</summary>
    private static IEnumerable<ValueSet[]> Without(ValueSet[] sets, Box row)
    {
        if (!new Box(row.Row, sets).Meets(row))
        {
            yield return sets;
            yield break;
        }

        var rest = sets;
        for (var i = 0; i < sets.Length; i++)
        {
            var outside = rest[i].And(row.Sets[i]!.Not());
            if (!outside.IsEmpty)
            {
                yield return [.. rest[..i], outside, .. rest[(i + 1)..]];
            }

            rest = [.. rest[..i], rest[i].And(row.Sets[i]!), .. rest[(i + 1)..]];
        }
    }

    private static PolicyNotice TooMany(TableRule table, Box row) =>
        Notice(
            table,
            row,
            $"from this row on, rows were not compared with one another: the table has too many that could meet. A column with single values, such as a country, keeps them apart."
        );

    private static PolicyNotice Notice(TableRule table, Box row, FormattableString message) =>
        new(table.File, row.Row.Line, TextFormat.Of(message));

    /// <summary>The combinations of values that a row holds for; a set that is not known is absent.</summary>
    private sealed record Box(TableRow Row, IReadOnlyList<ValueSet?> Sets)
    {
        public bool IsKnown => Sets.All(s => s is not null);

        public bool Meets(Box other)
        {
            for (var i = 0; i < Sets.Count; i++)
            {
                if (Sets[i] is { } one && other.Sets[i] is { } set && one.And(set).IsEmpty)
                {
                    return false;
                }
            }

            return true;
        }

        public bool Equals(Box? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => Row.Line;
    }
}

/// <summary>Sets of values in words.</summary>
internal static class SetText
{
    /// <summary>The first values of a set, such as <c>2020-07-01 to 2020-07-31</c>.</summary>
    public static string FirstOf(ValueSet set, ValueKind kind) =>
        set switch
        {
            NameSet { IsAllBut: false, Names: { Count: > 0 } names } => names
                .Order(StringComparer.Ordinal)
                .First(),
            NameSet { IsAllBut: true, Names.Count: > 0 } all => "other than "
                + string.Join(", ", all.Names.Order(StringComparer.Ordinal)),
            NameSet { IsAllBut: true } => "any",
            OrderedSet { FromStart: true, Cuts: [] } => "any",
            OrderedSet { FromStart: true, Cuts: [var end, ..] } => "up to " + LastBefore(end, kind),
            OrderedSet { Cuts: [var from, var to, ..] } => FirstAfter(from, kind) == LastBefore(to, kind)
                ? FirstAfter(from, kind)
                : $"{FirstAfter(from, kind)} to {LastBefore(to, kind)}",
            OrderedSet { Cuts: [var from] } => "from " + FirstAfter(from, kind),
            _ => "absent",
        };

    /// <summary>Whether a set starts where a hole ends, or later.</summary>
    public static bool StartsAfter(ValueSet set, OrderedSet hole) =>
        set is OrderedSet { FromStart: false, Cuts: [var from, ..] } && from >= hole.Cuts[^1];

    private static string FirstAfter(Cut cut, ValueKind kind) =>
        cut.IsAfter ? "just above " + Text(cut.At, kind) : Text(cut.At, kind);

    private static string LastBefore(Cut cut, ValueKind kind) =>
        cut.IsAfter ? Text(cut.At, kind)
        : kind == ValueKind.Number ? "just below " + Text(cut.At, kind)
        : Text(cut.At - 1, kind);

    private static string Text(decimal at, ValueKind kind) =>
        kind == ValueKind.Date
            ? TextFormat.Of(DateOnly.FromDayNumber((int)Math.Clamp(at, 0, DateOnly.MaxValue.DayNumber)))
            : Values.Text(kind, at);
}
