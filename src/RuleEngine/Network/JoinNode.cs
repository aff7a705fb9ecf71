using PlanningServices.RuleEngine.Compilation;

namespace PlanningServices.RuleEngine.Network;

/// <summary>Match: each pair is a longer partial match.</summary>
internal sealed class JoinNode(Session session, object?[] bindings, PairingPlan plan)
    : TwoInputNode(session, bindings, plan)
{
    protected override TokenRows Pairs => Next.Left;

    protected override void AddPair(int left, int right, Fact fact) => AddChild(left, fact, right);

    protected override void UpdatePair(int pair) => UpdateChild(pair);

    protected override void RemovePair(int pair) => Next.RemoveLeft(pair);
}
