using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine.Diagnostics;

/// <summary>Hands events to the listeners of the session, then to those of its factory.</summary>
internal sealed class EventAggregator(EventAggregator? parent) : IEventProvider
{
    public event EventHandler<AgendaEventArgs>? ActivationCreatedEvent;
    public event EventHandler<AgendaEventArgs>? ActivationUpdatedEvent;
    public event EventHandler<AgendaEventArgs>? ActivationDeletedEvent;
    public event EventHandler<AgendaEventArgs>? RuleFiringEvent;
    public event EventHandler<AgendaEventArgs>? RuleFiredEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactInsertingEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactInsertedEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactUpdatingEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactUpdatedEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactRetractingEvent;
    public event EventHandler<WorkingMemoryEventArgs>? FactRetractedEvent;
    public event EventHandler<LhsExpressionEventArgs>? LhsExpressionEvaluatedEvent;
    public event EventHandler<LhsExpressionErrorEventArgs>? LhsExpressionFailedEvent;
    public event EventHandler<AgendaExpressionEventArgs>? AgendaExpressionEvaluatedEvent;
    public event EventHandler<AgendaExpressionErrorEventArgs>? AgendaExpressionFailedEvent;
    public event EventHandler<RhsExpressionEventArgs>? RhsExpressionEvaluatedEvent;
    public event EventHandler<RhsExpressionErrorEventArgs>? RhsExpressionFailedEvent;

    public void RaiseActivationCreated(ISession session, IMatch match) =>
        Raise(session, match, ActivationCreatedEvent, parent?.ActivationCreatedEvent);

    public void RaiseActivationUpdated(ISession session, IMatch match) =>
        Raise(session, match, ActivationUpdatedEvent, parent?.ActivationUpdatedEvent);

    public void RaiseActivationDeleted(ISession session, IMatch match) =>
        Raise(session, match, ActivationDeletedEvent, parent?.ActivationDeletedEvent);

    public void RaiseRuleFiring(ISession session, IMatch match) =>
        Raise(session, match, RuleFiringEvent, parent?.RuleFiringEvent);

    public void RaiseRuleFired(ISession session, IMatch match) =>
        Raise(session, match, RuleFiredEvent, parent?.RuleFiredEvent);

    public void RaiseFactInserting(ISession session, IFact fact) =>
        Raise(session, fact, FactInsertingEvent, parent?.FactInsertingEvent);

    public void RaiseFactInserted(ISession session, IFact fact) =>
        Raise(session, fact, FactInsertedEvent, parent?.FactInsertedEvent);

    public void RaiseFactUpdating(ISession session, IFact fact) =>
        Raise(session, fact, FactUpdatingEvent, parent?.FactUpdatingEvent);

    public void RaiseFactUpdated(ISession session, IFact fact) =>
        Raise(session, fact, FactUpdatedEvent, parent?.FactUpdatedEvent);

    public void RaiseFactRetracting(ISession session, IFact fact) =>
        Raise(session, fact, FactRetractingEvent, parent?.FactRetractingEvent);

    public void RaiseFactRetracted(ISession session, IFact fact) =>
        Raise(session, fact, FactRetractedEvent, parent?.FactRetractedEvent);

    public bool HearsFirings =>
        RuleFiringEvent is not null
        || RuleFiredEvent is not null
        || parent is { } above && (above.RuleFiringEvent is not null || above.RuleFiredEvent is not null);

    public bool HearsInserting => FactInsertingEvent is not null || parent?.FactInsertingEvent is not null;

    public bool HearsFacts =>
        FactInsertedEvent is not null
        || FactUpdatedEvent is not null
        || FactRetractedEvent is not null
        || parent is { HearsFacts: true };

    public bool HearsActivations =>
        ActivationCreatedEvent is not null
        || ActivationDeletedEvent is not null
        || parent is { HearsActivations: true };

    public bool HearsLhs =>
        LhsExpressionEvaluatedEvent is not null || parent?.LhsExpressionEvaluatedEvent is not null;

    public bool HearsLhsFailure =>
        LhsExpressionFailedEvent is not null || parent?.LhsExpressionFailedEvent is not null;

    public bool HearsAgendaExpression =>
        AgendaExpressionEvaluatedEvent is not null || parent?.AgendaExpressionEvaluatedEvent is not null;

    public bool HearsAgendaExpressionFailure =>
        AgendaExpressionFailedEvent is not null || parent?.AgendaExpressionFailedEvent is not null;

    public bool HearsRhs =>
        RhsExpressionEvaluatedEvent is not null || parent?.RhsExpressionEvaluatedEvent is not null;

    public bool HearsRhsFailure =>
        RhsExpressionFailedEvent is not null || parent?.RhsExpressionFailedEvent is not null;

    public void RaiseLhsEvaluated(ISession session, LhsExpressionEventArgs arguments)
    {
        LhsExpressionEvaluatedEvent?.Invoke(session, arguments);
        parent?.LhsExpressionEvaluatedEvent?.Invoke(session, arguments);
    }

    public void RaiseLhsFailed(ISession session, LhsExpressionErrorEventArgs arguments)
    {
        LhsExpressionFailedEvent?.Invoke(session, arguments);
        parent?.LhsExpressionFailedEvent?.Invoke(session, arguments);
    }

    public void RaiseAgendaExpressionEvaluated(ISession session, AgendaExpressionEventArgs arguments)
    {
        AgendaExpressionEvaluatedEvent?.Invoke(session, arguments);
        parent?.AgendaExpressionEvaluatedEvent?.Invoke(session, arguments);
    }

    public void RaiseAgendaExpressionFailed(ISession session, AgendaExpressionErrorEventArgs arguments)
    {
        AgendaExpressionFailedEvent?.Invoke(session, arguments);
        parent?.AgendaExpressionFailedEvent?.Invoke(session, arguments);
    }

    public void RaiseRhsEvaluated(ISession session, RhsExpressionEventArgs arguments)
    {
        RhsExpressionEvaluatedEvent?.Invoke(session, arguments);
        parent?.RhsExpressionEvaluatedEvent?.Invoke(session, arguments);
    }

    public void RaiseRhsFailed(ISession session, RhsExpressionErrorEventArgs arguments)
    {
        RhsExpressionFailedEvent?.Invoke(session, arguments);
        parent?.RhsExpressionFailedEvent?.Invoke(session, arguments);
    }

    private static void Raise(
        ISession session,
        IMatch match,
        EventHandler<AgendaEventArgs>? own,
        EventHandler<AgendaEventArgs>? shared
    )
    {
        if (own is null && shared is null)
            return;
        var arguments = new AgendaEventArgs(match);
        own?.Invoke(session, arguments);
        shared?.Invoke(session, arguments);
    }

    private static void Raise(
        ISession session,
        IFact fact,
        EventHandler<WorkingMemoryEventArgs>? own,
        EventHandler<WorkingMemoryEventArgs>? shared
    )
    {
        if (own is null && shared is null)
            return;
        var arguments = new WorkingMemoryEventArgs(fact);
        own?.Invoke(session, arguments);
        shared?.Invoke(session, arguments);
    }
}
