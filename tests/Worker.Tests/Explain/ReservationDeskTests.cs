using PlanningServices.Worker.Cli.Text;
using PlanningServices.Worker.Explain;
using PlanningServices.Worker.Runs;
using PlanningServices.Worker.Settings;

namespace PlanningServices.Worker.Tests.Explain;

/// <summary>Whether a voucher can be reserved, asked of the sample facts.</summary>
public sealed class ReservationDeskTests : IDisposable
{
    private readonly World world = World.OfSamples();

    private ReservationDesk Desk =>
        new(
            world.Database,
            new(Microsoft.Extensions.Options.Options.Create(world.Policies)),
            World.Book,
            new BusinessCalendar(
                world.Time,
                Microsoft.Extensions.Options.Options.Create(new ProgramOptions())
            ),
            new()
        );

    [Fact]
    public async Task The_night_after_a_reservation_decides_as_the_check_said()
    {
        var (asked, yes) = await ReservationChecks.AssertTheNightAgreesAsync(
            customers: 60,
            seed: 30,
            new(2020, 1, 31)
        );
        Assert.InRange(asked, 40, 60);
        Assert.InRange(yes, 1, asked - 1);
    }

    [Theory]
    [InlineData(
        "No partner location has the id 'P-1005-XX'. The nearest is 'P-1005-CA'.",
        "V-00004",
        "P-1005-XX",
        null
    )]
    [InlineData("No consultant has the id 'C-01'.", "V-00004", "P-1005-US", "C-01")]
    [InlineData(
        "Consultant 'C-001' works for partner 'P-1001'; location 'P-1005-US' is one of partner 'P-1005'.",
        "V-00004",
        "P-1005-US",
        "C-001"
    )]
    [InlineData("No voucher has the id 'V-4'.", "V-4", "P-1005-US", null)]
    [InlineData(
        "Voucher 'V-00004' does not exist on 2019-01-29: it was created on 2019-01-30.",
        "V-00004",
        "P-1005-US",
        null
    )]
    public void What_does_not_exist_or_belong_together_is_named(
        string message,
        string voucher,
        string location,
        string? consultant
    ) =>
        Assert.Equal(
            message,
            Assert
                .Throws<PlanningException>(() =>
                    Desk.Check(voucher, location, consultant, null, new(2019, 1, 29))
                )
                .Message
        );

    [Fact]
    public void A_no_says_why()
    {
        using var output = new StringWriter();
        ReservationText.Write(output, Desk.Check("V-00004", "P-1005-US", null, null, new(2020, 1, 30)));
        Assert.Equal(
            $"""
            Voucher V-00004, reserved on 2020-01-30 under P-1005-US of partner P-1005 (policy pack planning-services {World.Pack.Hash[
                ..12
            ]}): no
              Voucher V-00004 is not assigned on 2020-01-30.
              Voucher V-00004 is Expired. The voucher was not redeemed by 2019-07-29, 180 days after it was created on 2019-01-30.
              expiry: Expired
                EXP-LIFE: The voucher was not redeemed by 2019-07-29, 180 days after it was created on 2019-01-30.
              eligibility: not decided
              last day to redeem: 2019-07-29
              payment:
                PAY-COUNTRY: The request is made under location P-1005-US in US; the country of delivery is IN.

            """,
            output.ToString().ReplaceLineEndings("\n")
        );
    }

    public void Dispose() => world.Dispose();
}
