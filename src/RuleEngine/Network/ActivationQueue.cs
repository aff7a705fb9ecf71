namespace PlanningServices.RuleEngine.Network;

/// <summary>The activations of one priority.</summary>
internal abstract class ActivationQueue
{
    public abstract Activation? First { get; }

    public abstract void Add(Activation activation);

    public abstract void Remove(Activation activation);

    /// <summary>Takes a removal back, given what was before the activation then.</summary>
    public abstract void Restore(Activation activation, Activation? previous);

    /// <summary>Gives an activation whose facts changed its place anew, where the facts decide it.</summary>
    /// <returns>The place it had, for <see cref="PutBack"/>; <c>null</c> when it has not moved.</returns>
    public virtual object? Replace(Activation activation) => null;

    /// <summary>Takes <see cref="Replace"/> back.</summary>
    public virtual void PutBack(object place) { }

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

/// <summary>
/// By rule, then by the facts. What a query made has the place of the first of the facts it was made from, and several
/// made from one come in their own order; that may change while a match waits, so each place is kept as it was when
/// the match was put there.
/// </summary>
internal sealed class CanonicalQueue : ActivationQueue
{
    private readonly IComparer<object>? _factOrder;
    private readonly Comparer<Standing> _order;
    private readonly SortedSet<Place> _places;
    private readonly Dictionary<Activation, Place> _placeOf = [];

    public CanonicalQueue(IComparer<object>? factOrder)
    {
        _factOrder = factOrder;
        _order = Comparer<Standing>.Create((x, y) => Compare(x, x.Fact.Value, y, y.Fact.Value));
        _places = new SortedSet<Place>(Comparer<Place>.Create(Compare));
    }

    public override Activation? First => _places.Min?.Activation;

    public override void Add(Activation activation)
    {
        var standings = Array.ConvertAll(activation.BoundFacts, fact => fact.StandingIn(_order));
        Put(new Place(activation, standings, Array.ConvertAll(standings, standing => standing?.Fact.Value)));
    }

    public override void Remove(Activation activation)
    {
        if (!_placeOf.Remove(activation, out var place) || _places.Remove(place))
            return;
        // What the order reads of a fact was changed under it; all find their places anew.
        _places.Clear();
        _places.UnionWith(_placeOf.Values);
    }

    public override void Restore(Activation activation, Activation? previous) => Add(activation);

    public override object? Replace(Activation activation)
    {
        var before = _placeOf[activation];
        Remove(activation);
        Add(activation);
        return before;
    }

    public override void PutBack(object place)
    {
        var before = (Place)place;
        Remove(before.Activation);
        Put(before);
    }

    public override IEnumerable<Activation> All() => _places.Select(place => place.Activation);

    public override void Clear()
    {
        _places.Clear();
        _placeOf.Clear();
    }

    private void Put(Place place)
    {
        _places.Add(place);
        _placeOf.Add(place.Activation, place);
    }

    private int Compare(Place x, Place y)
    {
        if (ReferenceEquals(x, y))
            return 0;
        var order = x.Activation.Branch.Rule.Number.CompareTo(y.Activation.Branch.Rule.Number);
        if (order == 0)
            order = x.Activation.Branch.Number.CompareTo(y.Activation.Branch.Number);
        for (var i = 0; order == 0 && i < x.Standings.Length; i++)
        {
            if (x.Standings[i] is { } first && y.Standings[i] is { } second)
                order = Compare(first, x.Values[i], second, y.Values[i]);
        }
        return order != 0 ? order : x.Activation.Arrival.CompareTo(y.Activation.Arrival);
    }

    private int Compare(Standing x, object? valueOfX, Standing y, object? valueOfY)
    {
        // Not by fact first: while an update goes on, matches of one fact wait with its value before and after.
        var order =
            _factOrder is null || ReferenceEquals(valueOfX, valueOfY)
                ? 0
                : _factOrder.Compare(valueOfX!, valueOfY!);
        if (order == 0)
            order = x.Fact.Sequence.CompareTo(y.Fact.Sequence);
        return order != 0 ? order : x.Ordinals.AsSpan().SequenceCompareTo(y.Ordinals);
    }

    /// <summary>Values are kept beside their facts: a yielded fact may get another one while the match waits.</summary>
    private sealed record Place(Activation Activation, Standing?[] Standings, object?[] Values);
}
