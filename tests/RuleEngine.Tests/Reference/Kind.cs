using System.Linq.Expressions;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>A type of fact, and how a line of a rule about it is written with the engine's own calls.</summary>
public abstract class Kind(Type type)
{
    public static readonly Kind A = new Kind<A>();
    public static readonly Kind B = new Kind<B>();
    public static readonly Kind NarrowB = new Kind<NarrowB>();
    public static readonly Kind Keyed = new Kind<Keyed>();
    public static readonly Kind First = new Kind<First>();

    public Type Type { get; } = type;

    public override string ToString() => Type.Name;

    internal abstract void Write(ILeftHandSideExpression lhs, Element element, Expressions expressions);
}

public sealed class Kind<T>() : Kind(typeof(T))
    where T : Thing
{
    internal override void Write(ILeftHandSideExpression lhs, Element element, Expressions to)
    {
        switch (element)
        {
            case Element.Match { Variable: { } variable } match:
                lhs.Match(to.Alias<T>(variable), to.Conditions<T>(match.Tests));
                break;
            case Element.Match match:
                lhs.Match(to.Conditions<T>(match.Tests));
                break;
            case Element.Not not:
                lhs.Not(to.Conditions<T>(not.Tests));
                break;
            case Element.Exists exists:
                lhs.Exists(to.Conditions<T>(exists.Tests));
                break;
            case Element.All all:
                lhs.All(to.Condition<T>(all.Base), to.Conditions<T>(all.Tests));
                break;
            case Element.Query query:
                WriteQuery(lhs, query, to);
                break;
            default:
                throw new ArgumentException($"{element} is about no kind of fact.", nameof(element));
        }
    }

    private static void WriteQuery(ILeftHandSideExpression lhs, Element.Query query, Expressions to)
    {
        var tests = to.Conditions<T>(query.Tests);
        var v = query.Variable;
        _ = query.Shape switch
        {
            Shape.GroupByKey => lhs.Query(
                to.Alias<IGrouping<string?, T>>(v),
                q => q.Match(tests).GroupBy(x => x.Key)
            ),
            Shape.GroupByNumber => lhs.Query(
                to.Alias<IGrouping<double, T>>(v),
                q => q.Match(tests).GroupBy(x => x.Number)
            ),
            Shape.GroupByCode => lhs.Query(
                to.Alias<IGrouping<Code?, T>>(v),
                q => q.Match(tests).GroupBy(x => x.Code)
            ),
            Shape.GroupOfTwo => lhs.Query(
                to.Alias<IGrouping<int, T>>(v),
                q => q.Match(tests).GroupBy(x => x.Rank).Where(group => group.Count() > 1)
            ),
            Shape.GroupElements => lhs.Query(
                to.Alias<IGrouping<string?, int>>(v),
                q => q.Match(tests).GroupBy(x => x.Key, x => x.Rank)
            ),
            Shape.Facts => lhs.Query(
                to.Alias<T>(v),
                q => q.Match(tests).Where(x => x.Rank > 0, x => x.Key != null)
            ),
            Shape.Select => lhs.Query(
                to.Alias<Shadow>(v),
                q => q.Match(tests).Select(x => new Shadow(x.Id, x.Rank))
            ),
            Shape.SelectMany => lhs.Query(to.Alias<string>(v), q => q.Match(tests).SelectMany(x => x.Parts)),
            Shape.SelectGroup => lhs.Query(
                to.Alias<Shadow>(v),
                q => q.Match(tests).GroupBy(x => x.Key).Select(group => new Shadow(group.Key, group.Count()))
            ),
            _ => WriteCollection(lhs, query.Shape, v, tests, to),
        };
    }

    private static ILeftHandSideExpression WriteCollection(
        ILeftHandSideExpression lhs,
        Shape shape,
        int v,
        Expression<Func<T, bool>>[] tests,
        Expressions to
    ) =>
        shape switch
        {
            Shape.Collect => lhs.Query(to.Alias<IEnumerable<T>>(v), q => q.Match(tests).Collect()),
            Shape.CollectSome => lhs.Query(
                to.Alias<IEnumerable<T>>(v),
                q => q.Match(tests).Collect().Where(all => all.Count() > 1)
            ),
            Shape.WhereCollect => lhs.Query(
                to.Alias<IEnumerable<T>>(v),
                q => q.Match<T>().Where(tests).Collect()
            ),
            Shape.GroupsCollected => lhs.Query(
                to.Alias<IEnumerable<IGrouping<string?, T>>>(v),
                q => q.Match(tests).GroupBy(x => x.Key).Collect()
            ),
            Shape.Ordered => lhs.Query(
                to.Alias<IEnumerable<T>>(v),
                q => q.Match(tests).Collect().OrderBy(x => x.Rank).ThenByDescending(x => x.Id)
            ),
            Shape.OrderedDown => lhs.Query(
                to.Alias<IEnumerable<T>>(v),
                q =>
                    q.Match(tests)
                        .Collect()
                        .OrderByDescending(x => x.MaybeRank)
                        .ThenBy(x => x.Number)
                        .ThenBy(x => x.Id)
            ),
            Shape.LookupElements => lhs.Query(
                to.Alias<IKeyedLookup<int, string>>(v),
                q => q.Match(tests).Collect().ToLookup(x => x.Rank, x => x.Key ?? "none")
            ),
            Shape.Lookup => lhs.Query(
                to.Alias<IKeyedLookup<string, T>>(v),
                q => q.Match(tests).Collect().ToLookup(x => x.Key ?? "none")
            ),
            _ => throw new ArgumentException($"{shape} is no collection.", nameof(shape)),
        };
}
