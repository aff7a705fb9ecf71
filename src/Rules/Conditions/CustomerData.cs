using PlanningServices.Rules.Facts;

namespace PlanningServices.Rules.Conditions;

/// <summary>
/// What conditions can look at beside the subject: the facts of its customer and the reference data, as of the business
/// date. Facts are found by key: an index is made when it is first asked for, and kept for the customer.
/// </summary>
internal sealed class CustomerData(CustomerFacts facts, ReferenceView reference)
{
    // Fewer facts than that are looked through.
    private const int FewFacts = 8;
    private readonly Dictionary<(object List, string Column), object> indexes = [];

    private readonly Dictionary<Type, object> cases = [];

    public CustomerFacts Facts { get; } = facts;

    public ReferenceView Reference { get; } = reference;

    /// <summary>All cases of a kind that were decided, or are being decided.</summary>
    public IReadOnlyList<TCase> All<TCase>() =>
        cases.TryGetValue(typeof(TCase), out var all) ? (IReadOnlyList<TCase>)all : [];

    /// <summary>Keeps the cases of a kind.</summary>
    public void Keep<TCase>(IReadOnlyList<TCase> all) => cases[typeof(TCase)] = all;

    /// <summary>The facts of a list that can have a value in a column; where there are few, all of them.</summary>
    public IReadOnlyList<TFact> Find<TFact>(IReadOnlyList<TFact>? list, Field column, object? value)
    {
        if (list is null || value is null)
        {
            return [];
        }

        if (list.Count <= FewFacts)
        {
            return list;
        }

        if (!indexes.TryGetValue((list, column.Name), out var index))
        {
            indexes.Add((list, column.Name), index = IndexOf(list, column));
        }

        return ((Dictionary<object, List<TFact>>)index).TryGetValue(value, out var found) ? found : [];
    }

    private static Dictionary<object, List<TFact>> IndexOf<TFact>(IReadOnlyList<TFact> list, Field column)
    {
        var byValue = new Dictionary<object, List<TFact>>();
        foreach (var fact in list)
        {
            if (column.ValueOf(fact!) is not { } value)
            {
                continue;
            }

            if (!byValue.TryGetValue(value, out var same))
            {
                byValue.Add(value, same = []);
            }

            same.Add(fact);
        }

        return byValue;
    }
}
