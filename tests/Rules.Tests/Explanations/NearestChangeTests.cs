using PlanningServices.Rules.Explanations;
using PlanningServices.Rules.Facts;
using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Reading;
using PlanningServices.Rules.Tests.Policies;
using PlanningServices.Rules.Tests.Scenes;

namespace PlanningServices.Rules.Tests.Explanations;

/// <summary>Which other outcome is nearest, and the smallest change that leads to it.</summary>
public sealed class NearestChangeTests
{
    private static readonly RuleBook Book = Books.Rules;
    private static readonly PolicyPack Pack = Packs.Shipped;
    private static readonly DateOnly Date = new(2021, 6, 30);
    private static readonly DateOnly Created = new(2020, 11, 2);

    // 180 days from its creation: expired for long on the business date.
    private static readonly Voucher Unused = new()
    {
        VoucherId = "V-1",
        AgreementId = "A-1",
        Engagement = "exchange",
        Days = 5,
        Country = "SE",
        CreatedOn = Created,
    };

    [Fact]
    public void The_nearest_date_is_one_day_short_of_nothing()
    {
        var change = Assert.Single(
            Nearest(Unused),
            c => c is { RuleSet: RuleSetName.Expiry, IsParameter: false }
        );
        Assert.Equal("created_on", change.Name);
        Assert.Equal("Expired", change.Outcome);
        AssertIsNearest(change, Unused);
    }

    [Fact]
    public void The_nearest_parameter_is_one_day_short_of_nothing()
    {
        var change = Assert.Single(
            Nearest(Unused),
            c => c is { RuleSet: RuleSetName.Expiry, IsParameter: true }
        );
        Assert.Equal("expiry.life_days", change.Name);
        Assert.True(change.Days > 0);
        var facts = FactsOf(Unused);
        for (var days = 1 - change.Days; days < change.Days; days++)
        {
            Assert.Equal(change.Outcome, Outcome(facts, Pack.WhatIf(change.Name, $"{180 + days}")));
        }

        Assert.Equal(change.NewOutcome, Outcome(facts, Pack.WhatIf(change.Name, change.To)));
    }

    [Fact]
    public void A_cancelled_voucher_stays_so_whatever_moves()
    {
        var cancelled = Unused with { CancelledOn = Created.AddDays(3) };
        Assert.DoesNotContain(
            Nearest(cancelled),
            c => c.RuleSet == RuleSetName.Expiry && c.NewOutcome == "Active"
        );
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(179)]
    [InlineData(180)]
    [InlineData(181)]
    [InlineData(200)]
    public void Every_change_that_is_named_changes_the_outcome_as_it_says(int redeemedAfter)
    {
        var voucher = Unused with { RedeemedOn = Created.AddDays(redeemedAfter) };
        foreach (var change in Nearest(voucher).Where(c => !c.IsParameter))
        {
            AssertIsNearest(change, voucher);
        }
    }

    [Theory]
    [InlineData("payment.window", "90", "'payment.window' is no parameter. Expected one of ")]
    [InlineData("payment.window_days", "soon", "parameter 'payment.window_days': 'value' is 'soon'.")]
    public void A_parameter_that_is_none_or_cannot_be_so_is_refused(
        string name,
        string value,
        string message
    ) =>
        Assert.StartsWith(
            message,
            Assert.Throws<FormatException>(() => Pack.WhatIf(name, value)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_date_that_is_none_or_must_be_there_is_refused()
    {
        var facts = FactsOf(Unused);
        Assert.StartsWith(
            "'paid_on' is no date of a voucher. Expected one of ends_on, created_on, ",
            Assert.Throws<FormatException>(() => facts.With("paid_on", Date)).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "'created_on' must not be absent. Expected a date written yyyy-MM-dd.",
            Assert.Throws<FormatException>(() => facts.With("created_on", null)).Message
        );
    }

    // On the business date the enrolment is over for two days, and the competency ends in ten.
    private static readonly PartnerFacts Partner = new()
    {
        PartnerId = "P-1",
        Competencies = [new("P-1", "Messaging", CompetencyLevel.Silver, new(2020, 1, 1), Date.AddDays(10))],
        Enrollments = [new("P-1", "S-EDPS", new(2020, 1, 1), Date.AddDays(-2))],
        Exams = [new("K-1", "Messaging", new(2020, 1, 1))],
    };

    [Fact]
    public void The_end_of_what_a_partner_holds_can_move_over_the_business_date_since_it_is_known_ahead() =>
        Assert.Equal(
            [
                new(
                    RuleSetName.Qualification,
                    "CanEnroll",
                    "EndingSoon",
                    "enrollment_1_ends_on",
                    IsParameter: false,
                    "2021-06-28",
                    "2021-06-30",
                    Days: 2
                ),
            ],
            NearestChange
                .Of(SubjectFacts.Of(Partner, "P-1/exchange"), Pack, Date, Open)
                .Where(c => !c.IsParameter)
        );

    [Fact]
    public void The_dates_of_a_partner_are_named_after_its_facts_and_their_number()
    {
        var facts = SubjectFacts.Of(Partner, "P-1/exchange");

        Assert.Equal(
            [
                "competency_1_from_on",
                "competency_1_to_on",
                "enrollment_1_signed_on",
                "enrollment_1_ends_on",
                "exam_1_passed_on",
            ],
            facts.Dates.Select(d => d.Name)
        );
        Assert.Equal("EndingSoon", Qualification(facts.With("enrollment_1_ends_on", null)));
        Assert.Equal("NotQualified", Qualification(facts.With("competency_1_to_on", Date.AddDays(-1))));
        Assert.Equal("NotQualified", Qualification(facts.With("competency_1_from_on", Date.AddDays(1))));
        Assert.Equal("NotQualified", Qualification(facts.With("exam_1_passed_on", Date.AddDays(1))));
        Assert.Equal("CanEnroll", Qualification(facts.With("enrollment_1_signed_on", Date.AddDays(1))));

        static string? Qualification(SubjectFacts facts) => Outcome(facts, Pack, RuleSetName.Qualification);
    }

    /// <summary>It does what it says, and no smaller move of any date does.</summary>
    private static void AssertIsNearest(NearestChange change, Voucher voucher)
    {
        var facts = FactsOf(voucher);
        foreach (var date in facts.Dates.Where(d => d.Value is not null))
        {
            for (var days = 1 - Math.Abs(change.Days); days < Math.Abs(change.Days); days++)
            {
                var moved = date.Value!.Value.AddDays(days);
                if (moved <= Date == date.Value <= Date)
                {
                    Assert.Equal(change.Outcome, Outcome(facts.With(date.Name, moved), Pack, change.RuleSet));
                }
            }
        }

        var to = DateOnly.ParseExact(
            change.To,
            "yyyy-MM-dd",
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.Equal(change.NewOutcome, Outcome(facts.With(change.Name, to), Pack, change.RuleSet));
        Assert.NotEqual(change.Outcome, change.NewOutcome);
    }

    private static IReadOnlyList<NearestChange> Nearest(Voucher voucher) =>
        NearestChange.Of(FactsOf(voucher), Pack, Date, Open);

    private static string? Outcome(
        SubjectFacts facts,
        PolicyPack pack,
        RuleSetName ruleSet = RuleSetName.Expiry
    ) => facts.Decide(Open(pack)).FirstOrDefault(d => d.RuleSet == ruleSet)?.Outcome;

    private static DecisionSession Open(PolicyPack pack) => Book.Open(pack, ReferenceData.None, Date);

    private static SubjectFacts FactsOf(Voucher voucher) =>
        SubjectFacts.Of(
            new CustomerFacts
            {
                CustomerId = "C-1",
                Agreements = [new("A-1", "C-1", null)],
                Vouchers = [voucher],
            },
            SubjectType.Voucher,
            "V-1"
        );
}
