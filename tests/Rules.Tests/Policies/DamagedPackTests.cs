using CsCheck;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Tests.Conditions;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>However a pack is damaged, it is read or its faults are reported; nothing else comes out of the reader.</summary>
public class DamagedPackTests
{
    private static readonly IReadOnlyList<PackFile> Files = RulePacks.SampleFiles();

    private static readonly Gen<Func<string, string>> Damage = Gen.OneOf(
        Gen.Select(Gen.Double[0, 1], Gen.Int[1, 30], (at, length) => Cut(at, length)),
        Gen.Select(
            Gen.Double[0, 1],
            Gen.OneOf(
                "\n",
                ":",
                "-",
                "[",
                "{",
                "\"",
                "'",
                "&a ",
                "*a",
                "!!int ",
                "\t",
                "|",
                "#",
                ",",
                "\0",
                "{",
                "exists(",
                " && ",
                "as_of",
                " / 0",
                "vouchers",
                "é",
                "- a: b\n"
            ),
            (at, text) => Insert(at, text)
        ),
        Gen.Select(Gen.Double[0, 1], Gen.Double[0, 1], (from, to) => CopyLine(from, to))
    );

    [Fact]
    public void A_damaged_pack_is_read_or_refused() => DamageAndRead(100);

    [Fact(Explicit = true)]
    public void A_thousand_damaged_packs_are_read_or_refused() => DamageAndRead(1_000);

    private static void DamageAndRead(int packs) =>
        Gen.Select(Gen.Int[0, Files.Count - 1], Damage.List[1, 4])
            .Sample(
                (at, damages) =>
                {
                    var file = Files[at];
                    var damaged = file with
                    {
                        Text = damages.Aggregate(file.Text, (text, damage) => damage(text)),
                    };
                    return IsReadOrRefused([.. Files.Select(f => f == file ? damaged : f)]);
                },
                iter: packs
            );

    private static bool IsReadOrRefused(IReadOnlyList<PackFile> files)
    {
        try
        {
            return PolicyPackReader.Read("pack", files).Parameters.LifeDays.Versions.Count > 0;
        }
        catch (PolicyPackException e)
        {
            return e.Faults.Count > 0 && e.Faults.All(f => f.Line >= 0 && f.Message.Length > 0);
        }
    }

    private static Func<string, string> Cut(double at, int length) =>
        text =>
        {
            var start = (int)(at * text.Length);
            return text.Remove(start, Math.Min(length, text.Length - start));
        };

    private static Func<string, string> Insert(double at, string inserted) =>
        text => text.Insert((int)(at * text.Length), inserted);

    private static Func<string, string> CopyLine(double from, double to) =>
        text =>
        {
            var lines = text.Split('\n').ToList();
            var line = lines[(int)(from * (lines.Count - 1))];
            lines.Insert((int)(to * (lines.Count - 1)), line);
            return string.Join('\n', lines);
        };
}
