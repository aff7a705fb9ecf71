using System.Runtime.ExceptionServices;
using PlanningServices.RuleEngine.Compilation;
using PlanningServices.RuleEngine.Diagnostics;
using PlanningServices.RuleEngine.Extensibility;
using PlanningServices.RuleEngine.Network;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <summary>Runs the actions of an activation, or has the interceptor run them.</summary>
internal sealed class ActionRunner(Session session, EventAggregator events)
{
    private object?[] _scratch = [];

    /// <summary>Whether nothing the actions do, and nobody who listens, can see the match.</summary>
    public bool CanRunUnseen(CompiledBranch branch) =>
        branch.NeedsValuesOnly && session.ActionInterceptor is null && !events.HearsRhs;

    /// <summary>Runs the actions of a match that is no activation yet; it becomes one when an action fails.</summary>
    public void RunUnseen(RuleNode node, in FreshMatches.Match match)
    {
        var branch = node.Branch;
        var bindings = Scratch(branch.BindingCount);
        node.Bind(match.Token, bindings);
        foreach (var action in branch.Actions)
        {
            if ((action.Trigger & ActionTrigger.Activated) == ActionTrigger.None)
                continue;
            try
            {
                action.Run(null!, bindings);
            }
            catch (Exception exception)
            {
                Fail(action, session.ActivationOf(match), bindings, exception);
            }
        }
        Array.Clear(bindings, 0, branch.BindingCount);
    }

    public void Run(Activation activation, CancellationToken cancellationToken)
    {
        var trigger = activation.Trigger switch
        {
            MatchTrigger.Created => ActionTrigger.Activated,
            MatchTrigger.Updated => ActionTrigger.Reactivated,
            MatchTrigger.Removed => ActionTrigger.Deactivated,
            MatchTrigger.None => ActionTrigger.None,
        };
        var branch = activation.Branch;
        if (session.ActionInterceptor is not null || branch.Dependencies.Length > 0)
        {
            RunWithServices(activation, trigger, cancellationToken);
            return;
        }
        var bindings = branch.LetsGoOfBindings
            ? Scratch(branch.BindingCount)
            : new object?[branch.BindingCount];
        activation.Bind(bindings);
        ActionContext? context = null;
        foreach (var action in branch.Actions)
        {
            if ((action.Trigger & trigger) == ActionTrigger.None)
                continue;
            if (action.ReadsContext)
                context ??= new ActionContext(session, activation, cancellationToken);
            Run(action, activation, context, bindings);
        }
        Array.Clear(bindings, 0, branch.LetsGoOfBindings ? branch.BindingCount : 0);
    }

    /// <summary>A rule fires only after the one before has ended, so one array serves all that do not keep it.</summary>
    private object?[] Scratch(int size) => _scratch.Length >= size ? _scratch : _scratch = new object?[size];

    private void RunWithServices(
        Activation activation,
        ActionTrigger trigger,
        CancellationToken cancellationToken
    )
    {
        var branch = activation.Branch;
        var context = new ActionContext(session, activation, cancellationToken);
        var bindings = activation.Bindings();
        for (var i = 0; i < branch.Dependencies.Length; i++)
            bindings[branch.FactCount + i] = context.Resolve(branch.Dependencies[i].Type);
        var actions = branch.Actions.Where(action => (action.Trigger & trigger) != ActionTrigger.None);
        if (session.ActionInterceptor is { } interceptor)
        {
            var invocations = actions
                .Select(action => new Invocation(this, action, activation, context, bindings))
                .ToArray();
            interceptor.Intercept(context, invocations);
            return;
        }
        foreach (var action in actions)
            Run(action, activation, context, bindings);
    }

    /// <summary>Runs an action; the context is <c>null</c> when the action does not read it.</summary>
    private void Run(CompiledAction action, Activation activation, ActionContext? context, object?[] bindings)
    {
        Exception? thrown = null;
        try
        {
            action.Run(context!, bindings);
        }
        catch (Exception exception)
        {
            thrown = exception;
        }
        if (events.HearsRhs)
        {
            events.RaiseRhsEvaluated(
                session,
                new RhsExpressionEventArgs(action.Expression, thrown, action.Arguments(bindings), activation)
            );
        }
        if (thrown is not null)
            Fail(action, activation, bindings, thrown);
    }

    /// <summary>Returns when a listener has handled the error; throws otherwise: to an interceptor, what the action threw.</summary>
    private void Fail(CompiledAction action, Activation activation, object?[] bindings, Exception exception)
    {
        if (events.HearsRhsFailure)
        {
            var arguments = new RhsExpressionErrorEventArgs(
                action.Expression,
                exception,
                action.Arguments(bindings),
                activation
            );
            events.RaiseRhsFailed(session, arguments);
            if (arguments.IsHandled)
                return;
        }
        if (session.ActionInterceptor is not null)
            ExceptionDispatchInfo.Throw(exception);
        var facts = activation.Values();
        throw new RuleRhsExpressionEvaluationException(
            $"Rule '{activation.Rule.Name}': action '{action.Text}' failed for {Texts.List(facts)}: "
                + exception.Message,
            activation.Rule.Name,
            action.Expression.ToString(),
            facts,
            exception
        );
    }

    private sealed class Invocation(
        ActionRunner runner,
        CompiledAction action,
        Activation activation,
        ActionContext context,
        object?[] bindings
    ) : IActionInvocation
    {
        public object?[] Arguments => action.Arguments(bindings);

        public ActionTrigger Trigger => action.Trigger;

        public void Invoke() => runner.Run(action, activation, context, bindings);
    }
}
