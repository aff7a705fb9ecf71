using PlanningServices.Rules.Decisions;

namespace PlanningServices.Rules.Tests;

/// <summary>The text of a decision's values, which the database keeps, gives back the numbers in it.</summary>
public sealed class DecisionValuesTests
{
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(30, 45, 15, -15)]
    [InlineData(int.MaxValue, 1, 0, int.MinValue)]
    public void Days_of_an_agreement(int granted, int drawn, int returned, int balance)
    {
        var values = new EntitlementValues(granted, drawn, returned, balance);

        Assert.Equal(values, EntitlementValues.Read(values.Text));
    }

    [Theory]
    [InlineData("0.00", "0.50", null)]
    [InlineData("1600.00", "1600.01", "31-60")]
    [InlineData("9999999999999.99", "0.01", "over 90")]
    public void Amounts_of_a_request(string approved, string paid, string? band)
    {
        var (a, p) = (Amount(approved), Amount(paid));

        Assert.Equal((a, p), AccountValues.ReadAmounts(new AccountValues("USD", a, p, band).Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("approved")]
    [InlineData("approved=;paid=")]
    [InlineData("approved=much;unpaid=3.00")]
    [InlineData(";;=;approved1=2.00")]
    public void What_is_no_such_text_counts_as_nothing(string text)
    {
        Assert.Equal((0, 0), AccountValues.ReadAmounts(text));
        Assert.Equal(new(0, 0, 0, 0), EntitlementValues.Read(text));
    }

    private static decimal Amount(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
