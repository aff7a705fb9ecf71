using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using PlanningServices.Worker.Data;
using PlanningServices.Worker.Explain;
using PlanningServices.Worker.Finance;
using PlanningServices.Worker.Runs;

namespace PlanningServices.Worker.Console.Api;

/// <summary>The answers of the console for other programs. They only read.</summary>
internal static class ConsoleApi
{
    public const string Root = "/api";

    private const int DefaultLimit = 500;
    private const int HighestLimit = 1000;

    public static void Add(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = AnswerJson.Options.PropertyNamingPolicy;
            foreach (var converter in AnswerJson.Options.Converters)
            {
                json.SerializerOptions.Converters.Add(converter);
            }
        });
        services.AddOpenApi(document =>
        {
            document.ShouldInclude = operation =>
                operation.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
            document.AddDocumentTransformer(DescribeAsync);
        });
    }

    public static void Map(WebApplication app)
    {
        app.MapOpenApi($"{Root}/{{documentName}}/openapi.json")
            .RequireAuthorization(ApiKeys.PolicyOf(Roles.Viewer));
        var all = app.MapGroup($"{Root}/v1")
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        all.MapGet("/nights/{date}/requests", Requests)
            .RequireAuthorization(ApiKeys.PolicyOf(Roles.Finance))
            .WithSummary(
                "The payment requests of a night with their amounts; 'next' is the 'after' of the next page. Needs the role finance."
            );
        var api = all.MapGroup("").RequireAuthorization(ApiKeys.PolicyOf(Roles.Viewer));
        api.MapGet("/subjects/{**id}", Subject)
            .WithSummary(
                "The subjects of an id or an invoice number, each with its decisions, sentences, evidence and history."
            );
        api.MapGet("/nights/{date}/changes", Changes)
            .WithSummary(
                "The decisions that a night changed, by customer; 'next' is the 'after' of the next page."
            );
        api.MapGet("/partners/{id}", Partner)
            .WithSummary("What a partner may deliver, and what it lacks for the rest.");
        api.MapGet("/partners", Partners)
            .WithSummary("The partners that may deliver an engagement, with their locations in a country.");
        api.MapGet("/reservation-check", Reservation)
            .WithSummary("What would be decided if a voucher were reserved; nothing is written.");
        api.MapGet("/runs", RunList)
            .WithSummary("The runs, the latest first; 'next' is the 'before' of the next page.");
        api.MapGet("/runs/{id:long}", OneRun).WithSummary("What a run came to, or how far it is.");
    }

    private static Ok<IReadOnlyList<SubjectPage>> Subject(
        Explainer explainer,
        string id,
        [FromQuery(Name = "as-of")] string? asOf
    ) => TypedResults.Ok(explainer.Explain(id, Say.DateFrom(asOf, "as-of")));

    private static Ok<PageOf<NightChange>> Changes(
        Database database,
        string date,
        string? after,
        [FromQuery] string? limit
    )
    {
        var day = Say.DateFrom(date, "date")!.Value;
        var wanted = LimitFrom(limit);
        using var store = new Store(database);
        var run =
            store.Runs.Find(Job.Nightly.Name, day) is { } found && RunStore.IsCompleted(found.Status)
                ? found
                : throw new PlanningException($"No nightly run for {Say.Date(day)} is completed.");
        var changes = store.Subjects.ChangesOf(run.RunId, after ?? "", wanted);
        return TypedResults.Ok(
            new PageOf<NightChange>(changes, changes.Count < wanted ? null : changes[^1].CustomerId)
        );
    }

    private static Ok<PageOf<RequestLine>> Requests(
        FinanceDesk desk,
        string date,
        string? after,
        [FromQuery] string? limit
    )
    {
        var wanted = LimitFrom(limit);
        RequestLine[] lines =
        [
            .. desk.Requests(desk.Night(Say.DateFrom(date, "date")))
                .Where(l => string.CompareOrdinal(l.RequestId, after) > 0)
                .Take(wanted),
        ];
        return TypedResults.Ok(
            new PageOf<RequestLine>(lines, lines.Length < wanted ? null : lines[^1].RequestId)
        );
    }

    private static Ok<PartnerPage> Partner(
        PartnerDirectory directory,
        string id,
        [FromQuery(Name = "as-of")] string? asOf
    ) => TypedResults.Ok(directory.Show(id, Say.DateFrom(asOf, "as-of")));

    private static Ok<DeliveringPartnersPage> Partners(
        PartnerDirectory directory,
        string? engagement,
        string? country,
        [FromQuery(Name = "as-of")] string? asOf
    ) =>
        TypedResults.Ok(
            directory.Find(
                Required(engagement, "engagement"),
                Say.TextFrom(country),
                Say.DateFrom(asOf, "as-of")
            )
        );

    private static Ok<ReservationPage> Reservation(
        ReservationDesk desk,
        string? voucher,
        string? location,
        string? consultant,
        string? start,
        string? on
    ) =>
        TypedResults.Ok(
            desk.Check(
                Required(voucher, "voucher"),
                Required(location, "location"),
                Say.TextFrom(consultant),
                Say.DateFrom(start, "start"),
                Say.DateFrom(on, "on")
            )
        );

    private static Ok<PageOf<Run>> RunList(Database database, string? before, [FromQuery] string? limit)
    {
        var first =
            Say.TextFrom(before) is not { } text ? long.MaxValue
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id
            : throw new PlanningException(
                $"The before is '{text}'; it must be the number of a run.",
                ExitCode.Usage
            );
        var wanted = LimitFrom(limit);
        using var store = new Store(database);
        Run[] runs = [.. store.Runs.List().Where(r => r.RunId < first).Take(wanted)];
        return TypedResults.Ok(
            new PageOf<Run>(
                runs,
                runs.Length < wanted ? null : runs[^1].RunId.ToString(CultureInfo.InvariantCulture)
            )
        );
    }

    private static Ok<RunReport> OneRun(Database database, RunPulse pulse, long id)
    {
        using var store = new Store(database);
        var run = Say.RunOf(store, id);
        return TypedResults.Ok(RunReports.Of(store, run) with { HasDied = pulse.HasDied(store, run) });
    }

    private static string Required(string? text, string name) =>
        Say.TextFrom(text) ?? throw new PlanningException($"The {name} is missing.", ExitCode.Usage);

    private static int LimitFrom(string? text) =>
        Say.TextFrom(text) is not { } number ? DefaultLimit
        : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
        && limit is > 0 and <= HighestLimit
            ? limit
        : throw new PlanningException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The limit is '{number}'; it must be a whole number from 1 to {HighestLimit}."
            ),
            ExitCode.Usage
        );

    private static Task DescribeAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new()
        {
            Title = "Planning Services",
            Version = "v1",
            Description =
                "Reads decisions about vouchers. Send the key of the program as 'Authorization: Bearer KEY'. Dates are yyyy-MM-dd.",
        };
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(
            StringComparer.Ordinal
        )
        {
            [ApiKeys.Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
            },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(ApiKeys.Scheme, document)] = [] }];
        return Task.CompletedTask;
    }
}

/// <summary>A part of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">Where the next part begins; absent where this is the last.</param>
internal sealed record PageOf<T>(IReadOnlyList<T> Items, string? Next);
