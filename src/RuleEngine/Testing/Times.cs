using System.Globalization;

namespace PlanningServices.RuleEngine.Testing;

/// <summary>How often a rule is expected to fire.</summary>
public readonly record struct Times
{
    private Times(int value) => Value = value;

    /// <summary>Not at all.</summary>
    public static Times Never => new(0);

    /// <summary>Exactly once.</summary>
    public static Times Once => new(1);

    /// <summary>Exactly twice.</summary>
    public static Times Twice => new(2);

    internal int Value { get; }

    /// <summary>Exactly a number of times.</summary>
    /// <param name="value">The number, 0 or more.</param>
    /// <returns>The expectation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static Times Exactly(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new(value);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Value switch
        {
            0 => "never",
            1 => "once",
            2 => "twice",
            _ => string.Create(CultureInfo.InvariantCulture, $"{Value} times"),
        };
}
