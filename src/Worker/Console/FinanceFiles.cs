using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.Finance.Workbook;

namespace PlanningServices.Worker.Console;

/// <summary>The listings of a night as CSV files, and all of it as a workbook, the same as on the command line.</summary>
internal static class FinanceFiles
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/finance/requests.csv", Requests).RequireAuthorization(Roles.Finance);
        app.MapGet("/finance/payments.csv", Payments).RequireAuthorization(Roles.Finance);
        app.MapGet("/finance/exceptions.csv", Exceptions).RequireAuthorization(Roles.Finance);
        app.MapGet("/finance/workbook.xlsx", ExcelAsync).RequireAuthorization(Roles.Finance);
        app.MapGet("/finance/workbook.html", HtmlAsync).RequireAuthorization(Roles.Finance);
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

    private static IResult Exceptions(HttpContext context, FinanceDesk finance, ExceptionDesk desk)
    {
        var (night, exceptions) = ExceptionListing.Of(context.Request.Query, finance, desk);
        return File(context, night, "exceptions", output => ExceptionCsv.Write(output, exceptions));
    }

    private static Task<IResult> ExcelAsync(HttpContext context, FinanceDesk desk, WorkbookDesk workbooks) =>
        WorkbookAsync(
            context,
            desk,
            workbooks,
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        );

    private static Task<IResult> HtmlAsync(HttpContext context, FinanceDesk desk, WorkbookDesk workbooks) =>
        WorkbookAsync(context, desk, workbooks, "html", "text/html; charset=utf-8");

    // Whole before the first byte is sent, so that nobody gets half of it.
    private static async Task<IResult> WorkbookAsync(
        HttpContext context,
        FinanceDesk desk,
        WorkbookDesk workbooks,
        string form,
        string type
    )
    {
        var night = desk.Night(Say.DateFrom(context.Request.Query["as-of"], "business date"));
        var pack = workbooks.PackOf(night, Say.DateFrom(context.Request.Query["since"], "night before"));
        var folder = Directory.CreateTempSubdirectory("planning-workbook-").FullName;
        context.Response.OnCompleted(() =>
        {
            Directory.Delete(folder, recursive: true);
            return Task.CompletedTask;
        });
        var name = $"workbook-{Say.Date(night.Date)}.{form}";
        var file = new PackFile(Path.Combine(folder, name), isForced: true);
        await file.WriteAsync(pack, night.Date, context.RequestAborted);
        return Results.File(file.Path, type, name);
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
