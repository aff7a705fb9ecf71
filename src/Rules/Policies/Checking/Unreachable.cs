namespace PlanningServices.Rules.Policies.Checking;

/// <summary>A finding code, outcome or band that no facts can lead to on any business date.</summary>
/// <param name="What">The code, the outcome or the band.</param>
/// <param name="Parameter">The parameter that keeps it from occurring.</param>
/// <param name="From">The version of that parameter.</param>
/// <param name="Why">The reason, as the rest of a sentence.</param>
/// <remarks>
/// Only what the parameters and rates rule out is claimed. The codes that are not considered here (RET-CLOUD apart)
/// hang on facts alone, so they can always occur: ENT-OVERDRAWN, ELG-*, REC-UNMATCHED and so on. Where a bound is
/// hard to find the wider one is taken, so that less is claimed than may be true, never more.
/// </remarks>
internal sealed record Unreachable(string What, string Parameter, DateOnly From, string Why)
{
    /// <summary>All that cannot occur under a pack.</summary>
    public static IEnumerable<Unreachable> In(PolicyPack pack, Reach reach) =>
        Retirement(pack, reach)
            .Concat(Entitlement(reach))
            .Concat(Expiry(reach))
            .Concat(Payment(reach))
            .Concat(Amounts(pack, reach))
            .Concat(WarningBands(pack, reach))
            .Concat(AgeingBands(pack, reach));

    private static IEnumerable<Unreachable> Retirement(PolicyPack pack, Reach reach)
    {
        if (reach.Eras.All(e => e.Last <= e.LastCreation))
        {
            const string why =
                "on every business date a voucher may still be created and assigned, since the last day to do so is not past.";
            yield return Of("RET-CREATED-LATE", reach.Eras[^1].Terms.LastCreationOn, why);
            yield return Of("RET-ASSIGNED-LATE", reach.Eras[^1].Terms.LastCreationOn, why);
        }

        if (reach.Eras.All(e => e.Last <= e.LastRedemption))
        {
            yield return Of(
                "RET-REDEEMED-LATE",
                reach.Eras[^1].Terms.LastRedemptionOn,
                "on every business date a voucher may still be redeemed, since the last day to do so is not past."
            );
        }

        var cloudRetired = reach.Eras[^1].Terms.CloudRetiredOn;
        if (!pack.Engagements.Values.Any(e => e.IsCloud))
        {
            yield return Of("RET-CLOUD", cloudRetired, "no engagement is a cloud engagement.");
        }
        else if (IsAhead(reach, t => t.CloudRetiredOn))
        {
            yield return Of("RET-CLOUD", cloudRetired, "on no business date have cloud engagements ended.");
        }
    }

    private static IEnumerable<Unreachable> Entitlement(Reach reach)
    {
        if (IsAhead(reach, t => t.AccrualEndedOn))
        {
            yield return Of(
                "ENT-ACCRUAL-ENDED",
                reach.Eras[^1].Terms.AccrualEndedOn,
                "on no business date has accrual ended."
            );
        }

        if (IsAhead(reach, t => t.ConversionEndedOn))
        {
            yield return Of(
                "ENT-CONVERSION-ENDED",
                reach.Eras[^1].Terms.ConversionEndedOn,
                "on no business date has conversion ended."
            );
        }

        if (IsAhead(reach, t => t.DaysRemovedOn))
        {
            yield return Of(
                "ENT-DAYS-REMOVED",
                reach.Eras[^1].Terms.DaysRemovedOn,
                "on no business date are the remaining days removed."
            );
        }
    }

    private static IEnumerable<Unreachable> Expiry(Reach reach)
    {
        if (reach.Spans.Count == 0)
        {
            yield break;
        }

        if (!reach.Spans.Any(s => s.CanMeetProgramEnd))
        {
            yield return NoProgramEnd(reach);
        }

        if (!reach.Spans.Any(s => s.CanMeetEndOfLife))
        {
            var span = reach.Spans.MinBy(s => s.FirstAnchor + s.Days - s.Era.LastRedemption)!;
            yield return Of(
                "EXP-LIFE",
                span.Life.Version,
                TextFormat.Of(
                    $"a life starts on {Date(span.FirstAnchor)} at the earliest, the first day of this parameter, and none ends both by the last day to redeem, {Date(span.Era.LastRedemption)}, and before a business date."
                )
            );
        }

        if (!reach.Spans.Any(s => s.CanBeWithin(LargestBand(s.Era))))
        {
            yield return Of(
                "EXP-SOON",
                reach.Eras[^1].Terms.WarningBands,
                "on no business date is the last day of a voucher that can be redeemed so near."
            );
        }

        var most = reach.Spans.Max(s => s.MostDaysLeft);
        if (most >= 0 && reach.Spans.All(s => s.MostDaysLeft <= LargestBand(s.Era)))
        {
            yield return Of(
                "Active",
                reach.Eras[^1].Terms.WarningBands,
                TextFormat.Of(
                    $"a voucher that can be redeemed has at most {most} days left, so the warning holds from its first day and it is ExpiringSoon."
                )
            );
        }
    }

    private static Unreachable NoProgramEnd(Reach reach)
    {
        if (reach.Spans.FirstOrDefault(s => s.CanOutliveProgram) is { } outliving)
        {
            return Of(
                "EXP-PROGRAM-END",
                outliving.Era.Terms.LastRedemptionOn,
                "on every business date on which a voucher can outlive the last day to redeem, that day is not past."
            );
        }

        var nearest = reach.Spans.MinBy(s => s.Era.LastRedemption - s.LastAnchor - s.Days)!;
        var anchor =
            nearest.LastAnchor == nearest.Era.LastCreation ? ", the last day to create or assign one" : "";
        return Of(
            "EXP-PROGRAM-END",
            nearest.Era.Terms.LastRedemptionOn,
            TextFormat.Of(
                $"no voucher outlives the last day to redeem. The one that comes nearest starts its life on {Date(nearest.LastAnchor)}{anchor}, and has {nearest.Days} days, to {Date(nearest.LastAnchor + nearest.Days)}; the last day to redeem is {Date(nearest.Era.LastRedemption)}."
            )
        );
    }

    private static IEnumerable<Unreachable> Payment(Reach reach)
    {
        var redemptions = reach
            .Eras.SelectMany(e => reach.Windows.Select(w => new Redemptions(e, w)))
            .ToList();
        var window = reach.Windows[^1].Version;
        if (!redemptions.Exists(r => r.CanBeLate))
        {
            const string why = "on no business date is the last day to ask for payment of a redemption past.";
            yield return Of("PAY-WINDOW", window, why);
            yield return Of("PAY-LAPSED", window, why);
        }

        if (!redemptions.Exists(r => r.CanBeWithin(r.Era.Terms.ClosingWarningDays.Value)))
        {
            yield return Of(
                "PAY-CLOSING",
                reach.Eras[^1].Terms.ClosingWarningDays,
                "on no business date is the last day to ask for payment so near."
            );
        }

        var most = redemptions.Max(r => r.MostDaysLeft);
        if (most >= 0 && !redemptions.Exists(r => r.MostDaysLeft > r.Era.Terms.ClosingWarningDays.Value))
        {
            yield return Of(
                "AwaitingRequest",
                reach.Eras[^1].Terms.ClosingWarningDays,
                TextFormat.Of(
                    $"at most {most} days are left to ask for payment, so the warning holds from the day of redemption and the voucher is ClosingSoon."
                )
            );
        }
    }

    private static IEnumerable<Unreachable> Amounts(PolicyPack pack, Reach reach)
    {
        var first = reach.Windows[0].First;
        var usable = pack
            .Rates.Where(r =>
                r.From.DayNumber <= reach.LastRedemption && (r.To is null || r.To.Value.DayNumber >= first)
            )
            .ToList();
        var lastRedemption = reach.Eras[^1].Terms.LastRedemptionOn;
        if (usable.Count == 0)
        {
            yield return Of(
                "PAY-AMOUNT",
                lastRedemption,
                TextFormat.Of(
                    $"no rate is in force on a day on which a redemption is valid, which is {Date(reach.LastRedemption)} at the latest."
                )
            );
        }

        if (!usable.Exists(r => pack.Engagements.Values.Any(e => e.Durations.Contains(r.Days))))
        {
            foreach (var code in new[] { "REC-PAID-TWICE", "REC-OVERPAID", "REC-PARTLY-PAID", "REC-OVERDUE" })
            {
                yield return Of(
                    code,
                    lastRedemption,
                    "no request is Approved, since no rate for a duration of an engagement is in force on a day on which a redemption is valid."
                );
            }
        }
    }

    private static IEnumerable<Unreachable> WarningBands(PolicyPack pack, Reach reach)
    {
        foreach (var version in pack.Parameters.WarningBands.Versions)
        {
            var spans = reach.Spans.Where(s => s.Era.Terms.WarningBands == version).ToList();
            var most = spans.Select(s => s.MostDaysLeft).DefaultIfEmpty(-1).Max();
            for (var at = 1; at < version.Value.Count && most >= 0; at++)
            {
                if (most <= version.Value[at - 1])
                {
                    yield return Of(
                        TextFormat.Of($"band={version.Value[at]}"),
                        version,
                        TextFormat.Of(
                            $"a voucher that can be redeemed has at most {most} days left, so the band of {version.Value[at - 1]} days or a smaller one holds."
                        )
                    );
                }
            }
        }
    }

    private static IEnumerable<Unreachable> AgeingBands(PolicyPack pack, Reach reach)
    {
        foreach (var version in pack.Parameters.AgeingBands.Versions)
        {
            var eras = reach.Eras.Where(e => e.Terms.AgeingBands == version).ToList();
            for (var at = 0; at < version.Value.Count && eras.Count > 0; at++)
            {
                var least = eras.Min(e => e.Terms.PaymentDays.Value);
                if (version.Value[at] <= least)
                {
                    yield return Of(
                        TextFormat.Of($"band up to {version.Value[at]}"),
                        version,
                        TextFormat.Of(
                            $"a request is overdue only when more than {least} days have passed since its submission."
                        )
                    );
                }
            }
        }
    }

    /// <summary>Whether on every business date a date that ends something is still ahead.</summary>
    private static bool IsAhead(Reach reach, Func<PolicyTerms, PolicyValue<DateOnly>> end) =>
        reach.Eras.All(e => e.Last < end(e.Terms).Value.DayNumber);

    private static long LargestBand(Era era) => era.Terms.WarningBands.Value[^1];

    private static string Date(long dayNumber) =>
        dayNumber > DateOnly.MaxValue.DayNumber
            ? "after 9999-12-31"
            : TextFormat.Of(DateOnly.FromDayNumber((int)dayNumber));

    private static Unreachable Of<T>(string what, PolicyValue<T> version, string why) =>
        new(what, version.Name, version.From, why);

    /// <summary>The valid redemptions in one version of <c>payment.window_days</c>, seen from one era.</summary>
    private sealed record Redemptions(Era Era, Stretch Window)
    {
        private long LastDay => Math.Min(Window.Last, Math.Min(Era.LastRedemption, Era.Last));

        /// <summary>Whether a business date can be after the last day to ask for payment.</summary>
        public bool CanBeLate => Window.First <= LastDay && Window.First + Window.Days < Era.Last;

        /// <summary>Whether a business date can be at most some days before the last day to ask for payment.</summary>
        public bool CanBeWithin(long days) =>
            Math.Max(Window.First, Era.First - Window.Days)
            <= Math.Min(LastDay, Era.Last + days - Window.Days);

        /// <summary>The most days that can be left to ask for payment; absent where nothing can be redeemed.</summary>
        public long? MostDaysLeft =>
            Window.First <= LastDay ? Window.Days - Math.Max(0, Era.First - LastDay) : null;
    }
}
