using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PlanningServices.Worker.Finance;

namespace PlanningServices.Worker.Console;

/// <summary>The listings of a night as CSV files, the same as on the command line.</summary>
internal static class FinanceFiles
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/finance/requests.csv", Requests).RequireAuthorization(Roles.Finance);
        app.MapGet("/finance/payments.csv", Payments).RequireAuthorization(Roles.Finance);
        app.MapGet("/finance/exceptions.csv", Exceptions).RequireAuthorization(Roles.Finance);
    }

    private static IResult Requests(HttpContext context, FinanceDesk desk)
    {
        var (night, filter) = Listing.Of(context.Request.Query, desk);
        return File(
            context,
            night,
            "requests",
            output => ListingCsv.Write(output, desk.Requests(night).Where(filter.Includes))
        );
    }

    private static IResult Exceptions(HttpContext context, FinanceDesk finance, ExceptionDesk desk)
    {
        var (night, filter) = ExceptionListing.Of(context.Request.Query, finance);
        return File(
            context,
            night,
            "exceptions",
            output => ExceptionCsv.Write(output, desk.List(night, filter))
        );
    }

    private static IResult Payments(HttpContext context, FinanceDesk desk)
    {
        var (night, filter) = Listing.Of(context.Request.Query, desk);
        return File(
            context,
            night,
            "payments",
            output => ListingCsv.Write(output, desk.Payments(night).Where(filter.Includes))
        );
    }

    private static IResult File(
        HttpContext context,
        FinanceNight night,
        string name,
        Action<TextWriter> write
    ) => TableFiles.File(context, $"{name}-{Say.Date(night.Date)}.csv", write);
}
