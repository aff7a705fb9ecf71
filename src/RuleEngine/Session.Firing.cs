using PlanningServices.RuleEngine.Network;

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
        if (!IsLinked)
            return OwnAgenda.TryTakeFresh(out var match) && Fire(match, cancellationToken);
        var activation = OwnAgenda.Take();
        if (activation is null)
            return false;
        var hasFired = activation.HasFired;
        BeginFiring(activation.Chain);
        try
        {
            CheckChain(activation);
            activation.HasFired = true;
            Run(activation, cancellationToken);
        }
        catch
        {
            TakeBackFiring(activation, hasFired);
            throw;
        }
        finally
        {
            EndFiring();
        }
        return true;
    }

    /// <summary>Fires a match while the session is not linked; it becomes an activation only where one is seen.</summary>
    private bool Fire(in FreshMatches.Match match, CancellationToken cancellationToken)
    {
        var node = _ends[match.Node];
        BeginFiring(match.Chain);
        try
        {
            if (_chain > _maximumChain - NamedFirings)
                CheckChain(ActivationOf(match));
            if (_events.HearsFirings || !_runner.CanRunUnseen(node.Branch))
            {
                var activation = ActivationOf(match);
                activation.HasFired = true;
                Run(activation, cancellationToken);
            }
            else
            {
                _runner.RunUnseen(node, match);
                FinishActions();
                Commit();
            }
        }
        catch
        {
            TakeBackFiring(ActivationOf(match), hasFired: false);
            throw;
        }
        finally
        {
            EndFiring();
        }
        return true;
    }

    private void BeginFiring(int chain)
    {
        _isFiring = true;
        _isPristine = false;
        _chain = chain + 1;
        _hasReachedRules = false;
    }

    private void Run(Activation activation, CancellationToken cancellationToken)
    {
        _events.RaiseRuleFiring(this, activation);
        _runner.Run(activation, cancellationToken);
        FinishActions();
        _events.RaiseRuleFired(this, activation);
        Commit();
    }

    private void FinishActions()
    {
        if (AutoPropagateLinkedFacts && Links.AnyWaits)
            PropagateLinked(done: null);
    }

    /// <summary>The match stays on the agenda: it fires again once the cause is gone.</summary>
    private void TakeBackFiring(Activation activation, bool hasFired)
    {
        Link();
        Abandon(mark: 0);
        activation.HasFired = hasFired;
        OwnAgenda.PutBack(activation);
    }

    private void EndFiring()
    {
        _isFiring = false;
        _chain = 0;
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
