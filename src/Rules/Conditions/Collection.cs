using System.Linq.Expressions;

namespace PlanningServices.Rules.Conditions;

/// <summary>Facts that conditions on a subject can look for, count and add up.</summary>
/// <param name="Name">Its name, as that of the import file, such as <c>vouchers</c>.</param>
/// <param name="Meaning">Which facts these are, as the rest of a sentence.</param>
/// <param name="ItemType">The type of the facts.</param>
/// <param name="Fields">What can be read of each.</param>
/// <param name="Read">The facts that belong to a subject, as a list; absent where there can be none.</param>
internal sealed record Collection(
    string Name,
    string Meaning,
    Type ItemType,
    IReadOnlyList<Field> Fields,
    LambdaExpression Read
);
