using System.Linq.Expressions;
using PlanningServices.RuleEngine.Fluent.Dsl;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Fluent.Building;

internal sealed class RightHandSideBuilder(VariableScope scope) : IRightHandSideExpression
{
    private readonly List<ActionElement> _actions = [];

    public IReadOnlyList<ActionElement> Actions => _actions;

    public IRightHandSideExpression Action(Expression<Action<IContext>> action, ActionTrigger actionTrigger)
    {
        ArgumentNullException.ThrowIfNull(action);
        return Add(action, action.Body, action.Parameters[0], actionTrigger, yields: []);
    }

    public IRightHandSideExpression Do(Expression<Action<IContext>> action) =>
        Action(action, ActionTrigger.Activated | ActionTrigger.Reactivated);

    public IRightHandSideExpression Undo(Expression<Action<IContext>> action) =>
        Action(action, ActionTrigger.Deactivated);

    public IRightHandSideExpression Yield<TFact>(Expression<Func<IContext, TFact>> yield)
        where TFact : notnull
    {
        ArgumentNullException.ThrowIfNull(yield);
        return AddYield([yield], yield.Parameters[0], yield.Body, _ => yield.Body);
    }

    public IRightHandSideExpression Yield<TFact>(
        Expression<Func<IContext, TFact>> yieldInsert,
        Expression<Func<IContext, TFact, TFact>> yieldUpdate
    )
        where TFact : notnull
    {
        ArgumentNullException.ThrowIfNull(yieldInsert);
        ArgumentNullException.ThrowIfNull(yieldUpdate);
        var context = yieldInsert.Parameters[0];
        return AddYield(
            [yieldInsert, yieldUpdate],
            context,
            yieldInsert.Body,
            linked =>
                Replace(
                    yieldUpdate.Body,
                    (yieldUpdate.Parameters[0], context),
                    (yieldUpdate.Parameters[1], Expression.Convert(linked, typeof(TFact)))
                )
        );
    }

    /// <summary>The fact is linked under a key of its own: inserted when there is none, else updated.</summary>
    private RightHandSideBuilder AddYield(
        LambdaExpression[] yields,
        ParameterExpression context,
        Expression insert,
        Func<Expression, Expression> update
    )
    {
        var key = Expression.Constant(new YieldKey(_actions.Count), typeof(object));
        var linked = Expression.Call(context, nameof(IContext.GetLinked), null, key);
        var body = Expression.Condition(
            Expression.Equal(linked, Expression.Constant(null, typeof(object))),
            Expression.Call(context, nameof(IContext.InsertLinked), null, key, AsObject(insert)),
            Expression.Call(context, nameof(IContext.UpdateLinked), null, key, AsObject(update(linked)))
        );
        return Add(yields[0], body, context, ActionTrigger.Activated | ActionTrigger.Reactivated, yields);
    }

    private RightHandSideBuilder Add(
        LambdaExpression source,
        Expression body,
        ParameterExpression context,
        ActionTrigger trigger,
        LambdaExpression[] yields
    )
    {
        var (expression, imports) = VariableRewriter.RewriteAction(scope, source, body, context);
        _actions.Add(new ActionElement(expression, imports, trigger, yields));
        return this;
    }

    private static Expression AsObject(Expression fact) =>
        fact.Type == typeof(object) ? fact : Expression.Convert(fact, typeof(object));

    private static Expression Replace(
        Expression body,
        params (ParameterExpression From, Expression To)[] pairs
    ) => new ParameterReplacer(pairs).Visit(body);

    private sealed class ParameterReplacer((ParameterExpression From, Expression To)[] pairs)
        : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node)
        {
            foreach (var (from, to) in pairs)
            {
                if (from == node)
                    return to;
            }
            return node;
        }
    }

    private sealed record YieldKey(int ActionIndex);
}
