using System.Globalization;
using System.Text.RegularExpressions;

namespace PlanningServices.Faults;

/// <summary>
/// What the campaign is about: generated facts and the shipped policy pack, moved in time as a whole so that the
/// programme's last months lie in the last eleven, which the service catches up with. So something changes every night;
/// and payments that come late are imported month by month.
/// </summary>
internal sealed partial class Story
{
    /// <summary>Nights that a month has room for.</summary>
    public const int MostNights = 28;

    /// <summary>Months that can be caught up with: the service looks back 366 days.</summary>
    public const int Stages = 11;

    // Most vouchers exist, most are not at the end of their lives, and days are returned every month.
    private static readonly DateOnly Beginning = new(2020, 9, 1);

    // Of the payments, so many parts are there from the start; of the rest, each stage has one.
    private const int PartsAtStart = 40;

    private readonly string folder;
    private readonly DateOnly firstMonth;
    private readonly int nights;

    private Story(string folder, DateOnly today, int nights)
    {
        this.folder = folder;
        this.nights = nights;
        firstMonth = new DateOnly(today.Year, today.Month, 1).AddMonths(-Stages);
    }

    /// <summary>The folder of the policy pack.</summary>
    public string Pack => Path.Combine(folder, "pack");

    /// <summary>Writes the pack and the facts of all stages.</summary>
    public static async Task<Story> WriteAsync(string folder, CampaignSettings settings, DateOnly today)
    {
        var story = new Story(folder, today, settings.Nights);
        var generated = Path.Combine(folder, "generated");
        await Shell.RunAsync(
            Shell.Planning,
            [
                "generate",
                generated,
                "--customers",
                settings.Customers.ToString(CultureInfo.InvariantCulture),
                "--seed",
                settings.Seed.ToString(CultureInfo.InvariantCulture),
            ]
        );
        story.Move(generated, story.Facts(0));
        story.Move(Path.Combine(AppContext.BaseDirectory, "policies", "planning-services"), story.Pack);
        story.HoldPaymentsBack();
        return story;
    }

    /// <summary>The facts that come before a stage.</summary>
    public string Facts(int stage) =>
        Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"facts-{stage}"));

    /// <summary>The business dates of a stage.</summary>
    public IReadOnlyList<DateOnly> Nights(int stage) =>
        [.. Days().Select(day => firstMonth.AddMonths(stage).AddDays(day - 1))];

    /// <summary>The schedule that fires on the dates of a stage.</summary>
    public string Cron(int stage) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"0 0 0 {string.Join(',', Days())} {firstMonth.AddMonths(stage).Month} ?"
        );

    private IEnumerable<int> Days() => Enumerable.Range(0, nights).Select(n => 1 + n * (MostNights / nights));

    private void Move(string from, string to)
    {
        var days = firstMonth.DayNumber - Beginning.DayNumber;
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var moved = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(moved)!);
            File.WriteAllLines(moved, File.ReadLines(file).Select(line => Date().Replace(line, Later)));
        }

        string Later(Match date) =>
            DateOnly
                .ParseExact(date.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                .AddDays(days)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>Spreads the payments over the stages. An allocation comes with its payment.</summary>
    private void HoldPaymentsBack()
    {
        var payments = Rows("payments.csv");
        var stages = payments
            .Skip(1)
            .Select(
                (line, row) =>
                    (
                        Id: PaymentOf(line),
                        Stage: Math.Max(0, (row + 1) % (PartsAtStart + Stages) - PartsAtStart)
                    )
            )
            .ToDictionary(p => p.Id, p => p.Stage, StringComparer.Ordinal);
        Spread("payments.csv", payments);
        Spread("payment_allocations.csv", Rows("payment_allocations.csv"));

        string[] Rows(string name) => File.ReadAllLines(Path.Combine(Facts(0), name));

        // Both files begin with the payment_id.
        static string PaymentOf(string line) => line.Split(',')[0];

        void Spread(string name, string[] all)
        {
            for (var stage = 0; stage < Stages; stage++)
            {
                Directory.CreateDirectory(Facts(stage));
                File.WriteAllLines(
                    Path.Combine(Facts(stage), name),
                    all.Where((line, row) => row == 0 || stages[PaymentOf(line)] == stage)
                );
            }
        }
    }

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Date();
}
