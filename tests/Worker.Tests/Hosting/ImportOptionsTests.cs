using Microsoft.Extensions.Options;
using PlanningServices.Worker.Hosting;

namespace PlanningServices.Worker.Tests.Hosting;

public sealed class ImportOptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("00:00")]
    [InlineData("23:59")]
    public void Facts_are_required_by_a_time_of_day_or_not_at_all(string requiredBy) =>
        Assert.True(Validate(new() { RequiredBy = requiredBy }).Succeeded);

    [Theory]
    [InlineData("4:30")]
    [InlineData("24:00")]
    [InlineData("04:30:00")]
    [InlineData("soon")]
    public void Anything_else_is_refused(string requiredBy) =>
        Assert.Equal(
            $"Setting 'Import:RequiredBy' is '{requiredBy}'; it must be empty, or a time of day such as 04:30. "
                + "Set it in appsettings.json, as PLANNING__Import__RequiredBy or with --required-by.",
            Validate(new() { RequiredBy = requiredBy }).FailureMessage
        );

    [Fact]
    public void A_schedule_that_is_none_is_refused() =>
        Assert.StartsWith(
            "Setting 'Import:Schedule' is 'often'; it must be a cron expression",
            Validate(new() { Schedule = "often" }).FailureMessage,
            StringComparison.Ordinal
        );

    private static ValidateOptionsResult Validate(ImportOptions options) =>
        new ImportOptionsValidator().Validate(name: null, options);
}
