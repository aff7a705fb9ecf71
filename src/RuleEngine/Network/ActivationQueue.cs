namespace PlanningServices.RuleEngine.Network;

/// <summary>The activations of one priority.</summary>
internal abstract class ActivationQueue
{
    public abstract Activation? First { get; }

    public abstract void Add(Activation activation);

    public abstract void Remove(Activation activation);

    /// <summary>Takes a removal back, given what was before the activation then.</summary>
    public abstract void Restore(Activation activation, Activation? previous);

    public abstract IEnumerable<Activation> All();

    public abstract void Clear();
}

/// <summary>First matched first.</summary>
internal sealed class ArrivalQueue : ActivationQueue
{
    private Activation? _first;
    private Activation? _last;

    public override Activation? First => _first;

    public override void Add(Activation activation)
    {
        activation.Next = null;
        activation.Previous = _last;
        if (_last is null)
            _first = activation;
        else
            _last.Next = activation;
        _last = activation;
    }

    public override void Remove(Activation activation)
    {
        if (activation.Previous is null)
            _first = activation.Next;
        else
            activation.Previous.Next = activation.Next;
        if (activation.Next is null)
            _last = activation.Previous;
        else
            activation.Next.Previous = activation.Previous;
    }

    public override void Restore(Activation activation, Activation? previous)
    {
        activation.Previous = previous;
        activation.Next = previous is null ? _first : previous.Next;
        if (previous is null)
            _first = activation;
        else
            previous.Next = activation;
        if (activation.Next is null)
            _last = activation;
        else
            activation.Next.Previous = activation;
    }

    public override IEnumerable<Activation> All()
    {
        for (var activation = _first; activation is not null; activation = activation.Next)
            yield return activation;
    }

    public override void Clear()
    {
        _first = null;
        _last = null;
    }
}

/// <summary>By rule, then by the facts.</summary>
internal sealed class CanonicalQueue(IComparer<object>? factOrder) : ActivationQueue
{
    private readonly SortedSet<Activation> _activations = new(
        Comparer<Activation>.Create((x, y) => Compare(x, y, factOrder))
    );

    public override Activation? First => _activations.Min;

    public override void Add(Activation activation) => _activations.Add(activation);

    public override void Remove(Activation activation) => _activations.Remove(activation);

    public override void Restore(Activation activation, Activation? previous) => _activations.Add(activation);

    public override IEnumerable<Activation> All() => _activations;

    public override void Clear() => _activations.Clear();

    private static int Compare(Activation x, Activation y, IComparer<object>? factOrder)
    {
        if (ReferenceEquals(x, y))
            return 0;
        var order = x.Branch.Rule.Number.CompareTo(y.Branch.Rule.Number);
        if (order == 0)
            order = x.Branch.Number.CompareTo(y.Branch.Number);
        for (var i = 0; order == 0 && i < x.BoundFacts.Length; i++)
            order = Compare(x.BoundFacts[i], y.BoundFacts[i], factOrder);
        return order != 0 ? order : x.Arrival.CompareTo(y.Arrival);
    }

    /// <summary>What a query made is ordered by the first fact it was made from.</summary>
    private static int Compare(Fact x, Fact y, IComparer<object>? factOrder)
    {
        if (ReferenceEquals(x, y))
            return 0;
        if (x.Representative is not { } first || y.Representative is not { } second)
            return 0;
        var order = factOrder is null ? 0 : factOrder.Compare(first.Value!, second.Value!);
        return order != 0 ? order : first.Sequence.CompareTo(second.Sequence);
    }
}
