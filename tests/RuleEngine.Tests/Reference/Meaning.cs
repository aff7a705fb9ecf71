using System.Globalization;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>What terms and conditions mean, in C#'s own words.</summary>
/// <param name="Self">The fact that a condition is about, or nothing in Let and Having.</param>
/// <param name="Values">What the variables hold.</param>
internal readonly record struct Meaning(Thing? Self, object?[] Values)
{
    /// <summary>Whether all hold, tried in order; one that throws does not hold.</summary>
    public bool All(IEnumerable<Test> tests)
    {
        foreach (var test in tests)
        {
            try
            {
                if (!Holds(test))
                {
                    return false;
                }
            }
            catch (NullReferenceException)
            {
                return false;
            }
        }
        return true;
    }

    public object? Of(Term term) =>
        term switch
        {
            Term.Of of => Read(Thing(of.Variable), of.Column),
            Term.KeyLength key => Thing(key.Variable).Key!.Length,
            Term.Literal literal => literal.Value,
            Term.SumOfRanks sum => Thing(sum.Left).Rank + Thing(sum.Right).Rank,
            Term.Computed computed => Values[computed.Variable],
            Term.CountOf count => ((System.Collections.IEnumerable)Values[count.Variable]!)
                .Cast<object?>()
                .Count(),
            _ => throw new ArgumentException($"{term} has no meaning.", nameof(term)),
        };

    private bool Holds(Test test) =>
        test switch
        {
            Test.Compare compare => Compare(Of(compare.Left), compare.Operator, Of(compare.Right)),
            Test.SameObject same => Equals(Of(same.Left), Of(same.Right)),
            Test.Both both => Holds(both.Left) && Holds(both.Right),
            Test.Either either => Holds(either.Left) || Holds(either.Right),
            Test.No no => !Holds(no.Inner),
            Test.Even even => (int)Of(even.Term)! % 2 == 0,
            _ => throw new ArgumentException($"{test} has no meaning.", nameof(test)),
        };

    private static bool Compare(object? left, Operator op, object? right) =>
        (left, right) switch
        {
            (null, null) => op == Operator.Equal,
            (null, _) or (_, null) => op == Operator.NotEqual,
            (string l, string r) => string.Equals(l, r, StringComparison.Ordinal) == (op == Operator.Equal),
            (Code l, Code r) => l == r == (op == Operator.Equal),
            _ => Compare(
                Convert.ToDouble(left, CultureInfo.InvariantCulture),
                op,
                Convert.ToDouble(right, CultureInfo.InvariantCulture)
            ),
        };

    private static bool Compare(double left, Operator op, double right) =>
        op switch
        {
            Operator.Equal => left == right,
            Operator.NotEqual => left != right,
            Operator.Less => left < right,
            Operator.AtLeast => left >= right,
        };

    private Thing Thing(int variable) => variable == Term.Self ? Self! : (Thing)Values[variable]!;

    private static object? Read(Thing thing, Column column) =>
        column switch
        {
            Column.Rank => thing.Rank,
            Column.Key => thing.Key,
            Column.Number => thing.Number,
            Column.Code => thing.Code,
            Column.MaybeRank => thing.MaybeRank,
        };
}
