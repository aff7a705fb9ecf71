using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Extensibility;

/// <summary>Runs the actions of rules in place of the session.</summary>
public interface IActionInterceptor
{
    /// <summary>Called when a rule fires. The actions run only if this invokes them.</summary>
    /// <param name="context">The context of the rule.</param>
    /// <param name="actions">The actions the trigger selects, in order.</param>
    void Intercept(IContext context, IEnumerable<IActionInvocation> actions);
}

/// <summary>One action about to run.</summary>
public interface IActionInvocation
{
    /// <summary>The facts and services the action reads, without the context. Made when read.</summary>
    object?[] Arguments { get; }

    /// <summary>The events that run the action.</summary>
    ActionTrigger Trigger { get; }

    /// <summary>Runs the action.</summary>
    void Invoke();
}
