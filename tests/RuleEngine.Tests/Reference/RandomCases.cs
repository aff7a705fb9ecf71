using CsCheck;
using Xunit.Sdk;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>
/// Plays random cases: the same ones in every run, each from a numbered seed, so that a build does not depend
/// on luck. With <c>CsCheck_Iter</c> (how many) or <c>CsCheck_Seed</c> in the environment, CsCheck chooses
/// others. A failure is shrunk, and names the seed that makes it again.
/// </summary>
internal static class RandomCases
{
    private const int ShrinkTries = 500;

    public static void Play(uint stream, int count, Action<Case> play)
    {
        if (IsSet("CsCheck_Iter") || IsSet("CsCheck_Seed"))
        {
            Case.Any.Sample(play, print: random => random.ToString());
            return;
        }
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Cases {First(stream)} to {new PCG(stream, (ulong)count)}."
        );
        Parallel.For(1, count + 1, number => Play(new PCG(stream, (ulong)number), play));
    }

    private static void Play(PCG seed, Action<Case> play)
    {
        var text = seed.ToString();
        try
        {
            play(Case.Any.Generate(seed, null, out _));
        }
        catch (Exception failure)
        {
            Case.Any.Sample(play, seed: text, iter: ShrinkTries, print: random => random.ToString());
            throw new XunitException($"CsCheck_Seed={text} failed, and did not fail again.", failure);
        }
    }

    private static PCG First(uint stream) => new(stream, 1);

    private static bool IsSet(string variable) =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
