namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>Reads facts, and what happens to them, out of random choices.</summary>
internal static class RandomThings
{
    private static readonly string?[] Keys = ["a", null, "bb", "A"];
    private static readonly double[] Numbers = [1, double.NaN, 0.0, -0.0];
    private static readonly Code?[] Codes = [new("x"), null, new("X")];
    private static readonly int?[] MaybeRanks = [1, null, 0];

    public static Values Values(Choices choices) =>
        new(
            choices.Of(Keys),
            choices.Of(Numbers),
            choices.Of(Codes),
            choices.Below(3),
            choices.Of(MaybeRanks)
        );

    public static Step[] Script(Choices choices)
    {
        var inserted = 0;
        return choices.Many(3, 9, () => Next(choices, ref inserted));
    }

    private const int MostThings = 12;

    private static Step Next(Choices choices, ref int inserted)
    {
        var count = inserted;
        switch (choices.Below(9))
        {
            case 4 or 5 when count > 0:
                return new Step.Update([
                    .. choices
                        .Many(1, 3, () => (Place: choices.Below(count), Values: Values(choices)))
                        .DistinctBy(change => change.Place),
                ]);
            case 6 when count > 0:
                return new Step.Retract([.. choices.Many(1, 2, () => choices.Below(count)).Distinct()]);
            case 7:
                return new Step.Fire(choices.Below(3) + 1);
            case 8:
            case < 4 when count >= MostThings:
                return new Step.Fire(int.MaxValue);
            default:
                var things = choices.Many(
                    1,
                    Math.Min(4, Math.Max(1, MostThings - count)),
                    () => Thing(choices, count++)
                );
                inserted = count;
                return new Step.Insert(things, choices.OneIn(2));
        }
    }

    private static Thing Thing(Choices choices, int id)
    {
        var values = Values(choices);
        return choices.Below(5) switch
        {
            0 or 1 => new A(id, values),
            2 => new B(id, values),
            3 => new Keyed(id, values),
            _ => new NarrowB(id, values),
        };
    }
}
