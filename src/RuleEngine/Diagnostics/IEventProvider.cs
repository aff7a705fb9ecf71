namespace PlanningServices.RuleEngine.Diagnostics;

/// <summary>The events of a session. An event nobody listens to costs one test and allocates nothing.</summary>
public interface IEventProvider
{
    /// <summary>A rule matched new facts.</summary>
    event EventHandler<AgendaEventArgs> ActivationCreatedEvent;

    /// <summary>A fact of a match was updated and the match still holds.</summary>
    event EventHandler<AgendaEventArgs> ActivationUpdatedEvent;

    /// <summary>A match no longer holds.</summary>
    event EventHandler<AgendaEventArgs> ActivationDeletedEvent;

    /// <summary>A rule is about to fire.</summary>
    event EventHandler<AgendaEventArgs> RuleFiringEvent;

    /// <summary>A rule has fired.</summary>
    event EventHandler<AgendaEventArgs> RuleFiredEvent;

    /// <summary>A fact is about to be inserted.</summary>
    event EventHandler<WorkingMemoryEventArgs> FactInsertingEvent;

    /// <summary>A fact was inserted.</summary>
    event EventHandler<WorkingMemoryEventArgs> FactInsertedEvent;

    /// <summary>A fact is about to be updated.</summary>
    event EventHandler<WorkingMemoryEventArgs> FactUpdatingEvent;

    /// <summary>A fact was updated.</summary>
    event EventHandler<WorkingMemoryEventArgs> FactUpdatedEvent;

    /// <summary>A fact is about to be retracted.</summary>
    event EventHandler<WorkingMemoryEventArgs> FactRetractingEvent;

    /// <summary>A fact was retracted.</summary>
    event EventHandler<WorkingMemoryEventArgs> FactRetractedEvent;

    /// <summary>A condition, binding or query expression was evaluated, or threw.</summary>
    event EventHandler<LhsExpressionEventArgs> LhsExpressionEvaluatedEvent;

    /// <summary>A condition, binding or query expression threw; the listener may handle it, and the condition then counts as false.</summary>
    event EventHandler<LhsExpressionErrorEventArgs> LhsExpressionFailedEvent;

    /// <summary>A filter of a rule was evaluated, or threw.</summary>
    event EventHandler<AgendaExpressionEventArgs> AgendaExpressionEvaluatedEvent;

    /// <summary>A filter of a rule threw; the listener may handle it, and the match is then refused.</summary>
    event EventHandler<AgendaExpressionErrorEventArgs> AgendaExpressionFailedEvent;

    /// <summary>An action was run, or threw.</summary>
    event EventHandler<RhsExpressionEventArgs> RhsExpressionEvaluatedEvent;

    /// <summary>An action threw; the listener may handle it, and firing then goes on.</summary>
    event EventHandler<RhsExpressionErrorEventArgs> RhsExpressionFailedEvent;
}

/// <summary>An error that a listener may take care of.</summary>
public interface IRecoverableError
{
    /// <summary>Set by a listener to keep the session going; <c>false</c> when raised.</summary>
    bool IsHandled { get; set; }

    /// <summary>What was thrown.</summary>
    Exception? Exception { get; }
}
