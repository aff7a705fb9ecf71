using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
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
        var (night, exceptions) = ExceptionListing.Of(context.Request.Query, finance, desk);
        return File(context, night, "exceptions", output => ExceptionCsv.Write(output, exceptions));
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

    // Row by row, however many there are.
    private static IResult File(
        HttpContext context,
        FinanceNight night,
        string name,
        Action<TextWriter> write
    )
    {
        context.Features.GetRequiredFeature<IHttpBodyControlFeature>().AllowSynchronousIO = true;
        return Results.Stream(
            async stream =>
            {
                await using var output = new StreamWriter(stream, leaveOpen: true);
                write(output);
            },
            "text/csv; charset=utf-8",
            $"{name}-{Say.Date(night.Date)}.csv"
        );
    }
}
