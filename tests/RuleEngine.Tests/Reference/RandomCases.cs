using System.Collections.Concurrent;
using CsCheck;
using Xunit.Sdk;

namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>
/// Plays random cases: the same ones in every run, each from a numbered seed, so that a build does not depend
/// on luck. With <c>CsCheck_Iter</c> (how many) or <c>CsCheck_Seed</c> in the environment, CsCheck chooses
/// others. The first failure is shrunk, and names the seed that makes it again.
/// </summary>
internal static class RandomCases
{
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
        var failures = new ConcurrentDictionary<long, Exception>();
        Parallel.For(
            1,
            count + 1,
            (number, loop) =>
            {
                try
                {
                    play(Generate(stream, number));
                }
                catch (Exception failure)
                {
                    failures[number] = failure;
                    loop.Break();
                }
            }
        );
        if (!failures.IsEmpty)
        {
            var first = failures.MinBy(failure => failure.Key);
            Fail(stream, first.Key, first.Value, play);
        }
    }

    private static void Fail(uint stream, long number, Exception failure, Action<Case> play)
    {
        var (simplest, itsFailure) = Shrinking.Shrink(Generate(stream, number), failure, play);
        throw new XunitException(
            $"CsCheck_Seed={new PCG(stream, (ulong)number)} fails. Simplified:\n{simplest}",
            itsFailure
        );
    }

    private static Case Generate(uint stream, long number) =>
        Case.Any.Generate(new PCG(stream, (ulong)number), null, out _);

    private static PCG First(uint stream) => new(stream, 1);

    private static bool IsSet(string variable) =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
