using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Import;

/// <summary>A column of an import file, named as in its header and in its table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its values look like.</param>
internal sealed record ImportColumn(string Name, ValueKind Kind)
{
    /// <summary>Whether it is part of the key by which rows are updated.</summary>
    public bool IsKey { get; init; }

    /// <summary>Whether it may be empty.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The table where its value must be the key of a row.</summary>
    public string? References { get; init; }

    /// <summary>A column with which it must be filled, though it is optional.</summary>
    public string? RequiredWith { get; init; }

    /// <summary>The column of the table that it goes to.</summary>
    public FactColumn Stored =>
        new(
            Name,
            Kind switch
            {
                ValueKind.Date => FactType.Date,
                ValueKind.Days => FactType.Number,
                ValueKind.Amount => FactType.Money,
                ValueKind.Id
                or ValueKind.Text
                or ValueKind.Country
                or ValueKind.Currency
                or ValueKind.Engagement
                or ValueKind.Level
                or ValueKind.GrantSource => FactType.Text,
            },
            IsKey,
            References is { } table ? (table, ImportFile.KeyOf(table)) : null
        );
}

/// <summary>What the values of a column look like.</summary>
internal enum ValueKind
{
    /// <summary>1 to 40 characters from <c>A-Z a-z 0-9 . _ -</c>.</summary>
    Id,

    /// <summary>Up to 200 characters.</summary>
    Text,

    /// <summary>A date written yyyy-MM-dd.</summary>
    Date,

    /// <summary>A whole number greater than 0.</summary>
    Days,

    /// <summary>An amount greater than 0 with up to two decimals.</summary>
    Amount,

    /// <summary>ISO 3166 alpha-2.</summary>
    Country,

    /// <summary>ISO 4217.</summary>
    Currency,

    /// <summary>The code of an engagement in the policy pack.</summary>
    Engagement,

    /// <summary><c>silver</c> or <c>gold</c>.</summary>
    Level,

    /// <summary><c>accrual</c> or <c>training_conversion</c>.</summary>
    GrantSource,
}
