using System.Buffers;
using System.Buffers.Text;
using System.Text;
using PlanningServices.Worker.Data;

namespace PlanningServices.Worker.Import;

/// <summary>Says what is wrong with a value of an import file.</summary>
internal sealed class ValueCheck(IReadOnlySet<string> engagements)
{
    private const int MaxIdLength = 40;
    private const int MaxTextLength = 200;

    private static readonly SearchValues<byte> IdCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"u8
    );

    private readonly byte[][] engagementCodes = [.. engagements.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Adds the value to the row as its table keeps it; returns why it is refused, or null.</summary>
    public string? Take(ImportColumn column, ReadOnlySpan<byte> value, FactRow row)
    {
        // To SQL Server, texts that differ only in spaces at their end are equal: so no text ends with one anywhere.
        if (column.Kind == ValueKind.Text)
        {
            value = value.TrimEnd((byte)' ');
        }

        if (value.IsEmpty)
        {
            row.AddNothing();
            return column.IsOptional ? null : "is empty, but a value is needed";
        }

        var fault = column.Kind switch
        {
            ValueKind.Id => IsId(value)
                ? null
                : "is not an identifier of 1 to 40 characters from A-Z a-z 0-9 . _ -",
            ValueKind.Text => TextFault(value),
            ValueKind.Date => IsDate(value) ? null : "is not a date of the calendar, written yyyy-MM-dd",
            ValueKind.Days => Days(value) > 0 ? null : "is not a whole number of days greater than 0",
            ValueKind.Amount => Cents(value) > 0
                ? null
                : "is not an amount greater than 0, with a point before at most two decimals and no grouping",
            ValueKind.Country => IsCapitals(value, 2)
                ? null
                : "is not a country code of two capital letters (ISO 3166 alpha-2)",
            ValueKind.Currency => IsCapitals(value, 3)
                ? null
                : "is not a currency code of three capital letters (ISO 4217)",
            ValueKind.Engagement => IsEngagement(value)
                ? null
                : "is not the code of an engagement in the policy pack",
            ValueKind.Level => value.SequenceEqual("silver"u8) || value.SequenceEqual("gold"u8)
                ? null
                : "is not 'silver' or 'gold'",
            ValueKind.GrantSource => value.SequenceEqual("accrual"u8)
            || value.SequenceEqual("training_conversion"u8)
                ? null
                : "is not 'accrual' or 'training_conversion'",
        };
        if (fault is not null)
        {
            row.AddNothing();
        }
        else if (column.Kind == ValueKind.Days)
        {
            row.AddNumber(Days(value));
        }
        else if (column.Kind == ValueKind.Amount)
        {
            row.AddNumber(Cents(value));
        }
        else
        {
            row.AddText(value);
        }

        return fault;
    }

    private bool IsEngagement(ReadOnlySpan<byte> value)
    {
        foreach (var code in engagementCodes)
        {
            if (value.SequenceEqual(code))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsId(ReadOnlySpan<byte> value) =>
        value.Length <= MaxIdLength && value.IndexOfAnyExcept(IdCharacters) < 0;

    private static string? TextFault(ReadOnlySpan<byte> value)
    {
        if (value.Length <= MaxTextLength)
        {
            return null;
        }

        var length = Encoding.UTF8.GetCharCount(value);
        return length <= MaxTextLength ? null : $"has {length} characters; at most {MaxTextLength} are kept";
    }

    private static bool IsCapitals(ReadOnlySpan<byte> value, int length) =>
        value.Length == length && value.IndexOfAnyExceptInRange((byte)'A', (byte)'Z') < 0;

    private static bool IsDate(ReadOnlySpan<byte> value)
    {
        if (value.Length != 10 || value[4] != '-' || value[7] != '-')
        {
            return false;
        }

        var year = (int)Digits(value[..4]);
        var month = (int)Digits(value[5..7]);
        var day = (int)Digits(value[8..]);
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    private static long Days(ReadOnlySpan<byte> value) =>
        Digits(value) is <= int.MaxValue and var days ? days : -1;

    /// <summary>The amount in cents, up to 99,999,999,999,999.99; -1 if it is not written as it should be.</summary>
    private static long Cents(ReadOnlySpan<byte> value)
    {
        var point = value.IndexOf((byte)'.');
        var whole = point < 0 ? value : value[..point];
        var decimals = point < 0 ? "00"u8 : value[(point + 1)..];
        var number = Digits(whole);
        var fraction = Digits(decimals);
        return number < 0 || fraction < 0 || whole.Length > 14 || decimals.Length > 2
            ? -1
            : number * 100 + (decimals.Length == 1 ? fraction * 10 : fraction);
    }

    /// <summary>The number that all the bytes, at most 18, spell in digits; or -1.</summary>
    private static long Digits(ReadOnlySpan<byte> value) =>
        value.Length is >= 1 and <= 18
        && value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0
        && Utf8Parser.TryParse(value, out long number, out _)
            ? number
            : -1;
}
