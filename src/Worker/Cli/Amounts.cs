using System.CommandLine.Parsing;
using System.Globalization;

namespace PlanningServices.Worker.Cli;

/// <summary>Arguments and options that take an amount of money.</summary>
internal static class Amounts
{
    /// <summary>The greatest amount that facts have.</summary>
    public const decimal Most = 99_999_999_999_999.99m;

    /// <summary>The amount, with at most two decimals and between two bounds, both included; else adds the error.</summary>
    public static decimal Parse(string name, ArgumentResult argument, decimal from, decimal to)
    {
        var text = argument.Tokens.Single().Value;
        if (
            decimal.TryParse(
                text,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var amount
            )
            && decimal.Round(amount, 2) == amount
            && amount >= from
            && amount <= to
        )
        {
            return amount;
        }

        argument.AddError(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name} is '{text}'; it must be an amount from {from:0.00} to {to:0.00}, with a point before at most two decimals and no grouping."
            )
        );
        return from;
    }
}
