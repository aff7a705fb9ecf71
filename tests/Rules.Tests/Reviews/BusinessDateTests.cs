using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Tests.Reviews;

/// <summary>Each answer that a business date gives is noted to turn on the day on which it does, not before and not after.</summary>
public class BusinessDateTests
{
    private static readonly DateOnly Other = new(2021, 7, 1);

    public static TheoryData<string> Questions => [.. Asked.Keys];

    private static readonly Dictionary<string, Func<BusinessDate, object?>> Asked = new()
    {
        ["date < other"] = date => date < Other,
        ["date <= other"] = date => date <= Other,
        ["date > other"] = date => date > Other,
        ["date >= other"] = date => date >= Other,
        ["other < date"] = date => Other < date,
        ["other <= date"] = date => Other <= date,
        ["other > date"] = date => Other > date,
        ["other >= date"] = date => Other >= date,
        ["days since < 5"] = date => date.DaysSince(Other) < 5,
        ["days since <= 5"] = date => date.DaysSince(Other) <= 5,
        ["days since > 5"] = date => date.DaysSince(Other) > 5,
        ["days since >= 5"] = date => date.DaysSince(Other) >= 5,
        ["days until < 5"] = date => date.DaysUntil(Other) < 5,
        ["days until <= 5"] = date => date.DaysUntil(Other) <= 5,
        ["days until > 5"] = date => date.DaysUntil(Other) > 5,
        ["days until >= 5"] = date => date.DaysUntil(Other) >= 5,
        ["a range, before its start, in it and after it"] = date =>
            (
                date >= Other && date <= Other.AddDays(3),
                new PartnerCompetency("P", "C", CompetencyLevel.Gold, Other, Other.AddDays(3)).IsHeldOn(date)
            ),
        ["an enrolment"] = date => new Enrollment("P", "O", Other, Other.AddDays(3)).Covers(date),
        ["the version of a parameter in force"] = date =>
            new Parameter<int>(
                "p",
                [
                    new("p", 1, new(2000, 1, 1), ""),
                    new("p", 2, Other, ""),
                    new("p", 3, Other.AddDays(4), ""),
                ]
            )
                .On(date)
                .Value,
        ["the facts that exist"] = date =>
            new[] { Other, Other.AddDays(2), Other.AddDays(-3) }
                .Known(date, start => start)
                .Count,
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void An_answer_turns_on_the_day_that_is_noted(string question)
    {
        var ask = Asked[question];
        for (var day = Other.AddDays(-10); day < Other.AddDays(15); day = day.AddDays(1))
        {
            var review = new NextReview();
            var answer = ask(new(day, review));

            var turns = Enumerable
                .Range(1, 30)
                .Select(day.AddDays)
                .Where(later => !Equals(answer, ask(later)))
                .Cast<DateOnly?>()
                .FirstOrDefault();
            Assert.Equal((day, turns), (day, review.Date));
        }
    }

    [Fact]
    public void The_plain_date_and_the_plain_number_of_days_turn_on_the_next_day()
    {
        AssertNextDay(date => date.Date);
        AssertNextDay(date => date.ToString());
        AssertNextDay(date => date.DaysSince(Other).Number);
        AssertNextDay(date => date.DaysUntil(Other).ToString());
        AssertNextDay(date => TextFormat.Of($"{date}"));
        AssertNextDay(date => TextFormat.Of($"{date.DaysUntil(Other)}"));

        static void AssertNextDay(Func<BusinessDate, object> read)
        {
            var review = new NextReview();
            read(new(Other, review));
            Assert.Equal(Other.AddDays(1), review.Date);
        }
    }

    [Fact]
    public void The_earliest_of_several_notes_is_the_review()
    {
        var review = new NextReview();
        var date = new BusinessDate(Other, review);

        _ = date > Other.AddDays(20);
        _ = date >= Other.AddDays(10);
        _ = date <= Other.AddDays(30);

        Assert.Equal(Other.AddDays(10), review.Date);
    }

    [Fact]
    public void A_date_that_is_absent_is_compared_with_nothing()
    {
        var review = new NextReview();
        DateOnly? absent = null;

        Assert.False(new BusinessDate(Other, review) <= absent);
        Assert.Null(review.Date);
    }

    [Fact]
    public void What_would_turn_after_the_last_day_of_the_calendar_never_does()
    {
        var review = new NextReview();
        var date = new BusinessDate(DateOnly.MaxValue, review);

        Assert.True(date <= DateOnly.MaxValue);
        Assert.True(date.DaysSince(DateOnly.MinValue) <= int.MaxValue);
        Assert.Equal(DateOnly.MaxValue, date.Date);
        Assert.Null(review.Date);
    }
}
