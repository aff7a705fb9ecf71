using System.Linq.Expressions;
using PlanningServices.RuleEngine.Fluent;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>A described rule, written with the engine's own calls.</summary>
public class SpecRule(RuleSpec spec) : Rule
{
    private readonly Expressions expressions = new();

    public override void Define()
    {
        Name(spec.Name);
        Priority(spec.Priority);
        foreach (var element in spec.Elements)
        {
            Write(When(), element);
        }
        WriteFilter();
        WriteActions();
    }

    private void Write(ILeftHandSideExpression lhs, Element element)
    {
        switch (element)
        {
            case Element.Let let:
                lhs.Let(expressions.Alias<int>(let.Variable), expressions.Number(let.Term));
                break;
            case Element.Having having:
                lhs.Having([.. having.Tests.Select(expressions.Condition)]);
                break;
            case Element.Or or:
                lhs.Or(branches =>
                {
                    foreach (var branch in or.Branches)
                    {
                        branches.And(all => Array.ForEach(branch, one => Write(all, one)));
                    }
                });
                break;
            default:
                KindOf(element).Write(lhs, element, expressions);
                break;
        }
    }

    private static Kind KindOf(Element element) =>
        element switch
        {
            Element.Match match => match.Kind,
            Element.Not not => not.Kind,
            Element.Exists exists => exists.Kind,
            Element.All all => all.Kind,
            Element.Query query => query.Kind,
            _ => throw new ArgumentException($"{element} is about no kind of fact.", nameof(element)),
        };

    private void WriteFilter()
    {
        if (spec.Filtering == Filtering.Where)
        {
            Filter().Where(expressions.Condition(new Test.Even(new Term.Of(0, Column.Rank))));
        }
        if (spec.Filtering == Filtering.OnChange)
        {
            var key = Expression.Property(expressions.Local(0), nameof(Thing.Key));
            Filter().OnChange(Expression.Lambda<Func<object?>>(Expression.Convert(key, typeof(object))));
        }
    }

    private void WriteActions()
    {
        Then().Do(Noted(nameof(Firings.Fired)));
        if (spec.Undo)
        {
            Then().Undo(Noted(nameof(Firings.Undone)));
        }
        if (spec.Effect == Effect.Yield)
        {
            if (spec.Level == 0)
            {
                Then().Yield(context => Firings.Of(context).MakeFirst(spec));
            }
            else
            {
                Then().Yield(context => Firings.Of(context).MakeSecond(spec));
            }
        }
    }

    /// <summary>A call that hands over the rule and what its variables hold.</summary>
    private Expression<Action<IContext>> Noted(string method)
    {
        var context = Expression.Parameter(typeof(IContext), "context");
        var values = Expression.NewArrayInit(
            typeof(object),
            spec.Variables.Select(v => Expression.Convert(expressions.Local(v), typeof(object)))
        );
        var firings = Expression.Call(typeof(Firings), nameof(Firings.Of), null, context);
        return Expression.Lambda<Action<IContext>>(
            Expression.Call(firings, method, null, context, Expression.Constant(spec), values),
            context
        );
    }

    public static ISessionFactory Compile(RuleSpec[] rules)
    {
        var repository = new RuleRepository { Activator = new FromSpecs(rules) };
        repository.Load(x => x.From(typeof(SpecRule), typeof(OnceSpecRule)));
        return repository.Compile();
    }

    private sealed class FromSpecs(RuleSpec[] rules) : IRuleActivator
    {
        public IEnumerable<Rule> Activate(Type type) =>
            type == typeof(OnceSpecRule)
                ? rules.Where(rule => !rule.Repeatable).Select(rule => new OnceSpecRule(rule))
                : rules.Where(rule => rule.Repeatable).Select(rule => new SpecRule(rule));
    }
}

[Repeatability(RuleRepeatability.NonRepeatable)]
public sealed class OnceSpecRule(RuleSpec spec) : SpecRule(spec);
