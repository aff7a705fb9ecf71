using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Extensibility;

/// <summary>
/// Runs the actions of rules in place of the session. What an action throws comes to the interceptor as it is,
/// and what the interceptor lets through to the caller of <c>Fire()</c>.
/// </summary>
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

    /// <summary>Runs the action. Throws what the action throws, unless a listener of the session handles it.</summary>
    void Invoke();
}
