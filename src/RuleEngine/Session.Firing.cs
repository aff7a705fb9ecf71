namespace PlanningServices.RuleEngine;

/// <content>Firing.</content>
internal sealed partial class Session
{
    // How many of the last firings of a chain are named when it is taken for a loop.
    private const int NamedFirings = 64;

    private readonly Queue<string> _latestFirings = new();
    private bool _isFiring;
    private bool _isHalted;
    private int _chain;

    public int Fire() => Fire(int.MaxValue, CancellationToken.None);

    public int Fire(CancellationToken cancellationToken) => Fire(int.MaxValue, cancellationToken);

    public int Fire(int maxRulesNumber) => Fire(maxRulesNumber, CancellationToken.None);

    public int Fire(int maxRulesNumber, CancellationToken cancellationToken)
    {
        if (_isFiring)
            throw new InvalidOperationException(
                "The session is firing. Fire() cannot be called from an action."
            );
        var fired = 0;
        _isHalted = false;
        while (fired < maxRulesNumber && !_isHalted && !cancellationToken.IsCancellationRequested)
        {
            if (!FireNext(cancellationToken))
                break;
            fired++;
        }
        return fired;
    }

    public void Halt() => _isHalted = true;

    private bool FireNext(CancellationToken cancellationToken)
    {
        var activation = OwnAgenda.Take();
        if (activation is null)
            return false;
        _isFiring = true;
        _isPristine = false;
        _chain = activation.Chain + 1;
        var hasFired = activation.HasFired;
        try
        {
            CheckChain(activation);
            activation.HasFired = true;
            _events.RaiseRuleFiring(this, activation);
            _runner.Run(activation, cancellationToken);
            if (AutoPropagateLinkedFacts && Links.AnyWaits)
                PropagateLinked(done: null);
            _events.RaiseRuleFired(this, activation);
            Commit();
        }
        catch
        {
            // The match stays on the agenda: it fires again once the cause is gone.
            Abandon(mark: 0);
            activation.HasFired = hasFired;
            OwnAgenda.PutBack(activation);
            throw;
        }
        finally
        {
            _isFiring = false;
            _chain = 0;
        }
        return true;
    }

    private void CheckChain(Activation activation)
    {
        if (_chain <= _maximumChain - NamedFirings)
            return;
        _latestFirings.Enqueue(activation.Rule.Name);
        if (_latestFirings.Count > NamedFirings)
            _latestFirings.Dequeue();
        if (_chain <= _maximumChain)
            return;
        var names = _latestFirings.Distinct(StringComparer.Ordinal).ToArray();
        _latestFirings.Clear();
        throw new RuleLoopException(
            $"{(names.Length == 1 ? "Rule" : "Rules")} {Texts.List(names)} kept causing one another to fire, {_maximumChain} times. "
                + "Make the rule non-repeatable, filter it with OnChange(), or raise SessionOptions.MaximumChain. "
                + $"The last match was of {Texts.List(activation.Values())}.",
            names
        );
    }
}
