using PlanningServices.RuleEngine.Network;

namespace PlanningServices.RuleEngine;

/// <content>Insert, update and retract: by callers, and by matches that yield.</content>
internal sealed partial class Session
{
    private readonly object[] _one = new object[1];

    public void Insert(object fact)
    {
        _one[0] = fact;
        InsertAll(_one);
    }

    public void InsertAll(IEnumerable<object> facts)
    {
        var failed = InsertBatch(NotNull(facts), BatchOptions.AllOrNothing);
        if (failed is not null)
            throw FactErrors.Exist(failed);
    }

    public bool TryInsert(object fact) => InsertBatch([fact], BatchOptions.AllOrNothing) is null;

    public IResult TryInsertAll(IEnumerable<object> facts) => TryInsertAll(facts, BatchOptions.AllOrNothing);

    public IResult TryInsertAll(IEnumerable<object> facts, BatchOptions options) =>
        BatchResult.Of(InsertBatch(NotNull(facts), options));

    public void Update(object fact) => UpdateAll([fact]);

    public void UpdateAll(IEnumerable<object> facts)
    {
        var failed = UpdateBatch(NotNull(facts), BatchOptions.AllOrNothing);
        if (failed is not null)
            throw FactErrors.NotFound(failed, "updated");
    }

    public bool TryUpdate(object fact) => UpdateBatch([fact], BatchOptions.AllOrNothing) is null;

    public IResult TryUpdateAll(IEnumerable<object> facts) => TryUpdateAll(facts, BatchOptions.AllOrNothing);

    public IResult TryUpdateAll(IEnumerable<object> facts, BatchOptions options) =>
        BatchResult.Of(UpdateBatch(NotNull(facts), options));

    public void Retract(object fact) => RetractAll([fact]);

    public void RetractAll(IEnumerable<object> facts)
    {
        var failed = RetractBatch(NotNull(facts), BatchOptions.AllOrNothing);
        if (failed is not null)
            throw FactErrors.NotFound(failed, "retracted");
    }

    public bool TryRetract(object fact) => RetractBatch([fact], BatchOptions.AllOrNothing) is null;

    public IResult TryRetractAll(IEnumerable<object> facts) =>
        TryRetractAll(facts, BatchOptions.AllOrNothing);

    public IResult TryRetractAll(IEnumerable<object> facts, BatchOptions options) =>
        BatchResult.Of(RetractBatch(NotNull(facts), options));

    /// <summary>Inserts a batch; returns the facts that failed, or <c>null</c>.</summary>
    private List<object>? InsertBatch(IEnumerable<object> values, BatchOptions options)
    {
        if (options == BatchOptions.SkipFailed)
            return InsertOneByOneIfNeeded(values.ToList());
        BeginCall();
        Journal.IsOn = !_isPristine;
        var mark = Journal.Count;
        try
        {
            var failed = AddToMemory(values);
            if (failed is not null)
            {
                Abandon(mark);
                return failed;
            }
            Propagate(Inserted);
            EndCall();
        }
        catch
        {
            Abandon(mark);
            throw;
        }
        return null;
    }

    /// <summary>
    /// Inserts all facts that are new; when a condition throws, inserts them again one by one and sets those
    /// aside for which it does.
    /// </summary>
    private List<object>? InsertOneByOneIfNeeded(List<object> values)
    {
        List<object>? failed = null;
        var fresh = new List<object>();
        foreach (var value in values)
        {
            if (_memory.Find(NotNullFact(value)) is null)
                fresh.Add(value);
            else
                (failed ??= []).Add(value);
        }
        try
        {
            if (InsertBatch(fresh, BatchOptions.AllOrNothing) is null)
                return failed;
        }
        catch (RuleLhsExpressionEvaluationException)
        {
            // Which of the facts it was is found below.
        }
        foreach (var value in fresh)
        {
            try
            {
                if (InsertBatch([value], BatchOptions.AllOrNothing) is null)
                    continue;
            }
            catch (RuleLhsExpressionEvaluationException)
            {
                // The fact is among the failed ones; the rest go on.
            }
            (failed ??= []).Add(value);
        }
        return failed;
    }

    private List<object>? UpdateBatch(IEnumerable<object> values, BatchOptions options)
    {
        BeginCall();
        var mark = Journal.Count;
        try
        {
            List<object>? failed = null;
            foreach (var value in values)
            {
                var fact = _memory.Find(NotNullFact(value));
                if (fact is null)
                {
                    (failed ??= []).Add(value);
                    continue;
                }
                _events.RaiseFactUpdating(this, fact);
                _memory.TryReplace(fact, value, hasSameIdentity: true);
                AddToBatch(_memory.Of(value.GetType()), fact);
            }
            if (failed is not null && options == BatchOptions.AllOrNothing)
            {
                Abandon(mark);
                return failed;
            }
            Propagate(Updated);
            EndCall();
            return failed;
        }
        catch
        {
            Abandon(mark);
            throw;
        }
    }

    private List<object>? RetractBatch(IEnumerable<object> values, BatchOptions options)
    {
        BeginCall();
        var mark = Journal.Count;
        try
        {
            List<object>? failed = null;
            foreach (var value in values)
            {
                var fact = _memory.Find(NotNullFact(value));
                if (fact is null)
                {
                    (failed ??= []).Add(value);
                    continue;
                }
                _events.RaiseFactRetracting(this, fact);
                AddToBatch(_memory.Of(fact.Value!.GetType()), fact);
                _memory.Remove(fact);
            }
            if (failed is not null && options == BatchOptions.AllOrNothing)
            {
                Abandon(mark);
                return failed;
            }
            Propagate(Retracted);
            EndCall();
            return failed;
        }
        catch
        {
            Abandon(mark);
            throw;
        }
    }

    private List<object>? AddToMemory(IEnumerable<object> values)
    {
        if (values is object[] array)
        {
            foreach (var value in array)
                AddToBatch(new Fact(NotNullFact(value)));
        }
        else
        {
            foreach (var value in values)
                AddToBatch(new Fact(NotNullFact(value)));
        }
        return AddBatches()?.ConvertAll(fact => fact.Value!);
    }

    private void AddToBatch(Fact fact)
    {
        _memory.Number(fact);
        AddToBatch(_memory.Of(fact.Value!.GetType()), fact);
    }

    /// <summary>Adds the facts of the batch to the memory.</summary>
    /// <returns>Those that were there already, in the order in which they came, or <c>null</c>.</returns>
    private List<Fact>? AddBatches()
    {
        List<Fact>? failed = null;
        foreach (var memory in _batches)
        {
            if (memory.AddBatch() is { } some)
                (failed ??= []).AddRange(some);
        }
        if (failed is null && _events.HearsInserting)
        {
            foreach (var fact in BatchInOrder())
                _events.RaiseFactInserting(this, fact);
        }
        failed?.Sort(static (x, y) => x.Sequence.CompareTo(y.Sequence));
        return failed;
    }

    private Fact[] BatchInOrder() =>
        _batches.SelectMany(memory => memory.Batch.Span.ToArray()).OrderBy(fact => fact.Sequence).ToArray();

    private void AddToBatch(TypeMemory memory, Fact fact)
    {
        if (memory.Batch.Count == 0)
            _batches.Add(memory);
        memory.Batch.Add(fact);
    }

    public IEnumerable<ILinkedFactSet> PropagateLinked()
    {
        var done = new List<ILinkedFactSet>();
        var mark = Journal.Count;
        try
        {
            PropagateLinked(done);
            EndCall();
        }
        catch
        {
            Abandon(mark);
            throw;
        }
        return done;
    }

    private bool _isPropagating;

    private void PropagateLinked(List<ILinkedFactSet>? done)
    {
        _isPropagating = true;
        try
        {
            Links.Propagate(done);
        }
        finally
        {
            _isPropagating = false;
        }
    }

    public void InsertLinked(LinkedFact[] facts)
    {
        BeginCall();
        foreach (var fact in facts)
            AddToBatch(fact);
        if (AddBatches() is [LinkedFact known, ..])
        {
            throw FactErrors.Exist(
                [known.Value!],
                $"Rule '{known.Rule.Name}' yields a fact for {Texts.List(known.Facts.Select(source => source.Value))}. "
            );
        }
        Propagate(Inserted);
    }

    public void UpdateLinked(LinkedFact fact, object value)
    {
        BeginCall();
        if (value.GetType() == fact.Value!.GetType())
        {
            _events.RaiseFactUpdating(this, fact);
            if (!_memory.TryReplace(fact, value, hasSameIdentity: false))
                throw FactErrors.Exist([value], $"Rule '{fact.Rule.Name}' updates a fact it yields. ");
            AddToBatch(_memory.Of(value.GetType()), fact);
            Propagate(Updated);
            return;
        }
        RetractLinked([fact]);
        Journal.Add(new Change(_memory, ChangeKind.FactSet, 0, Item: fact, Old: fact.Value));
        fact.Value = value;
        InsertLinked([fact]);
    }

    public void RetractLinked(LinkedFact[] facts)
    {
        BeginCall();
        foreach (var fact in facts)
        {
            // It may have been retracted by an action before the match that owned it went.
            if (_memory.Find(fact.Value!) != fact)
                continue;
            _events.RaiseFactRetracting(this, fact);
            AddToBatch(_memory.Of(fact.Value!.GetType()), fact);
            _memory.Remove(fact);
        }
        Propagate(Retracted);
    }

    private static IEnumerable<object> NotNull(IEnumerable<object> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts;
    }

    private static object NotNullFact(object? fact) =>
        fact ?? throw new ArgumentNullException(nameof(fact), "A fact is null. Nothing was done.");
}
