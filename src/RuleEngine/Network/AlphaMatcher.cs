using System.Buffers;
using System.Runtime.InteropServices;
using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>
/// Evaluates the conditions on single facts, a batch at a time, before anything in the session changes, and
/// notes for each input of the rules which facts passed.
/// </summary>
internal sealed class AlphaMatcher(Session session, int inputCount)
{
    private const int LargestKeptBuffer = 1024;

    private readonly List<Fact>?[] _passed = new List<Fact>?[inputCount + 1];

    // An input that a whole batch passes to, and nothing else, reads the batch itself.
    private readonly List<Fact>?[] _whole = new List<Fact>?[inputCount + 1];
    private readonly List<int> _inputs = [];
    private Fact[][] _buffers = [];

    /// <summary>The inputs that some fact passed to, deepest in a rule first.</summary>
    public List<int> Inputs
    {
        get
        {
            _inputs.Sort();
            return _inputs;
        }
    }

    public List<Fact> PassedTo(int input) => _whole[input] ?? (_passed[input] ??= []);

    public void Match(AlphaNode[] roots, List<Fact> facts)
    {
        var batch = CollectionsMarshal.AsSpan(facts);
        foreach (var root in roots)
        {
            foreach (var input in root.Inputs)
                PassAll(input, facts);
            MatchChildren(root, batch, depth: 0);
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
        for (var i = 0; i < _buffers.Length; i++)
        {
            if (_buffers[i].Length <= LargestKeptBuffer)
                continue;
            ArrayPool<Fact>.Shared.Return(_buffers[i], clearArray: true);
            _buffers[i] = [];
        }
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
            var passed = Filter(child.Test!, facts, depth);
            if (passed.Length > 0)
                Match(child, passed, depth + 1);
        }
    }

    private ReadOnlySpan<Fact> Filter(AlphaTest test, ReadOnlySpan<Fact> facts, int depth)
    {
        var buffer = Buffer(depth, facts.Length);
        var count = 0;
        foreach (var fact in facts)
        {
            if (Evaluate(test, fact))
                buffer[count++] = fact;
        }
        return buffer.AsSpan(0, count);
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

    private void PassAll(int input, List<Fact> batch)
    {
        if (_whole[input] is null && _passed[input] is not { Count: > 0 })
        {
            _whole[input] = batch;
            _inputs.Add(input);
        }
        else
            Pass(input, CollectionsMarshal.AsSpan(batch));
    }

    private void Pass(int input, ReadOnlySpan<Fact> facts)
    {
        var passed = _passed[input] ??= [];
        if (_whole[input] is { } whole)
        {
            passed.AddRange(whole);
            _whole[input] = null;
        }
        else if (passed.Count == 0)
            _inputs.Add(input);
        passed.AddRange(facts);
    }

    private Fact[] Buffer(int depth, int size)
    {
        if (depth == _buffers.Length)
        {
            Array.Resize(ref _buffers, depth + 1);
            _buffers[depth] = [];
        }
        if (_buffers[depth].Length < size)
        {
            if (_buffers[depth].Length > LargestKeptBuffer)
                ArrayPool<Fact>.Shared.Return(_buffers[depth], clearArray: true);
            _buffers[depth] =
                size > LargestKeptBuffer ? ArrayPool<Fact>.Shared.Rent(size) : new Fact[Math.Max(4, size)];
        }
        return _buffers[depth];
    }
}
