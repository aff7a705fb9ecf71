namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>Reads a rule out of random choices.</summary>
internal sealed class RandomRules
{
    private readonly Choices choices;
    private readonly Kind[] kinds;
    private readonly List<int> things = [];
    private readonly List<int> countable = [];
    private readonly List<int> computed = [];
    private readonly List<int> bound = [];
    private int variables;

    private RandomRules(Choices choices, int level)
    {
        this.choices = choices;
        kinds =
            level == 0
                ? [Kind.A, Kind.B, Kind.Keyed, Kind.NarrowB]
                : [Kind.First, Kind.A, Kind.B, Kind.Keyed];
    }

    public static RuleSpec Rule(int number, Choices choices)
    {
        var level = number == 0 ? 0 : choices.Below(2);
        return new RandomRules(choices, level).Rule(number, level);
    }

    private RuleSpec Rule(int number, int level)
    {
        var elements = new List<Element>();
        if (!choices.OneIn(8))
        {
            elements.AddRange(choices.Many(1, choices.OneIn(3) ? 3 : 2, Match));
        }
        elements.AddRange(choices.Many(elements.Count == 0 ? 1 : 0, 2, Further));

        // Whether a projection whose value changed is the same match, changed, or another one is left open.
        var projects = elements.Exists(element => element is Element.Query { Shape: >= Shape.Select });
        var first = !projects && things.Count > 0 && elements[0] is Element.Match { Variable: not null };
        var filtering = first
            ? choices.Of(Filtering.None, Filtering.None, Filtering.Where, Filtering.OnChange)
            : Filtering.None;
        var effect = choices.Of(Effect.None, Effect.Yield, Effect.Insert, Effect.Raise, Effect.Retract);
        // What computed variables and facts made by rules hold when a match has ended is left open too: they may
        // change before the rule is undone.
        var undo =
            level == 0
            && choices.OneIn(4)
            && !elements.Exists(element => element is Element.Query or Element.Let);
        var changesFirst =
            first && elements[0] is Element.Match { Kind: var kind } && (kind == Kind.A || kind == Kind.B);
        if (effect is Effect.Raise or Effect.Retract && !changesFirst)
        {
            effect = Effect.Yield;
        }
        if (effect == Effect.Yield && projects)
        {
            effect = Effect.Insert;
        }
        return new RuleSpec(
            number,
            level,
            choices.Below(3) * 10,
            projects || !choices.OneIn(4),
            [.. elements],
            [.. bound],
            filtering,
            effect,
            undo
        );
    }

    private Element Match()
    {
        var kind = choices.Of(kinds);
        var tests = things.Count == 0 && choices.OneIn(2) ? [] : Tests(things.Count == 0 ? 1 : 2);
        return new Element.Match(Bind(things), kind, tests);
    }

    private Element Further() =>
        choices.Below(10) switch
        {
            0 => new Element.Not(choices.Of(kinds), Tests(3)),
            1 => new Element.Exists(choices.Of(kinds), Tests(3)),
            2 => new Element.All(choices.Of(kinds), Condition(mayThrow: false), [Condition(mayThrow: false)]),
            3 or 4 or 5 => Query(),
            6 => Let(),
            7 => Let(),
            8 => Or(),
            _ => new Element.Match(null, choices.Of(kinds), Tests(2)),
        };

    private Element.Query Query()
    {
        var kind = choices.Of(kinds);
        var tests = Tests(2);
        var shape = choices.Of(Enum.GetValues<Shape>());
        var variable = shape switch
        {
            Shape.Select or Shape.SelectMany or Shape.SelectGroup => Bind(),
            Shape.Facts => Bind(things),
            _ => Bind(countable),
        };
        return new Element.Query(variable, kind, tests, shape);
    }

    private Element Let()
    {
        if (computed.Count > 0)
        {
            return new Element.Having([new Test.Compare(Number(), AnyOperator(), Number())]);
        }
        var term = Number();
        return new Element.Let(Bind(computed), term);
    }

    /// <summary>Either two ways to bind one more fact, or two conditions on those bound so far.</summary>
    private Element.Or Or()
    {
        if (choices.OneIn(2))
        {
            return new Element.Or([
                [new Element.Exists(choices.Of(kinds), Tests(2))],
                [new Element.Not(choices.Of(kinds), Tests(2))],
            ]);
        }
        var kind = choices.Of(kinds);
        var tests = Tests(2);
        var others = Tests(2);
        var variable = Bind(things);
        return new Element.Or([
            [new Element.Match(variable, kind, tests)],
            [new Element.Match(variable, kind, others), new Element.Exists(choices.Of(kinds), Tests(2))],
        ]);
    }

    private int Bind(List<int>? list = null)
    {
        var variable = variables++;
        list?.Add(variable);
        bound.Add(variable);
        return variable;
    }

    private Test[] Tests(int atMost) => choices.Many(0, atMost, () => Condition(mayThrow: true));

    private Test Condition(bool mayThrow) =>
        choices.Below(9) switch
        {
            0 or 1 or 2 => Comparison(Operator.Equal, mayThrow),
            3 => Comparison(AnyOperator(), mayThrow),
            4 => Comparison(Operator.NotEqual, mayThrow),
            5 => new Test.SameObject(Of(Term.Self, Column.Number), OtherOf(Column.Number)),
            6 => new Test.Both(Comparison(Operator.Equal, mayThrow), Comparison(AnyOperator(), mayThrow)),
            7 => new Test.Either(Comparison(Operator.Equal, mayThrow), Comparison(Operator.Equal, mayThrow)),
            _ => choices.Of<Test>(
                new Test.Even(Of(Term.Self, Column.Rank)),
                new Test.No(Comparison(Operator.Equal, mayThrow))
            ),
        };

    /// <summary>Compares the fact itself, on the left or the right, to another fact or a literal.</summary>
    private Test.Compare Comparison(Operator op, bool mayThrow)
    {
        var column = choices.Of(Enum.GetValues<Column>());
        Term self = Of(Term.Self, column);
        var other = OtherOf(column);
        if (column is Column.Rank)
        {
            self = choices.Below(mayThrow ? 6 : 5) switch
            {
                4 when things.Count > 0 => new Term.SumOfRanks(Term.Self, choices.Of([.. things])),
                5 => new Term.KeyLength(Term.Self),
                _ => self,
            };
            other = choices.Below(7) switch
            {
                4 => OtherOf(Column.Number),
                5 when things.Count > 1 => new Term.SumOfRanks(things[0], things[1]),
                6 when computed.Count + countable.Count > 0 => Number(),
                3 when mayThrow && things.Count > 0 => new Term.KeyLength(choices.Of([.. things])),
                _ => other,
            };
        }
        if (column is Column.Key or Column.Code && op is Operator.Less or Operator.AtLeast)
        {
            op = Operator.NotEqual;
        }
        return choices.OneIn(3) ? new Test.Compare(other, op, self) : new Test.Compare(self, op, other);
    }

    private Term OtherOf(Column column) =>
        things.Count > 0 && !choices.OneIn(6) ? Of(choices.Of([.. things]), column) : Literal(column);

    private Term Number() =>
        choices.Below(4) switch
        {
            0 when countable.Count > 0 => new Term.CountOf(choices.Of([.. countable])),
            1 when computed.Count > 0 => new Term.Computed(choices.Of([.. computed])),
            2 when things.Count > 0 => Of(choices.Of([.. things]), Column.Rank),
            3 when things.Count > 1 => new Term.SumOfRanks(things[0], things[1]),
            _ => Literal(Column.Rank),
        };

    private Operator AnyOperator() => choices.Of(Enum.GetValues<Operator>());

    private static Term.Of Of(int variable, Column column) => new(variable, column);

    private Term.Literal Literal(Column column)
    {
        var values = RandomThings.Values(choices);
        return new(
            column,
            column switch
            {
                Column.Rank => values.Rank,
                Column.Key => values.Key,
                Column.Number => values.Number,
                Column.Code => values.Code,
                Column.MaybeRank => values.MaybeRank,
            }
        );
    }
}
