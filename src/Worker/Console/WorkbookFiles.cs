using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.Finance.Workbook;

namespace PlanningServices.Worker.Console;

/// <summary>All figures of a night in one file, the same as on the command line.</summary>
internal static class WorkbookFiles
{
    public static void Map(WebApplication app)
    {
        app.MapGet("/finance/workbook.xlsx", ExcelAsync).RequireAuthorization(Roles.Finance);
        app.MapGet("/finance/workbook.html", HtmlAsync).RequireAuthorization(Roles.Finance);
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
}
