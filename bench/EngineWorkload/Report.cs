using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace PlanningServices.EngineWorkload;

/// <summary>Measures every mode and size in a process of its own, in turn, and prints the tables.</summary>
public static class Report
{
    public static void Run(int[] sizes, string[] modes, int rounds)
    {
        var best = new Dictionary<(string Mode, int Vouchers), Measurement>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, size) in modes.SelectMany(m => sizes.Select(s => (m, s))))
            {
                if (size > Mode.Named(name).Largest)
                {
                    continue;
                }
                var measured = InOwnProcess(name, size);
                best[(name, size)] =
                    best.TryGetValue((name, size), out var other)
                    && other.CpuNanoseconds < measured.CpuNanoseconds
                        ? other
                        : measured;
                Console.Error.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"round {round + 1}: {name}, {size} vouchers: {measured.CpuNanoseconds:F0} ns, {measured.AllocatedBytes:F0} bytes a voucher"
                    )
                );
            }
        }
        Print(sizes, modes, best);
    }

    public static void PrintJson(Measurement measurement) =>
        Console.WriteLine(JsonSerializer.Serialize(measurement));

    private static Measurement InOwnProcess(string mode, int vouchers)
    {
        using var process = Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath!,
                ["measure", mode, vouchers.ToString(CultureInfo.InvariantCulture)]
            )
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var json = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<Measurement>(json)!
            : throw new InvalidOperationException(
                $"Measuring mode '{mode}' with {vouchers} vouchers failed."
            );
    }

    private static void Print(
        int[] sizes,
        string[] modes,
        Dictionary<(string Mode, int Vouchers), Measurement> best
    )
    {
        Console.WriteLine(
            "| mode | vouchers | CPU ns a voucher | times hand-written | growth | allocated bytes a voucher | kept bytes a voucher | collections | peak MB |"
        );
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var mode in modes)
        {
            foreach (var size in sizes)
            {
                if (best.TryGetValue((mode, size), out var m))
                {
                    var floor = best.GetValueOrDefault((Mode.Named(mode).Floor, size));
                    var smallest = best[(mode, sizes.Min())];
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"| {mode} | {size:N0} | {m.CpuNanoseconds:N0} | {m.CpuNanoseconds / floor?.CpuNanoseconds:F1} | {m.CpuNanoseconds / smallest.CpuNanoseconds:F2} | {m.AllocatedBytes:N0} | {m.KeptBytes:N0} | {m.Collections} | {m.PeakMegabytes:N0} |"
                        )
                    );
                }
            }
        }
        foreach (var size in sizes.Where(size => best.ContainsKey((modes[0], size))))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{size:N0} vouchers: {best[(modes[0], size)].Found}"
                )
            );
        }
    }
}
