using System.Globalization;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Tests.Policies;

/// <summary>The shipped pack says what the programme published, number by number.</summary>
public class ShippedPackTests
{
    private static readonly DateOnly BeforeAnyVoucher = new(2000, 1, 1);

    [Fact]
    public void The_dates_of_the_retirement_are_those_published()
    {
        var parameters = Packs.Shipped.Parameters;
        Assert.Equal(new DateOnly(2021, 6, 30), Only(parameters.LastCreationOn));
        Assert.Equal(new DateOnly(2022, 1, 1), Only(parameters.LastRedemptionOn));
        Assert.Equal(new DateOnly(2020, 2, 1), Only(parameters.CloudRetiredOn));
        Assert.Equal(new DateOnly(2021, 2, 1), Only(parameters.AccrualEndedOn));
        Assert.Equal(new DateOnly(2020, 2, 1), Only(parameters.ConversionEndedOn));
        Assert.Equal(new DateOnly(2021, 7, 1), Only(parameters.DaysRemovedOn));
    }

    [Fact]
    public void The_numbers_are_those_of_the_programme()
    {
        var parameters = Packs.Shipped.Parameters;
        Assert.Equal(ExpiryAnchor.Assigned, Only(parameters.Anchor));
        Assert.Equal(180, Only(parameters.LifeDays));
        Assert.Equal([7, 14, 30], Only(parameters.WarningBands));
        Assert.Equal(15, Only(parameters.RepeatDays));
        Assert.Equal(60, Only(parameters.WindowDays));
        Assert.Equal(0.00m, Only(parameters.Tolerance));
        Assert.Equal(14, Only(parameters.ClosingWarningDays));
        Assert.Equal(30, Only(parameters.PaymentDays));
        Assert.Equal([60, 90], Only(parameters.AgeingBands));
        Assert.Equal(60, Only(parameters.QualificationWarningDays));
    }

    [Theory]
    // Desktop Deployment
    [InlineData(
        "windows-office",
        "Windows and Office Deployment Planning",
        "DDPS",
        "silver Windows and Devices"
    )]
    [InlineData(
        "mobile-productivity",
        "Mobile Productivity Deployment Planning",
        "DDPS",
        "silver Enterprise Mobility Management or silver Windows and Devices"
    )]
    [InlineData(
        "security-poc",
        "Modern IT Enterprise Security Proof of Concept",
        "DDPS",
        "silver Enterprise Mobility Management"
    )]
    // Dynamics Deployment
    [InlineData(
        "dynamics-ce-upgrade",
        "Upgrading Microsoft Dynamics 365 for Customer Engagement",
        "DYDPS",
        "silver Cloud Business Applications or silver Cloud Customer Relationship Management"
    )]
    [InlineData(
        "dynamics-ce-migration",
        "Migrating to Microsoft Dynamics 365 for Customer Engagement",
        "DYDPS",
        "silver Cloud Business Applications or silver Cloud Customer Relationship Management"
    )]
    [InlineData(
        "dynamics-fo-upgrade",
        "Upgrading Microsoft Dynamics 365 for Finance and Operations",
        "DYDPS",
        "gold Enterprise Resource Planning"
    )]
    // Private Cloud, Management and Virtualization
    [InlineData("windows-server", "Modernizing Your Windows Server Platform", "PVDPS", "silver Datacenter")]
    // SharePoint Deployment
    [InlineData("sharepoint", "SharePoint Deployment Planning", "SDPS", "silver Collaboration and Content")]
    [InlineData(
        "ppm",
        "Project and Portfolio Management Solution Planning",
        "SDPS",
        "silver Project and Portfolio Management"
    )]
    // Skype for Business and Exchange Deployment
    [InlineData("exchange", "Exchange Deployment Planning", "S-EDPS", "silver Messaging")]
    [InlineData("skype", "Skype for Business Deployment Planning", "S-EDPS", "silver Communications")]
    // SQL Server Deployment
    [InlineData(
        "data-estate",
        "Data Estate Modernization",
        "SSDPS",
        "gold Data Analytics or gold Data Platform"
    )]
    // Cloud
    [InlineData("azure", "Azure planning", "AZDPS", "silver Cloud Platform")]
    public void An_engagement_has_its_offering_durations_and_requirement(
        string code,
        string name,
        string offering,
        string requirement
    )
    {
        var engagement = Packs.Shipped.Engagements[code];
        Assert.Equal(name, engagement.Name);
        Assert.Equal(offering, engagement.Offering);
        Assert.Equal([1, 3, 5, 10, 15], engagement.Durations);
        Assert.Equal(code == "azure", engagement.IsCloud);

        var inForce = Packs.Shipped.RequirementOf(code, BeforeAnyVoucher)!;
        Assert.Null(inForce.To);
        Assert.Equal(requirement, string.Join(" or ", inForce.AnyOf.Select(Text)));
    }

    [Fact]
    public void There_are_thirteen_engagements_each_with_one_requirement()
    {
        Assert.Equal(13, Packs.Shipped.Engagements.Count);
        Assert.Equal(
            Packs.Shipped.Engagements.Keys.Order(StringComparer.Ordinal),
            Packs.Shipped.Requirements.Select(r => r.Engagement).Order(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
    }

    [Theory]
    [InlineData("US", "1600.00", "USD", "2011-02-14", null)]
    [InlineData("CA", "1900.00", "CAD", "2011-02-14", null)]
    [InlineData("GB", "1250.00", "GBP", "2011-02-14", null)]
    [InlineData("DE", "1450.00", "EUR", "2011-02-14", null)]
    [InlineData("FR", "1450.00", "EUR", "2011-02-14", null)]
    [InlineData("SE", "14500.00", "SEK", "2011-02-14", "2020-12-31")]
    [InlineData("SE", "15200.00", "SEK", "2021-01-01", null)]
    [InlineData("NO", "14800.00", "NOK", "2011-02-14", null)]
    [InlineData("DK", "10800.00", "DKK", "2011-02-14", null)]
    [InlineData("CH", "1700.00", "CHF", "2011-02-14", null)]
    [InlineData("PL", "5200.00", "PLN", "2011-02-14", null)]
    [InlineData("JP", "170000.00", "JPY", "2011-02-14", null)]
    [InlineData("IN", "62000.00", "INR", "2011-02-14", null)]
    [InlineData("AU", "2100.00", "AUD", "2011-02-14", null)]
    [InlineData("BR", "6100.00", "BRL", "2011-02-14", "2020-06-30")]
    [InlineData("BR", "6900.00", "BRL", "2020-07-01", null)]
    public void The_rate_of_a_country_is_its_figure_for_each_day(
        string country,
        string perDay,
        string currency,
        string from,
        string? to
    )
    {
        var first = Dates.Of(from);
        foreach (var days in new[] { 1, 3, 5, 10, 15 })
        {
            var rate = Packs.Shipped.RateFor(country, days, first);
            Assert.Equal(
                new Rate(
                    country,
                    days,
                    Money(perDay) * days,
                    currency,
                    first,
                    to is null ? null : Dates.Of(to)
                ),
                rate
            );
        }
    }

    [Fact]
    public void There_are_sixteen_times_five_rates() => Assert.Equal(80, Packs.Shipped.Rates.Count);

    private static T Only<T>(Parameter<T> parameter)
    {
        var version = Assert.Single(parameter.Versions);
        Assert.Equal(BeforeAnyVoucher, version.From);
        return version.Value;
    }

    private static decimal Money(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(Alternative alternative) =>
        (alternative.MinimumLevel == CompetencyLevel.Gold ? "gold " : "silver ") + alternative.Competency;
}
