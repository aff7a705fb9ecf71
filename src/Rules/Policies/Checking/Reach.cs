namespace PlanningServices.Rules.Policies.Checking;

/// <summary>
/// How far dates can reach under a pack, whatever the facts. A date of a fact is bounded only by the business date:
/// what happened after it is not known yet.
/// </summary>
internal sealed class Reach
{
    /// <summary>The last business date considered; the last day of the calendar stands for "never".</summary>
    private static readonly DateOnly LastBusinessDate = DateOnly.MaxValue.AddDays(-1);

    public Reach(PolicyPack pack)
    {
        Eras = ErasOf(pack);
        Lives = Stretch.Of(pack.Parameters.LifeDays);
        Windows = Stretch.Of(pack.Parameters.WindowDays);
        LastAnchor = Eras.Max(e => Math.Min(e.LastCreation, e.Last));
        LastRedemption = Eras.Max(e => Math.Min(e.LastRedemption, e.Last));
        Spans = [.. Eras.SelectMany(e => Lives.Select(l => LifeSpan.Of(e, l))).OfType<LifeSpan>()];
    }

    /// <summary>The business dates that can be decided, cut where a parameter of the business date changes.</summary>
    public IReadOnlyList<Era> Eras { get; }

    /// <summary>The versions of <c>expiry.life_days</c>.</summary>
    public IReadOnlyList<Stretch> Lives { get; }

    /// <summary>The versions of <c>payment.window_days</c>.</summary>
    public IReadOnlyList<Stretch> Windows { get; }

    /// <summary>The last day on which the life of a voucher that is not Void can start.</summary>
    public long LastAnchor { get; }

    /// <summary>The last day of a valid redemption, and so the last day on which eligibility is looked at.</summary>
    public long LastRedemption { get; }

    /// <summary>The lives that a voucher that is not Void can have, as far as the parameters bound them.</summary>
    public IReadOnlyList<LifeSpan> Spans { get; }

    private static List<Era> ErasOf(PolicyPack pack)
    {
        var ofAnotherDate = new[] { pack.Parameters.LifeDays.Name, pack.Parameters.WindowDays.Name };
        var versions = ParameterTable
            .Rows.Where(r => !ofAnotherDate.Contains(r.NameIn(pack.Parameters), StringComparer.Ordinal))
            .Select(r => r.VersionsIn(pack.Parameters))
            .Where(v => v.Count > 0)
            .ToList();
        var first = versions.Max(v => v[0].From);
        var starts = versions
            .SelectMany(v => v)
            .Select(v => v.From < first ? first : v.From)
            .Distinct()
            .Order()
            .ToList();
        return
        [
            .. starts.Select(
                (start, at) =>
                    new Era(
                        new PolicyTerms(pack, start),
                        at + 1 < starts.Count ? starts[at + 1].AddDays(-1) : LastBusinessDate
                    )
            ),
        ];
    }
}

/// <summary>Business dates under the same parameters. Dates are day numbers, so that sums cannot overflow.</summary>
internal sealed class Era(PolicyTerms terms, DateOnly last)
{
    public PolicyTerms Terms { get; } = terms;

    public long First { get; } = terms.BusinessDate.Date.DayNumber;

    public long Last { get; } = last.DayNumber;

    public long LastCreation => Terms.LastCreationOn.Value.DayNumber;

    public long LastRedemption => Terms.LastRedemptionOn.Value.DayNumber;
}

/// <summary>The dates on which one version of a number of days is in force.</summary>
internal sealed record Stretch(long First, long Last, PolicyValue<int> Version)
{
    public long Days => Version.Value;

    public static IReadOnlyList<Stretch> Of(Parameter<int> parameter) =>
        [
            .. parameter.Versions.Select(
                (version, at) =>
                    new Stretch(
                        version.From.DayNumber,
                        at + 1 < parameter.Versions.Count
                            ? parameter.Versions[at + 1].From.DayNumber - 1
                            : DateOnly.MaxValue.DayNumber,
                        version
                    )
            ),
        ];
}

/// <summary>
/// The lives that start in one version of <c>expiry.life_days</c>, seen from one era: they start from
/// <paramref name="FirstAnchor"/> to <paramref name="LastAnchor"/>.
/// </summary>
internal sealed record LifeSpan(Era Era, Stretch Life, long FirstAnchor, long LastAnchor)
{
    public long Days => Life.Days;

    /// <summary>The last day to redeem a voucher whose life starts on a date.</summary>
    public long RedeemBy(long anchor) => Math.Min(anchor + Days, Era.LastRedemption);

    /// <summary>Whether a voucher can outlive the last day to redeem, and a business date be after that day.</summary>
    public bool CanMeetProgramEnd => CanOutliveProgram && Era.Last > Era.LastRedemption;

    /// <summary>Whether the life of a voucher can end after the last day to redeem.</summary>
    public bool CanOutliveProgram => LastAnchor + Days > Era.LastRedemption;

    /// <summary>Whether a life can end by the last day to redeem, and a business date be after its end.</summary>
    public bool CanMeetEndOfLife => FirstAnchor + Days <= Era.LastRedemption && FirstAnchor + Days < Era.Last;

    /// <summary>Whether a business date can be at most some days before the last day to redeem a voucher.</summary>
    public bool CanBeWithin(long days)
    {
        var endedByLife = (
            From: Math.Max(FirstAnchor, Era.First - Days),
            To: Min(LastAnchor, Era.LastRedemption - Days, Era.Last + days - Days)
        );
        var endedByProgram = (
            From: Math.Max(FirstAnchor, Era.LastRedemption - Days + 1),
            To: Math.Min(LastAnchor, Era.LastRedemption)
        );
        return endedByLife.From <= endedByLife.To
            || (
                endedByProgram.From <= endedByProgram.To
                && Era.First <= Era.LastRedemption
                && Era.LastRedemption - days <= Era.Last
            );
    }

    /// <summary>The most days that a voucher can have left on a business date; below 0 where it can have none.</summary>
    public long MostDaysLeft
    {
        get
        {
            var anchor = Math.Clamp(Era.First, FirstAnchor, LastAnchor);
            return RedeemBy(anchor) - Math.Max(Era.First, anchor);
        }
    }

    /// <summary>The lives, or null where none can start.</summary>
    public static LifeSpan? Of(Era era, Stretch life)
    {
        var last = Min(life.Last, era.LastCreation, era.Last);
        return life.First <= last ? new LifeSpan(era, life, life.First, last) : null;
    }

    private static long Min(long a, long b, long c) => Math.Min(a, Math.Min(b, c));
}
