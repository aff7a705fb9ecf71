using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules;

/// <summary>
/// How a rule that comes with a pack reads the parameters the pack adds for it, by their names as written in
/// <c>parameters.yaml</c>, such as <c>custom.max_days_in_germany</c>.
/// </summary>
public sealed class CustomTerms
{
    private readonly Parameters parameters;
    private readonly DateOnly businessDate;

    internal CustomTerms(Parameters parameters, DateOnly businessDate)
    {
        this.parameters = parameters;
        this.businessDate = businessDate;
    }

    /// <summary>The version of a parameter of type whole_number that is in force on the business date.</summary>
    /// <exception cref="PolicyNotInForceException">There is none in force.</exception>
    /// <exception cref="ArgumentException">The pack has no such parameter of that type.</exception>
    public PolicyValue<int> WholeNumber(string name) => Value<int>(name, businessDate);

    /// <summary>The version of a parameter of type whole_number that is in force on a date.</summary>
    /// <inheritdoc cref="WholeNumber(string)" path="/exception"/>
    public PolicyValue<int> WholeNumber(string name, DateOnly on) => Value<int>(name, on);

    /// <summary>The version of a parameter of type date that is in force on the business date.</summary>
    /// <inheritdoc cref="WholeNumber(string)" path="/exception"/>
    public PolicyValue<DateOnly> Date(string name) => Value<DateOnly>(name, businessDate);

    /// <summary>The version of a parameter of type date that is in force on a date.</summary>
    /// <inheritdoc cref="WholeNumber(string)" path="/exception"/>
    public PolicyValue<DateOnly> Date(string name, DateOnly on) => Value<DateOnly>(name, on);

    /// <summary>The version of a parameter of type number that is in force on the business date.</summary>
    /// <inheritdoc cref="WholeNumber(string)" path="/exception"/>
    public PolicyValue<decimal> Number(string name) => Value<decimal>(name, businessDate);

    /// <summary>The version of a parameter of type number that is in force on a date.</summary>
    /// <inheritdoc cref="WholeNumber(string)" path="/exception"/>
    public PolicyValue<decimal> Number(string name, DateOnly on) => Value<decimal>(name, on);

    /// <summary>The version of a parameter of type text that is in force on the business date.</summary>
    /// <inheritdoc cref="WholeNumber(string)" path="/exception"/>
    public PolicyValue<string> Text(string name) => Value<string>(name, businessDate);

    /// <summary>The version of a parameter of type text that is in force on a date.</summary>
    /// <inheritdoc cref="WholeNumber(string)" path="/exception"/>
    public PolicyValue<string> Text(string name, DateOnly on) => Value<string>(name, on);

    private PolicyValue<T> Value<T>(string name, DateOnly on) =>
        parameters.Custom.TryGetValue(name, out var parameter)
        && parameter.On(on) is { Value: T value } version
            ? new(version.Name, value, version.From, version.Why)
            : throw new ArgumentException(
                $"A rule reads the parameter '{name}' as {typeof(T).Name}, and the pack has none of that name and type.",
                nameof(name)
            );
}
