using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;

namespace PlanningServices.Rules.Tests.Reviews;

/// <summary>Each answer that a business date gives is noted to turn on the day on which it does, not before and not after.</summary>
public class BusinessDateTests
{
    private static readonly DateOnly Other = new(2021, 7, 1);

    private static readonly DateOnly End = new(2021, 7, 4);

    public static TheoryData<string> Questions => [.. Comparisons.Keys];

    private static readonly Dictionary<
        string,
        (Func<BusinessDate, object> Answer, Func<DateOnly, object> Expected)
    > Comparisons = new()
    {
        ["date < other"] = (date => date < Other, day => day < Other),
        ["date <= other"] = (date => date <= Other, day => day <= Other),
        ["date > other"] = (date => date > Other, day => day > Other),
        ["date >= other"] = (date => date >= Other, day => day >= Other),
        ["other < date"] = (date => Other < date, day => Other < day),
        ["other <= date"] = (date => Other <= date, day => Other <= day),
        ["other > date"] = (date => Other > date, day => Other > day),
        ["other >= date"] = (date => Other >= date, day => Other >= day),
        ["days since < 5"] = (date => date.DaysSince(Other) < 5, day => Days(Other, day) < 5),
        ["days since <= 5"] = (date => date.DaysSince(Other) <= 5, day => Days(Other, day) <= 5),
        ["days since > 5"] = (date => date.DaysSince(Other) > 5, day => Days(Other, day) > 5),
        ["days since >= 5"] = (date => date.DaysSince(Other) >= 5, day => Days(Other, day) >= 5),
        ["days until < 5"] = (date => date.DaysUntil(Other) < 5, day => Days(day, Other) < 5),
        ["days until <= 5"] = (date => date.DaysUntil(Other) <= 5, day => Days(day, Other) <= 5),
        ["days until > 5"] = (date => date.DaysUntil(Other) > 5, day => Days(day, Other) > 5),
        ["days until >= 5"] = (date => date.DaysUntil(Other) >= 5, day => Days(day, Other) >= 5),
        ["a competency"] = (
            date => new PartnerCompetency("P", "C", CompetencyLevel.Gold, Other, End).IsHeldOn(date),
            day => day >= Other && day <= End
        ),
        ["an enrolment"] = (
            date => new Enrollment("P", "O", Other, End).Covers(date),
            day => day >= Other && day <= End
        ),
        ["the version of a parameter in force"] = (
            date =>
                new Parameter<int>(
                    "p",
                    [new("p", 1, new(2000, 1, 1), ""), new("p", 2, Other, ""), new("p", 3, End, "")]
                )
                    .On(date)
                    .Value,
            day =>
                day < Other ? 1
                : day < End ? 2
                : 3
        ),
        ["the facts that exist"] = (
            date => new[] { Other, End, Other.AddDays(-3) }.Known(date, start => start).Count,
            day => new[] { Other, End, Other.AddDays(-3) }.Count(start => start <= day)
        ),
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public void An_answer_is_right_and_turns_on_the_day_that_is_noted(string question)
    {
        var (ask, expected) = Comparisons[question];
        for (var day = Other.AddDays(-10); day < Other.AddDays(15); day = day.AddDays(1))
        {
            var review = new NextReview();
            var answer = ask(new(day, review));

            Assert.Equal((day, expected(day)), (day, answer));
            var turns = Enumerable
                .Range(1, 30)
                .Select(day.AddDays)
                .Where(later => !Equals(answer, expected(later)))
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

    private static int Days(DateOnly from, DateOnly to) => to.DayNumber - from.DayNumber;
}
