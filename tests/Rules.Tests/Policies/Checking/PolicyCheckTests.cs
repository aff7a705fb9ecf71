using PlanningServices.Rules.Policies;
using PlanningServices.Rules.Policies.Checking;
using PlanningServices.Rules.Policies.Reading;

namespace PlanningServices.Rules.Tests.Policies.Checking;

/// <summary>What a check notices in packs that are well-formed, with the file, the line and the reason.</summary>
public class PolicyCheckTests
{
    /// <summary>What is noticed in the small pack as it is; the other tests look at what an edit adds.</summary>
    private static readonly string[] OfSmallPack = Notices(SmallPack.Files);

    private static IEnumerable<PackFile> Unacknowledged =>
        Packs.Shipped.Files.Where(f => f.Path != "notices.yaml");

    [Fact]
    public void The_shipped_pack_acknowledges_its_one_notice() => Assert.Empty(PolicyCheck.Of(Packs.Shipped));

    [Fact]
    public void In_the_shipped_pack_one_code_cannot_occur() =>
        Assert.Equal(
            [
                "parameters.yaml:17: EXP-PROGRAM-END cannot occur: no voucher outlives the last day to redeem. The one that comes nearest starts its life on 2021-06-30, the last day to create or assign one, and has 180 days, to 2021-12-27; the last day to redeem is 2022-01-01.",
            ],
            Notices([.. Unacknowledged])
        );

    [Fact]
    public void A_notice_that_the_pack_acknowledges_is_left_out()
    {
        PackFile acknowledged = new(
            "notices.yaml",
            """
            acknowledged:
              - file: parameters.yaml
                notice: EXP-PROGRAM-END cannot occur
                why: The programme ends long after the last voucher.
              - file: rates.csv
                notice: there is no rate for FR
                why: None is paid there.
            """
        );
        var pack = PolicyPackReader.Read("pack", [.. Unacknowledged, acknowledged]);

        Assert.Equal(
            [
                "notices.yaml:5: nothing that starts with 'there is no rate for FR' is noticed in rates.csv any more. Take it out.",
            ],
            PolicyCheck.Of(pack).Select(Text)
        );
        Assert.Equal(Packs.Shipped.Hash, pack.Hash);
    }

    [Fact]
    public void Codes_that_cannot_occur_and_durations_without_a_rate_are_noticed() =>
        Assert.Equal(
            [
                "parameters.yaml:7: EXP-PROGRAM-END cannot occur: no voucher outlives the last day to redeem. The one that comes nearest starts its life on 2021-06-30, the last day to create or assign one, and has 180 days, to 2021-12-27; the last day to redeem is 2022-01-01.",
                "parameters.yaml:8: RET-CLOUD cannot occur: no engagement is a cloud engagement.",
                "parameters.yaml:20: eligibility.repeat_days: no engagement takes 15 days, so ELG-REPEAT is found only beside ELG-DURATION.",
                "rates.csv:2: there is no rate for US, 3 days, which sharepoint and exchange may take.",
                "rates.csv:2: there is no rate for US, 5 days, which sharepoint and exchange may take.",
                "rates.csv:3: there is no rate for SE, 3 days, which sharepoint and exchange may take.",
                "rates.csv:3: there is no rate for SE, 5 days, which sharepoint and exchange may take.",
            ],
            OfSmallPack
        );

    [Theory]
    // Requirements
    [InlineData(
        "requirements.yaml",
        "- silver Messaging",
        "- gold Messaging\n      - silver Messaging\n      - silver Messaging",
        """
            requirements.yaml:14: requirement for 'exchange': 'gold Messaging' is pointless beside 'silver Messaging', which it satisfies too.
            requirements.yaml:16: requirement for 'exchange': 'silver Messaging' is listed twice.
            """
    )]
    [InlineData(
        "requirements.yaml",
        "from: 2021-01-01",
        "from: 2021-01-01\n    to: 2021-06-30",
        "requirements.yaml:16: requirement for 'exchange': it ends on 2021-06-30 and none follows, so ELG-COMPETENCY is found on every voucher from 2021-07-01 to 2022-01-01, the last day to redeem."
    )]
    [InlineData(
        "requirements.yaml",
        "  - Messaging",
        "  - Messaging\n  - Datacenter",
        "requirements.yaml:4: competency 'Datacenter' is in no requirement, so holding it qualifies for nothing."
    )]
    [InlineData(
        "requirements.yaml",
        "to: 2020-12-31\n    any_of:\n      - silver Messaging\n    why: The eligibility page.\n  - engagement: exchange\n    from: 2021-01-01",
        "to: 2022-01-01\n    any_of:\n      - silver Messaging\n    why: The eligibility page.\n  - engagement: exchange\n    from: 2022-01-02",
        "requirements.yaml:16: requirement for 'exchange': the version from 2022-01-02 is never used, since eligibility is looked at on 2022-01-01 at the latest, the last day to redeem."
    )]
    [InlineData(
        "engagements.yaml",
        "  SDPS: SharePoint",
        "  SDPS: SharePoint\n  DDPS: Desktop",
        "engagements.yaml:3: offering 'DDPS' has no engagement, so an enrolment in it serves nothing."
    )]
    // Rates
    [InlineData(
        "rates.csv",
        "US,1,1600.00,USD,2011-02-14,",
        "US,1,1600.00,USD,2011-02-14,\nUS,4,1600.00,USD,2011-02-14,",
        "rates.csv:3: the rate for US, 4 days, is never paid, since no engagement takes 4 days."
    )]
    [InlineData(
        "rates.csv",
        "US,1,1600.00,USD,2011-02-14,",
        "US,1,1600.00,USD,2011-02-14,2021-09-30",
        "rates.csv:2: the rate for US, 1 days, ends on 2021-09-30 and none follows, so PAY-NO-RATE is found on vouchers redeemed from 2021-10-01 to 2022-01-01."
    )]
    [InlineData(
        "rates.csv",
        "US,1,1600.00,USD,2011-02-14,",
        "US,1,1600.00,USD,2011-02-14,2022-01-01\nUS,1,1700.00,USD,2022-01-02,",
        "rates.csv:3: the rate for US, 1 days, from 2022-01-02 is never used, since no redemption after 2022-01-01 is valid."
    )]
    [InlineData(
        "rates.csv",
        "US,1,1600.00,USD,2011-02-14,",
        "US,1,1600.00,USD,2011-02-14,2020-12-31\nUS,1,1600.00,EUR,2021-01-01,",
        "rates.csv:3: the rate for US, 1 days, from 2021-01-01 is in EUR; others for US are in USD."
    )]
    // Versions that start late
    [InlineData(
        "parameters.yaml",
        "versions: [{ from: 2000-01-01, value: 60, why: w }]",
        "versions: [{ from: 2020-01-01, value: 60, why: w }]",
        "parameters.yaml:21: payment.window_days: there is no version before 2020-01-01, while other parameters start on 2000-01-01. What needs it cannot be decided from 2000-01-01 to 2019-12-31."
    )]
    // Versions that change nothing
    [InlineData(
        "parameters.yaml",
        "      value: 180\n      why: The process page.",
        "      value: 180\n      why: The process page.\n    - from: 2021-07-01\n      value: 365\n      why: Longer.",
        "parameters.yaml:19: expiry.life_days: the version from 2021-07-01 is for no voucher that counts, since none may be created or assigned after 2021-06-30."
    )]
    [InlineData(
        "parameters.yaml",
        "      value: 180\n      why: The process page.",
        "      value: 180\n      why: The process page.\n    - from: 2020-07-01\n      value: 180\n      why: Longer.",
        "parameters.yaml:19: expiry.life_days: the version from 2020-07-01 is 180, as the one before it from 2000-01-01. It changes nothing."
    )]
    [InlineData(
        "parameters.yaml",
        "versions: [{ from: 2000-01-01, value: 60, why: w }]",
        "versions: [{ from: 2000-01-01, value: 60, why: w }, { from: 2022-03-01, value: 90, why: w }]",
        "parameters.yaml:21: payment.window_days: the version from 2022-03-01 is never used, since no redemption after 2022-01-01 is valid."
    )]
    [InlineData("parameters.yaml", "value: 15", "value: 5", "no longer eligibility.repeat_days")]
    // What can no longer occur
    [InlineData("parameters.yaml", "value: 180", "value: 186", "no longer EXP-PROGRAM-END cannot occur")]
    [InlineData(
        "parameters.yaml",
        "value: 2022-01-01",
        "value: 9999-12-31",
        """
            parameters.yaml:7: RET-REDEEMED-LATE cannot occur: on every business date a voucher may still be redeemed, since the last day to do so is not past.
            parameters.yaml:7: EXP-PROGRAM-END cannot occur: no voucher outlives the last day to redeem. The one that comes nearest starts its life on 2021-06-30, the last day to create or assign one, and has 180 days, to 2021-12-27; the last day to redeem is 9999-12-31.
            no longer EXP-PROGRAM-END cannot occur
            """
    )]
    [InlineData(
        "parameters.yaml",
        "value: 2021-06-30",
        "value: 9999-12-31",
        """
            parameters.yaml:4: RET-CREATED-LATE cannot occur: on every business date a voucher may still be created and assigned, since the last day to do so is not past.
            parameters.yaml:4: RET-ASSIGNED-LATE cannot occur: on every business date a voucher may still be created and assigned, since the last day to do so is not past.
            no longer EXP-PROGRAM-END cannot occur
            """
    )]
    [InlineData(
        "parameters.yaml",
        "value: 2021-07-01",
        "value: 9999-12-31",
        "parameters.yaml:11: ENT-DAYS-REMOVED cannot occur: on no business date are the remaining days removed."
    )]
    [InlineData(
        "parameters.yaml",
        "value: 180",
        "value: 10",
        """
            parameters.yaml:7: EXP-PROGRAM-END cannot occur: no voucher outlives the last day to redeem. The one that comes nearest starts its life on 2021-06-30, the last day to create or assign one, and has 10 days, to 2021-07-10; the last day to redeem is 2022-01-01.
            parameters.yaml:19: Active cannot occur: a voucher that can be redeemed has at most 10 days left, so the warning holds from its first day and it is ExpiringSoon.
            parameters.yaml:19: band=30 cannot occur: a voucher that can be redeemed has at most 10 days left, so the band of 14 days or a smaller one holds.
            no longer EXP-PROGRAM-END cannot occur
            """
    )]
    [InlineData(
        "parameters.yaml",
        "value: 60",
        "value: 14",
        "parameters.yaml:23: AwaitingRequest cannot occur: at most 14 days are left to ask for payment, so the warning holds from the day of redemption and the voucher is ClosingSoon."
    )]
    [InlineData(
        "parameters.yaml",
        "value: 30, why",
        "value: 60, why",
        "parameters.yaml:25: band up to 60 cannot occur: a request is overdue only when more than 60 days have passed since its submission."
    )]
    [InlineData("engagements.yaml", "cloud: false", "cloud: true", "no longer RET-CLOUD cannot occur")]
    // A day more or less
    [InlineData(
        "parameters.yaml",
        "value: 180",
        "value: 185",
        """
            parameters.yaml:7: EXP-PROGRAM-END cannot occur: no voucher outlives the last day to redeem. The one that comes nearest starts its life on 2021-06-30, the last day to create or assign one, and has 185 days, to 2022-01-01; the last day to redeem is 2022-01-01.
            no longer EXP-PROGRAM-END cannot occur
            """
    )]
    [InlineData("parameters.yaml", "value: 60", "value: 15", "")]
    [InlineData("parameters.yaml", "value: 30, why", "value: 59, why", "")]
    public void An_edit_is_noticed(string file, string text, string replacement, string notices)
    {
        var found = Notices(SmallPack.With(file, text, replacement));
        var news = found
            .Select(WithoutLine)
            .Except(OfSmallPack.Select(WithoutLine))
            .ToHashSet(StringComparer.Ordinal);
        var gone = OfSmallPack
            .Select(WithoutLine)
            .Except(found.Select(WithoutLine))
            .Select(n => "no longer" + n.Split(':')[0]);
        Assert.Equal(
            notices.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries),
            found.Where(n => news.Contains(WithoutLine(n))).Concat(gone)
        );
    }

    private static string[] Notices(IReadOnlyList<PackFile> files) =>
        [.. PolicyCheck.Of(PolicyPackReader.Read("pack", files)).Select(Text)];

    private static string Text(PolicyNotice notice) => $"{notice.File}:{notice.Line}: {notice.Message}";

    private static string WithoutLine(string notice) =>
        notice[notice.IndexOf(' ', StringComparison.Ordinal)..];
}
