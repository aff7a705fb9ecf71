using PlanningServices.RuleEngine.Network;
using PlanningServices.RuleEngine.RuleModel;

namespace PlanningServices.RuleEngine;

/// <content>How the facts of a call come to the rules.</content>
internal sealed partial class Session
{
    // So many are searched one by one.
    private const int FewFacts = 16;

    private readonly List<(Fact Fact, int Input, int Row)> _places = [];
    private readonly List<IFact> _updated = [];
    private HashSet<IFact>? _updatedSet;

    private enum FactChange
    {
        Insert,
        Update,
        Retract,
    }

    private const FactChange Inserted = FactChange.Insert;
    private const FactChange Updated = FactChange.Update;
    private const FactChange Retracted = FactChange.Retract;

    /// <summary>Brings the facts of the batch to the rules and settles matches.</summary>
    private void Propagate(FactChange change)
    {
        if (change != FactChange.Retract)
        {
            foreach (var memory in _batches)
                _matcher.Match(memory.Roots, memory.Batch);
        }
        _hasReachedRules = true;
        if (change == FactChange.Insert)
            InsertPassed();
        else
            MoveFacts(change);
        _matcher.Clear();
        // What is raised or settled below may come back with other facts, so the batch ends first.
        var done = _events.HearsFacts
            ? _batches.SelectMany(memory => memory.Batch.Span.ToArray()).ToArray()
            : [];
        _updated.Clear();
        _updatedSet = null;
        foreach (var memory in _batches)
        {
            if (change == FactChange.Update)
                _updated.AddRange(memory.Batch.Span);
            memory.Batch.Clear();
        }
        _batches.Clear();
        RaiseDone(change, done);
        Settle();
    }

    private void InsertPassed()
    {
        foreach (var number in _matcher.Inputs)
        {
            var input = _inputs[number];
            input.AddRights(_matcher.PassedTo(number));
            input.Flush();
        }
    }

    /// <summary>Facts first leave the inputs they no longer pass to, from the start of a rule on.</summary>
    private void MoveFacts(FactChange change)
    {
        Link();
        foreach (var memory in _batches)
        {
            foreach (var fact in memory.Batch.Span)
            {
                fact.Mark = 0;
                for (var (input, row) = (fact.FirstInput, fact.FirstRow); input != 0; )
                {
                    _places.Add((fact, input, row));
                    var link = LinkOf(input, row);
                    (input, row) = (link.NextInput, link.NextRow);
                }
            }
        }
        if (_places.Count > 1)
            _places.Sort(static (x, y) => y.Input.CompareTo(x.Input));
        for (var i = 0; i < _places.Count; )
            i = LeaveInput(i, change);
        _places.Clear();
        if (change == FactChange.Update)
            UpdatePassed();
    }

    /// <summary>Takes facts out of one input, unless they are updated and pass to it still.</summary>
    private int LeaveInput(int first, FactChange change)
    {
        var number = _places[first].Input;
        if (change == FactChange.Update)
        {
            foreach (var fact in _matcher.PassedTo(number))
                fact.Mark = number;
        }
        var i = first;
        for (; i < _places.Count && _places[i].Input == number; i++)
        {
            var (fact, _, row) = _places[i];
            if (change == FactChange.Retract || fact.Mark != number)
                _inputs[number].RemoveRight(row);
        }
        _inputs[number].Flush();
        return i;
    }

    private void UpdatePassed()
    {
        foreach (var number in _matcher.Inputs)
        {
            var input = _inputs[number];
            foreach (var fact in _matcher.PassedTo(number))
            {
                var row = RowAt(fact, number);
                if (row != 0)
                    input.UpdateRight(row);
                else
                    input.AddRight(fact);
            }
            input.Flush();
        }
    }

    private int RowAt(Fact fact, int number)
    {
        var (input, row) = (fact.FirstInput, fact.FirstRow);
        while (input != 0 && input != number)
        {
            var link = LinkOf(input, row);
            (input, row) = (link.NextInput, link.NextRow);
        }
        return input == 0 ? 0 : row;
    }

    /// <summary>Whether the call at hand updates a fact.</summary>
    public bool WasUpdated(IFact fact) =>
        _updated.Count <= FewFacts
            ? _updated.Contains(fact)
            : (_updatedSet ??= new HashSet<IFact>(_updated, ReferenceEqualityComparer.Instance)).Contains(
                fact
            );

    private void RaiseDone(FactChange change, Fact[] facts)
    {
        foreach (var fact in facts)
        {
            switch (change)
            {
                case FactChange.Insert:
                    _events.RaiseFactInserted(this, fact);
                    break;
                case FactChange.Update:
                    _events.RaiseFactUpdated(this, fact);
                    break;
                case FactChange.Retract:
                    _events.RaiseFactRetracted(this, fact);
                    break;
            }
        }
    }
}
