using CsCheck;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>
/// Some rules, and scripts that are each played on a session of them. Kept as the random choices they are
/// read from: facts change while a script is played, and a failing case is played again.
/// </summary>
public sealed record Case(int[][] RuleChoices, int[][] ScriptChoices)
{
    public const int ScriptsOfOne = 4;

    public static readonly Gen<Case> Any = Gen.Select(
        Gen.Int[0, 719].Array[20, 70].Array[1, 3],
        Gen.Int[0, 719].Array[40, 120].Array[ScriptsOfOne],
        (rules, scripts) => new Case(rules, scripts)
    );

    public RuleSpec[] Rules() =>
        [.. RuleChoices.Select((choices, number) => RandomRules.Rule(number, new Choices(choices)))];

    public IEnumerable<Step[]> Scripts() =>
        ScriptChoices.Select(choices => RandomThings.Script(new Choices(choices)));

    public override string ToString() =>
        string.Join("\n", Rules().AsEnumerable())
        + string.Concat(
            Scripts()
                .Select(
                    (script, number) =>
                        $"\nscript {number}:\n    " + string.Join("\n    ", script.AsEnumerable())
                )
        );
}
