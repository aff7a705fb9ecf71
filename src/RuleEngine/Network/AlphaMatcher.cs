using System.Runtime.InteropServices;
using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// Evaluates the conditions on single facts, a batch at a time, before anything in the session changes, and
/// notes for each input of the rules which facts passed.
/// </summary>
internal sealed class AlphaMatcher(Session session, int inputCount)
{
    // Facts are taken through the conditions in pieces that stay in the nearest cache.
    private const int PieceSize = 512;

    private const int FewInputs = 16;

    private readonly FactList?[] _passed = new FactList?[inputCount + 1];

    // An input that a whole batch passes to, and nothing else, reads the batch itself.
    private readonly FactList?[] _whole = new FactList?[inputCount + 1];
    private readonly List<int> _inputs = [];
    private readonly List<Fact[]> _buffers = [];
    private bool _isSorted = true;

    /// <summary>The inputs that some fact passed to, deepest in a rule first.</summary>
    public List<int> Inputs
    {
        get
        {
            if (!_isSorted)
                Sort(CollectionsMarshal.AsSpan(_inputs));
            _isSorted = true;
            return _inputs;
        }
    }

    public ReadOnlySpan<Fact> PassedTo(int input) => (_whole[input] ?? _passed[input] ?? Nothing).Span;

    private static FactList Nothing { get; } = new();

    public void Match(AlphaNode[] roots, FactList facts)
    {
        foreach (var root in roots)
        {
            if (facts.Count == 1)
            {
                MatchOnly(root, facts);
                continue;
            }
            foreach (var input in root.Inputs)
                PassAll(input, facts);
            if (root.Children.Count == 0)
                continue;
            for (var rest = facts.Span; rest.Length > 0; )
            {
                var piece = rest[..Math.Min(rest.Length, PieceSize)];
                MatchChildren(root, piece, depth: 0);
                rest = rest[piece.Length..];
            }
        }
    }

    /// <summary>Puts the inputs in order. They are few for most facts.</summary>
    private static void Sort(Span<int> inputs)
    {
        if (inputs.Length > FewInputs)
        {
            inputs.Sort();
            return;
        }
        for (var i = 1; i < inputs.Length; i++)
        {
            var input = inputs[i];
            var place = i;
            for (; place > 0 && inputs[place - 1] > input; place--)
                inputs[place] = inputs[place - 1];
            inputs[place] = input;
        }
    }

    /// <summary>Matches a batch of one: where it passes, the whole batch does.</summary>
    private void MatchOnly(AlphaNode node, FactList batch)
    {
        foreach (var input in node.Inputs)
            PassAll(input, batch);
        foreach (var child in node.Children)
        {
            if (Evaluate(child.Test!, batch.Span[0]))
                MatchOnly(child, batch);
        }
    }

    /// <summary>Forgets the batch.</summary>
    public void Clear()
    {
        foreach (var input in _inputs)
        {
            _passed[input]?.Clear();
            _whole[input] = null;
        }
        _inputs.Clear();
        _isSorted = true;
    }

    private void Match(AlphaNode node, ReadOnlySpan<Fact> facts, int depth)
    {
        foreach (var input in node.Inputs)
            Pass(input, facts);
        MatchChildren(node, facts, depth);
    }

    private void MatchChildren(AlphaNode node, ReadOnlySpan<Fact> facts, int depth)
    {
        foreach (var child in node.Children)
        {
            var buffer = Buffer(depth, facts.Length);
            var count = Filter(child.Test!, facts, buffer);
            if (count > 0)
                Match(child, buffer.AsSpan(0, count), depth + 1);
        }
    }

    private int Filter(AlphaTest test, ReadOnlySpan<Fact> facts, Fact[] buffer)
    {
        var count = 0;
        foreach (var fact in facts)
        {
            if (Evaluate(test, fact))
                buffer[count++] = fact;
        }
        return count;
    }

    private bool Evaluate(AlphaTest test, Fact fact)
    {
        bool result;
        try
        {
            result = test.Test(fact.Value!);
        }
        catch (Exception exception)
        {
            test.Fail(session, fact, exception);
            return false;
        }
        if (session.HearsLeft)
            test.Tell(session, fact, result);
        return result;
    }

    private void PassAll(int input, FactList batch)
    {
        if (_whole[input] is null && _passed[input] is not { Count: > 0 })
        {
            _whole[input] = batch;
            Note(input);
        }
        else
            Pass(input, batch.Span);
    }

    private void Pass(int input, ReadOnlySpan<Fact> facts)
    {
        var passed = _passed[input] ??= new FactList();
        if (_whole[input] is { } whole)
        {
            passed.AddRange(whole.Span);
            _whole[input] = null;
        }
        else if (passed.Count == 0)
            Note(input);
        passed.AddRange(facts);
    }

    private void Note(int input)
    {
        _isSorted &= _inputs.Count == 0 || _inputs[^1] < input;
        _inputs.Add(input);
    }

    private Fact[] Buffer(int depth, int size)
    {
        if (depth == _buffers.Count)
            _buffers.Add([]);
        if (_buffers[depth].Length < size)
            _buffers[depth] = new Fact[Math.Max(4, size)];
        return _buffers[depth];
    }
}
