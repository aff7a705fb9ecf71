using System.Globalization;

namespace PlanningServices.Faults;

/// <summary>How large a campaign is.</summary>
internal sealed record CampaignSettings
{
    public int Vouchers { get; private init; } = 50_000;

    /// <summary>Nights in a stage.</summary>
    public int Nights { get; private init; } = 5;

    public int Nodes { get; private init; } = 3;

    public int Faults { get; private init; } = 30;

    public int Seed { get; private init; } = Environment.TickCount & 0xFFFFF;

    /// <summary>How long nothing may move.</summary>
    public TimeSpan Patience { get; private init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long the nights may take.</summary>
    public TimeSpan Limit { get; private init; } = TimeSpan.FromHours(2);

    /// <summary>Where logs and exports stay; null for nowhere.</summary>
    public string? Keep { get; private init; }

    /// <summary>A voucher in ten is a customer, and a little less.</summary>
    public int Customers => Math.Max(1, (int)(Vouchers / 10.1) + 1);

    /// <summary>The command that does the same again, as far as the machine lets it.</summary>
    public string Command =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"dotnet run -c Release --project bench/Faults -- --vouchers {Vouchers} --nights {Nights} --nodes {Nodes} --faults {Faults} --seed {Seed}"
        );

    /// <summary>What the arguments say; null where they say what is not understood.</summary>
    public static CampaignSettings? Read(string[] args)
    {
        var settings = new CampaignSettings();
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--long")
            {
                settings = settings with { Faults = 300 };
                continue;
            }

            var value = i + 1 < args.Length ? args[++i] : "";
            var isNumber = int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0;
            switch (args[i - 1])
            {
                case "--vouchers" when isNumber:
                    settings = settings with { Vouchers = number };
                    break;
                case "--nights" when isNumber && number <= Story.MostNights:
                    settings = settings with { Nights = number };
                    break;
                case "--nodes" when isNumber && number > 1:
                    settings = settings with { Nodes = number };
                    break;
                case "--faults" when isNumber:
                    settings = settings with { Faults = number };
                    break;
                case "--seed" when isNumber:
                    settings = settings with { Seed = number };
                    break;
                case "--patience" when isNumber:
                    settings = settings with { Patience = TimeSpan.FromSeconds(number) };
                    break;
                case "--limit" when isNumber:
                    settings = settings with { Limit = TimeSpan.FromMinutes(number) };
                    break;
                case "--keep" when value.Length > 0:
                    settings = settings with { Keep = Path.GetFullPath(value) };
                    break;
                default:
                    Console.Error.WriteLine(
                        $"'{args[i - 1]} {value}' is not understood. Options: --vouchers, --nights (to {Story.MostNights}), "
                            + "--nodes (from 2), --faults, --seed, --patience, --limit, each with a number; --keep FOLDER; --long."
                    );
                    return null;
            }
        }

        return settings;
    }
}
