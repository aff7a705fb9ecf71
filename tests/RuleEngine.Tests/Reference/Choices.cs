namespace PlanningServices.RuleEngine.Tests.Reference;

/// <summary>
/// A row of random numbers, read as choices. When it is used up every choice is the first, which is always
/// the simplest: so a shorter row is a simpler case, and CsCheck can shrink a failure.
/// </summary>
internal sealed class Choices(int[] numbers)
{
    private int next;

    public int Below(int bound) => next < numbers.Length ? numbers[next++] % bound : 0;

    public bool OneIn(int n) => Below(n) == n - 1;

    public T Of<T>(params T[] options) => options[Below(options.Length)];

    public T[] Many<T>(int atLeast, int atMost, Func<T> one) =>
        [.. Enumerable.Range(0, atLeast + Below(atMost - atLeast + 1)).Select(_ => one())];
}
