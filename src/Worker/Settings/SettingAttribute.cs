using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace PlanningServices.Worker.Settings;

/// <summary>A setting that must hold; says so with its key, its value and what is allowed, in one line.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class SettingAttribute(string allowed) : ValidationAttribute
{
    public string Allowed { get; } = allowed;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        Allows(value)
            ? ValidationResult.Success
            : new ValidationResult(
                Message(KeyOf(validationContext.ObjectType, validationContext.MemberName!), value)
            );

    public string Message(string key, object? value) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"Setting '{key}' is '{value}'; it must be {Allowed}. Set it in appsettings.json, as {KnownSettings.VariableOf(key)} or with {KnownSettings.OptionOf(key)}."
        );

    public static string KeyOf(Type options, string property) =>
        $"{options.Name[..^"Options".Length]}:{property}";

    protected abstract bool Allows(object? value);
}

/// <summary>A whole number between two bounds, both included.</summary>
internal sealed class FromToAttribute(int from, int to)
    : SettingAttribute(FormattableString.Invariant($"a whole number from {from} to {to}"))
{
    protected override bool Allows(object? value) => value is int number && number >= from && number <= to;
}

/// <summary>A share of a whole.</summary>
internal sealed class ShareAttribute() : SettingAttribute("a share from 0 to 1, such as 0.01 for 1 %")
{
    protected override bool Allows(object? value) => value is decimal and >= 0m and <= 1m;
}

/// <summary>Text that is not empty.</summary>
internal sealed class TextAttribute(string allowed) : SettingAttribute(allowed)
{
    protected override bool Allows(object? value) => value is string text && text.Trim().Length > 0;
}

/// <summary>One of some words, case-insensitive.</summary>
internal sealed class OneOfAttribute(params string[] words) : SettingAttribute(string.Join(" or ", words))
{
    protected override bool Allows(object? value) =>
        value is string text && words.Contains(text, StringComparer.OrdinalIgnoreCase);
}

/// <summary>True or false.</summary>
internal sealed class TrueOrFalseAttribute() : SettingAttribute("true or false")
{
    protected override bool Allows(object? value) => value is bool;
}
