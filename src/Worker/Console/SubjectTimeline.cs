using System.Globalization;
using PlanningServices.Worker.Console.Charts;
using PlanningServices.Worker.Explain;

namespace PlanningServices.Worker.Console;

/// <summary>The dates of a subject.</summary>
internal static class SubjectTimeline
{
    /// <summary>What happened, and until when something can be done.</summary>
    public static List<TimelinePoint> Of(SubjectPage page)
    {
        var facts = page
            .Explanation.Facts.Where(f => f.Name.EndsWith("_on", StringComparison.Ordinal))
            .ToDictionary(f => f.Name, f => DateOf(f.Value), StringComparer.Ordinal);
        List<TimelinePoint> points =
        [
            .. facts
                .Where(f => f.Value is not null)
                .Select(f => new TimelinePoint(f.Value!.Value, Say.Words(f.Key[..^"_on".Length]))),
        ];
        foreach (
            var detail in page.Explanation.RuleSets.SelectMany(r => r.Decision?.Details.Split(';') ?? [])
        )
        {
            var (name, since) = detail.Split('=')[0] switch
            {
                "redeem_by" => (
                    "to redeem by",
                    facts.GetValueOrDefault("assigned_on") ?? facts.GetValueOrDefault("created_on")
                ),
                "last_day" => ("to ask for payment by", facts.GetValueOrDefault("redeemed_on")),
                "until" => ("qualified until", null),
                _ => ("", null),
            };
            if (name.Length > 0 && DateOf(detail.Split('=')[1]) is { } date)
            {
                points.Add(new(date, name, since ?? page.Explanation.BusinessDate));
            }
        }

        if (page.NextReview is { } review)
        {
            points.Add(new(review, "next review"));
        }

        return points;
    }

    private static DateOnly? DateOf(string text) =>
        DateOnly.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
            ? date
            : null;
}
