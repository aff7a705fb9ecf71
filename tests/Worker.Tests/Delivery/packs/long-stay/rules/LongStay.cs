/// <summary>"Engagements in Germany last at most five days." (Programme office, 2021-03-01)</summary>
[Name("Stay in Germany too long")]
[Tag("ELG-LONG-STAY")]
[Description("The voucher is for more days in Germany than the programme allows.")]
public sealed class LongStay : Rule
{
    public override void Define()
    {
        Reservation reservation = null!;

        When()
            .Match(
                () => reservation,
                r => r.Country == "DE",
                r => r.Days > r.Custom.WholeNumber("custom.max_days_in_germany").Value
            );
        Then()
            .Yield(ctx =>
                ctx.Found(
                    reservation.VoucherId,
                    $"The voucher is for {reservation.Days} days in Germany; {MostDays(reservation).Value} are allowed.",
                    Evidence.Of("voucher.country", reservation.Country),
                    Evidence.Of("voucher.days", reservation.Days),
                    Evidence.Of(MostDays(reservation))
                )
            );
    }

    private static PolicyValue<int> MostDays(Reservation reservation) =>
        reservation.Custom.WholeNumber("custom.max_days_in_germany");
}
